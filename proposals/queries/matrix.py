"""The matrix of positions as a page draws it: a cut of a board, row by row.

Source: docs/rules.md R-90.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from core.formats import counted
from proposals.stances import ICONS, WORDS, counted_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import Municipality
    from proposals.queries.positions import Board
    from proposals.queries.record_lines import RecordLine
    from proposals.stances import Tally

MOST_ROWS: Final = 50
"""Of the matrix on one page."""
MOST_COLUMNS: Final = 20
"""Side by side; more are cut in blocks of like width."""


@dataclass(frozen=True, slots=True)
class CellShown:
    """One field of the matrix."""

    municipality: Municipality
    stance: str
    url: str
    name: str

    @property
    def icon(self) -> str:
        """Its square."""
        return ICONS[counted_as(self.stance)]

    @property
    def label(self) -> str:
        """What a screen reader says: "Faxe, forslag 1: støtter ikke"."""
        return f"{self.name}: {WORDS[self.stance]}"

    @property
    def dom_id(self) -> str:
        """Its id on the page."""
        return f"felt-{self.url.rstrip('/').replace('/', '-').lstrip('-')}"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One record with the fields of the block that is shown, and the count of all."""

    record: RecordLine
    url: str
    cells: tuple[CellShown, ...]
    tally: Tally
    by_state: tuple[tuple[Any, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """Rows of one theme; "" for units."""

    title: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class Cut:
    """The part of a board that one page shows.

    Attributes:
        page, pages: of the rows; block, blocks: of the columns. From 1.
    """

    board: Board
    page: int
    block: int

    @property
    def pages(self) -> int:
        """How many pages of rows there are; 1 at least."""
        return max(1, ceil(len(self.board.records) / MOST_ROWS))

    @property
    def blocks(self) -> tuple[tuple[int, str], ...]:
        """The blocks of columns with their names, "Faxe–Lejre"."""
        return tuple(
            (number, f"{block[0].name}–{block[-1].name}")
            for number, block in enumerate(self._blocks, start=1)
        )

    @property
    def places(self) -> tuple[Municipality, ...]:
        """The municipalities that are shown."""
        return self._blocks[self.block - 1] if self._blocks else ()

    @property
    def columns(self) -> tuple[tuple[Municipality, Tally], ...]:
        """The same with their counts."""
        return tuple((place, self.board.columns[place.pk]) for place in self.places)

    @property
    def foot(self) -> tuple[tuple[Any, tuple[int, ...], int], ...]:
        """The four states, each with its count a municipality, and in total."""
        lines = self.board.total.lines
        each = [tally.lines for _, tally in self.columns]
        return tuple(
            (line, tuple(column[at].count for column in each), line.count)
            for at, line in enumerate(lines)
        )

    @cached_property
    def groups(self) -> tuple[MatrixGroup, ...]:
        """The rows of the page, by theme."""
        first = (self.page - 1) * MOST_ROWS
        found: dict[str, list[MatrixRow]] = {}
        for record in self.board.records[first : first + MOST_ROWS]:
            row = row_of(self.board, record, self.places)
            found.setdefault(record.theme, []).append(row)
        return tuple(MatrixGroup(title, tuple(rows)) for title, rows in found.items())

    @property
    def size(self) -> str:
        """How large it is: "18 forslag × 17 kommuner"."""
        words = ("forslag", "forslag", "ingen forslag")
        if self.board.of == "samdrift":
            words = ("enhed", "enheder", "ingen enheder")
        rows = counted(len(self.board.records), *words)
        places = counted(len(self.board.municipalities), "kommune", "kommuner")
        return f"{rows} × {places}"

    @cached_property
    def _blocks(self) -> tuple[tuple[Municipality, ...], ...]:
        places = self.board.municipalities
        if not places:
            return ()
        width = ceil(len(places) / ceil(len(places) / MOST_COLUMNS))
        return tuple(places[at : at + width] for at in range(0, len(places), width))


def cut(board: Board, page: str, block: str) -> Cut:
    """Give the part that an address asks for; what is out of reach is the nearest."""
    whole = Cut(board, 1, 1)
    return Cut(
        board,
        _within(page, whole.pages),
        _within(block, max(1, len(whole.blocks))),
    )


def cut_at(board: Board, record_pk: int, municipality_pk: int) -> Cut:
    """Give the part of a board that shows one field."""
    records = [record.pk for record in board.records]
    places = [place.pk for place in board.municipalities]
    whole = Cut(board, 1, 1)
    width = len(whole.places) or 1
    row = records.index(record_pk) if record_pk in records else 0
    column = places.index(municipality_pk) if municipality_pk in places else 0
    return Cut(board, row // MOST_ROWS + 1, column // width + 1)


def row_of(
    board: Board, record: RecordLine, places: Sequence[Municipality]
) -> MatrixRow:
    """Give a record's row with the fields of some municipalities."""
    url = reverse("proposals:positions-record", args=[board.of, record.number])
    cells = tuple(
        CellShown(
            place,
            board.stances.get((place.pk, record.pk), ""),
            f"{url}{place.code}/",
            f"{place.name}, {board.of} {record.number}",
        )
        for place in places
    )
    tally = board.tallies[record.pk]
    return MatrixRow(record, url, cells, tally, _by_state(board, record))


def _by_state(
    board: Board, record: RecordLine
) -> tuple[tuple[Any, tuple[str, ...]], ...]:
    """Give the four states of a record, each with the names of who is in it."""
    names: dict[str, list[str]] = {}
    for place in board.municipalities:
        state = counted_as(board.stances.get((place.pk, record.pk), ""))
        names.setdefault(state, []).append(place.name)
    return tuple(
        (line, tuple(names.get(line.state, ())))
        for line in board.tallies[record.pk].lines
    )


def _within(text: str, most: int) -> int:
    number = int(text) if text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004
    return min(max(1, number), most)
