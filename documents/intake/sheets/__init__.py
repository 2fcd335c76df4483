"""Spreadsheets from outside: judged and read in a child process, which has no network.

``read_sheets`` is the door. Only texts, numbers and days of cells are taken; formulas are
never worked out, and nothing that a file points to is fetched.
"""

from __future__ import annotations

from documents.intake.sheets.door import RefusedSheets, read_sheets
from documents.intake.sheets.sentences import MOST_ROWS

__all__ = ["MOST_ROWS", "RefusedSheets", "read_sheets"]
