"""Tables that travel as spreadsheets, out and in. Pure; knows nothing of what they hold.

A book has sheets, a sheet a head and rows, a cell one text: as it was written, or as a
spreadsheet that took it for a number or a day would have to write it in Danish. Writing workbooks is
in ``core.sheets.workbooks``, which costs a process that never does it nothing.
"""

from __future__ import annotations

from core.sheets.semicolons import NotReadableError, read_csv, written
from core.sheets.values import (
    LONGEST,
    MOST_COLUMNS,
    Book,
    Cell,
    Problem,
    Sheet,
    SheetRow,
    column_letter,
)

__all__ = [
    "LONGEST",
    "MOST_COLUMNS",
    "Book",
    "Cell",
    "NotReadableError",
    "Problem",
    "Sheet",
    "SheetRow",
    "column_letter",
    "read_csv",
    "written",
]
