"""The door for spreadsheets. The parent never unpacks one.

Source: docs/adr/0031, docs/rules.md R-98.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.sheets import NotReadableError, Sheet, read_csv
from documents.intake.sandbox import ChildFailedError, run
from documents.intake.sheets.sentences import MOST_ROWS, REFUSALS
from documents.intake.verdict import MIB, Limits

if TYPE_CHECKING:
    from pathlib import Path

    from core.sheets import Book

CHILD: Final = "documents.intake.sheets.child"
LIMITS: Final = Limits(max_bytes=10 * MIB)
ZIP: Final = b"PK\x03\x04"
OLD: Final = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class RefusedSheets:
    """The file cannot be used; ``reason`` says in Danish why, and what to do."""

    code: str
    reason: str


def read_sheets(source: Path, name: str) -> Book | RefusedSheets:
    """Judge and read the spreadsheet at ``source``, which is never changed.

    Args:
        name: of the file: the one sheet of a CSV file is called so.

    Raises:
        OSError: ``source`` cannot be read.
    """
    size = source.stat().st_size
    if not size or size > LIMITS.max_bytes:
        return _refused("too_large" if size else "empty")
    with source.open("rb") as file:
        lead = file.read(4)
    if lead == OLD:
        return _refused("old")
    if lead == ZIP:
        return _workbook(source)
    try:
        sheet = read_csv(source.read_bytes(), name, most_rows=MOST_ROWS)
    except NotReadableError as error:
        return RefusedSheets("not_sheets", str(error))
    return (sheet,)


def _workbook(source: Path) -> Book | RefusedSheets:
    limits = {name: getattr(LIMITS, name) for name in LIMITS.__slots__}
    argument = json.dumps(limits | {"rows": MOST_ROWS})
    try:
        with source.open("rb") as file:
            printed = run(CHILD, argument, source=file, limits=LIMITS)
        answer = json.loads(printed)
    except ChildFailedError as error:
        return _refused(error.code)
    if "refused" in answer:
        return _refused(answer["refused"])
    return tuple(map(Sheet.from_json, answer["sheets"]))


def _refused(code: str) -> RefusedSheets:
    return RefusedSheets(code, REFUSALS[code])
