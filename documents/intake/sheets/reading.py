"""A workbook read cell by cell. Nothing is worked out, nothing is fetched."""

from __future__ import annotations

import io
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from core.sheets.values import LONGEST, MOST_COLUMNS, Cell, Sheet, SheetRow
from documents.intake.packages import RefusedError, add_up, trees

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from core.sheets.values import Problem

    type Merged = list[tuple[int, int, int, int]]
    """First column, first row, last column, last row; each counted from 1."""

MOST_MERGED: Final = 1000
# Rows that a file may name without filling them, for each one that it may fill.
SPARSE: Final = 4


def read(archive: zipfile.ZipFile, data: bytes, most_rows: int) -> tuple[Sheet, ...]:
    """Judge and read a workbook: its visible and hidden sheets, in order.

    Raises:
        RefusedError: it is no workbook, or what it holds may not come in.
    """
    add_up(archive)
    names = {name.casefold() for name in archive.namelist()}
    if not {"xl/workbook.xml", "[content_types].xml"} <= names:
        raise RefusedError("not_sheets")
    if any("vbaproject" in name for name in names):
        raise RefusedError("macros")
    merged = {name: _merged(tree) for name, tree in trees(archive)}
    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    left = most_rows
    found = []
    for page in book.worksheets:
        own = merged.get(page._worksheet_path.lstrip("/"), [])  # noqa: SLF001
        sheet = _sheet(page, left, own)
        if sheet is not None:
            left -= len(sheet.rows)
            found.append(sheet)
    if not found:
        raise RefusedError("empty")
    return tuple(found)


def _merged(tree: ET.Element) -> Merged:
    """Tell which cells a part has made one of.

    Raises:
        RefusedError: there are too many to look each up.
    """
    found = [each.get("ref", "") for each in tree.iter() if _is_merge(each)]
    if len(found) > MOST_MERGED:
        raise RefusedError("merged")
    return [range_boundaries(ref) for ref in found]


def _is_merge(each: ET.Element) -> bool:
    return str(each.tag).endswith("}mergeCell")


def _sheet(page: Any, most_rows: int, merged: Merged) -> Sheet | None:
    """Read one sheet; None if it is empty."""
    # What a file says of its own extent is no reason to believe it.
    page.reset_dimensions()
    lines = _lines(page, most_rows)
    first = next(lines, None)
    if first is None:
        return None
    head = tuple(" ".join(cell.text.split()) for cell in first[1])
    while head and not head[-1]:
        head = head[:-1]
    if len(head) > MOST_COLUMNS:
        raise RefusedError("too_wide")
    rows = tuple(
        SheetRow(n, _under(n, _fitted(cells, len(head)), merged)) for n, cells in lines
    )
    return Sheet(str(page.title)[:80], head, rows)


def _lines(page: Any, most_rows: int) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Give the rows that hold something, and what the spreadsheet calls each."""
    filled = 0
    for number, row in enumerate(page.iter_rows(), start=1):
        if number > SPARSE * (most_rows + 1) + SPARSE:
            raise RefusedError("too_many")
        cells = tuple(map(_cell, row))
        if not any(cell.text or cell.problem for cell in cells):
            continue
        filled += 1
        if filled > most_rows + 1:
            raise RefusedError("too_many")
        yield number, cells


def _under(number: int, cells: tuple[Cell, ...], merged: Merged) -> tuple[Cell, ...]:
    """Mark the cells that are empty because they are one with another."""
    own = [each for each in merged if each[1] <= number <= each[3]]
    if not own:
        return cells
    return tuple(
        Cell("", "merged")
        if not cell.text and any(left <= place <= right for left, _, right, _ in own)
        else cell
        for place, cell in enumerate(cells, start=1)
    )


def _fitted(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    """Cut or fill a row to the head; what stands beyond the head has no column."""
    return tuple(chain(cells[:width], [Cell("")] * (width - len(cells))))


def _cell(cell: Any) -> Cell:
    """Take what stands in a cell; a number or a day as it is written in Danish."""
    match cell.value:
        case None:
            return Cell("")
        case bool():
            return Cell("ja" if cell.value else "nej")
        case int() | float():
            return Cell(_number(cell.value))
        case date():  # and a moment
            return Cell(f"{cell.value:%d-%m-%Y}", "date")
        case time() | timedelta():
            return Cell(str(cell.value), "date")
    # A formula over several cells is an object with the formula in it.
    value = getattr(cell.value, "text", cell.value)
    return _text(value if isinstance(value, str) else "=…", cell.data_type)


def _text(written: str, data_type: str) -> Cell:
    text = written.replace("\r\n", "\n").replace("_x000D_", "").strip()
    if len(text) > LONGEST:
        raise RefusedError("too_long")
    problem: dict[str, Problem] = {"f": "formula", "e": "error"}
    return Cell(text, problem.get(data_type, ""))


def _number(value: float) -> str:
    """Write a number as it is typed in Danish: "12", "1,5", never "1e3"."""
    plain = f"{Decimal(repr(value)):f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(".", ",")
