"""CSV as Danish spreadsheets open and save it: semicolons, decimal commas, no formulas."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from core.sheets.values import LONGEST, MOST_COLUMNS, Cell, Sheet, SheetRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    type Written = str | int | Decimal | None

# A text that begins so would be worked out as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
# What was kept from being worked out by a sign before it, and what looks like that.
_KEPT: Final = re.compile(r"'+[=+\-@\t\r\n]")
_LOOKED_INTO: Final = frozenset({*_FORMULA, "'"})
_NEGATIVE: Final = re.compile(r"-\d{1,18}(?:,\d{1,9})?")
_ENCODINGS: Final = ("utf-8-sig", "cp1252")
_SIGNS: Final = (";", "\t", ",")


TOO_WIDE: Final = (
    f"Et ark har mere end {MOST_COLUMNS} kolonner. Brug de kolonner, portalen skriver."
)
TOO_LONG: Final = "En celle har mere end 32.767 tegn. Del teksten."


class NotReadableError(ValueError):
    """The bytes are no table; the message says in Danish why, and what to do."""


def written(head: Sequence[str], rows: Iterable[Sequence[Written]]) -> bytes:
    """Give the table as UTF-8 with a byte order mark, which spreadsheets ask for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    # Nearly every cell begins with a letter or a digit: it costs least to ask that here.
    writer.writerows(
        [
            cell
            if type(cell) is str and cell[:1] not in _LOOKED_INTO
            else _written(cell)
            for cell in row
        ]
        for row in rows
    )
    return out.getvalue().encode("utf-8-sig")


def _written(cell: Written) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return _figure(cell)
    if _NEGATIVE.fullmatch(cell):
        return cell
    kept = cell.startswith(_FORMULA) or _KEPT.match(cell)
    return f"'{cell}" if kept else cell


def _figure(cell: int | Decimal) -> str:
    return f"{cell:f}".replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def read_csv(data: bytes, name: str, *, most_rows: int) -> Sheet:
    """Read a table; the sign before a text that looks like a formula is taken away.

    Args:
        data: UTF-8, or what older spreadsheets of Windows write.
        name: of the sheet.
        most_rows: rows below the head.

    Raises:
        NotReadableError: it is no text, no table, too long, or a cell holds a formula.
    """
    lines = _lines(_text(data), most_rows)
    if not lines:
        raise NotReadableError("Filen er tom. Hent regnearket igen.")
    (_, head), *rows = lines
    names = [" ".join(each.split()) for each in head]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise NotReadableError(TOO_WIDE)
    return Sheet(
        name,
        tuple(names),
        tuple(
            SheetRow(number, tuple(_cell(each) for each in cells[: len(names)]))
            for number, cells in rows
        ),
    )


def _text(data: bytes) -> str:
    if b"\0" in data:
        raise NotReadableError(
            "Filen er hverken et regneark (.xlsx) eller en CSV-fil. Gem den som et af de to."
        )
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotReadableError("Filens bogstaver kan ikke læses. Gem den som CSV UTF-8.")


def _lines(text: str, most_rows: int) -> list[tuple[int, list[str]]]:
    """Give the lines that hold something, numbered as a spreadsheet numbers them."""
    first = text.partition("\n")[0]
    sign = max(_SIGNS, key=first.count)
    found: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                found.append((number, cells))
                found[-1] = (number, cells[: MOST_COLUMNS + 1])
            if len(found) > most_rows + 1:
                raise NotReadableError(too_many(most_rows))
            if any(len(cell) > LONGEST for cell in cells):
                raise NotReadableError(TOO_LONG)
    except csv.Error:
        raise NotReadableError(
            "Filen er ikke en hel CSV-fil: et citationstegn mangler, eller en celle er "
            "for lang. Gem den på ny fra regnearket."
        ) from None
    return found


def too_many(most_rows: int) -> str:
    """Say that a file holds more rows than are taken at once."""
    shown = f"{most_rows:,}".replace(",", ".")
    return (
        f"Filen har mere end {shown} rækker. Slet de rækker, du ikke har rettet, eller "
        "del den i flere filer."
    )


def _cell(text: str) -> Cell:
    text = text.replace("\r\n", "\n").strip(" \n")
    if _KEPT.match(text):
        return Cell(text[1:].strip())
    is_formula = text.startswith(("=", "@")) or (
        text.startswith("+") and not text[1:2].isdigit()
    )
    return Cell(text.strip(), "formula" if is_formula else "")
