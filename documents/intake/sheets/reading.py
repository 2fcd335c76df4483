"""A workbook read cell by cell. Nothing is worked out, nothing is fetched."""

from __future__ import annotations

import io
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook

from core.sheets.values import Cell, Sheet, SheetRow
from documents.intake.packages import RefusedError, add_up, trees

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from core.sheets.values import Problem

MOST_COLUMNS: Final = 60
LONGEST: Final = 20_000
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
    for _ in trees(archive):
        pass
    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    left = most_rows
    found = []
    for page in book.worksheets:
        sheet = _sheet(page, left)
        if sheet is not None:
            left -= len(sheet.rows)
            found.append(sheet)
    if not found:
        raise RefusedError("empty")
    return tuple(found)


def _sheet(page: Any, most_rows: int) -> Sheet | None:
    """Read one sheet; None if it is empty."""
    # What a file says of its own extent is no reason to believe it.
    page.reset_dimensions()
    lines = _lines(page, most_rows)
    first = next(lines, None)
    if first is None:
        return None
    head = tuple(" ".join(cell.text.split()) for cell in first.cells)
    while head and not head[-1]:
        head = head[:-1]
    if len(head) > MOST_COLUMNS:
        raise RefusedError("too_wide")
    rows = tuple(SheetRow(row.number, _fitted(row.cells, len(head))) for row in lines)
    return Sheet(str(page.title)[:80], head, rows)


def _lines(page: Any, most_rows: int) -> Iterator[SheetRow]:
    """Give the rows that hold something."""
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
        yield SheetRow(number, cells)


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
    return _text(str(cell.value), cell.data_type)


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
