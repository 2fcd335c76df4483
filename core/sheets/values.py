"""What a spreadsheet holds, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

type Problem = Literal["", "formula", "error", "date", "merged"]
"""Why a cell's text cannot be taken: worked out, an error, became a day, under another."""

MOST_COLUMNS: Final = 60
LONGEST: Final = 32_767
"""Signs that a cell of a spreadsheet may hold."""

_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text without outer blanks, and what keeps it from being taken.

    A cell that the spreadsheet has made a day of is ``date``: a column of days takes it,
    any other does not know what was typed.
    """

    text: str
    problem: Problem = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row; ``number`` is what the spreadsheet calls it (the head is row 1)."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its head; rows that are wholly empty are left out."""

    name: str
    head: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    @classmethod
    def of(cls, name: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Sheet:
        """Give a sheet of texts, its rows numbered below the head."""
        numbered = enumerate(rows, start=2)
        return cls(
            name,
            head,
            tuple(SheetRow(n, tuple(map(Cell, row))) for n, row in numbered),
        )

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON: a cell is its text, or text and problem."""
        rows = [[row.number, *map(_plain, row.cells)] for row in self.rows]
        return {"name": self.name, "head": list(self.head), "rows": rows}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Sheet:
        """Give the sheet that ``to_json`` told of."""
        rows = tuple(
            SheetRow(number, tuple(_cell(cell) for cell in cells))
            for number, *cells in value["rows"]
        )
        return cls(value["name"], tuple(value["head"]), rows)


type Book = tuple[Sheet, ...]


def column_letter(place: int) -> str:
    """Give a column's name in the spreadsheet: 0 is A, 25 Z, 26 AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def _plain(cell: Cell) -> str | list[str]:
    return [cell.text, cell.problem] if cell.problem else cell.text


def _cell(plain: str | list[Any]) -> Cell:
    return Cell(plain) if isinstance(plain, str) else Cell(*plain)
