"""Workbooks (XLSX) as they are handed out: every cell a text, none is worked out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.sheets.values import Sheet

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_HEAD: Final = {"font": Font(bold=True), "fill": PatternFill("solid", "E4EDF3")}
_QUIET: Final = {"font": Font(color="6B7280")}
_WIDEST: Final = 60
_AS_TEXT: Final = "@"


def write_xlsx(
    sheets: Iterable[Sheet],
    *,
    title: str,
    widths: Mapping[str, Sequence[int]],
    quiet: Mapping[str, frozenset[int]],
) -> bytes:
    """Give the sheets as a workbook.

    Args:
        title: of the book.
        widths: sheet → how many signs wide each column is.
        quiet: sheet → places (from 0) of the columns that are not for editing: they are
            grey. Nothing is locked, for a locked sheet cannot be sorted.
    """
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, "KKR-portalen"
    for sheet in sheets:
        page: Any = book.create_sheet(sheet.name)
        page.freeze_panes = "B2"
        for place, width in enumerate(widths[sheet.name], start=1):
            letter = get_column_letter(place)
            page.column_dimensions[letter].width = min(width, _WIDEST)
        page.append([_cell(page, text, **_HEAD) for text in sheet.head])
        own = quiet[sheet.name]
        for row in sheet.rows:
            page.append(
                [
                    _cell(page, cell.text, **(_QUIET if place in own else {}))
                    for place, cell in enumerate(row.cells)
                ]
            )
        last = f"{get_column_letter(len(sheet.head))}{len(sheet.rows) + 1}"
        page.auto_filter.ref = f"A1:{last}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(page: Any, text: str, **look: Any) -> Any:
    """Give a cell that holds a text and nothing else, whatever the text looks like."""
    cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    cell.number_format = _AS_TEXT
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.protection = Protection(locked=False)
    for name, value in look.items():
        setattr(cell, name, value)
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
    return cell
