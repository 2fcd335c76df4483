"""A matrix to be rounded both ways, its result, and the tie that stops it. Pure.

Source: docs/rules.md R-173.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dimensioning.shares.exact import Exact, SharesError, counted, exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from fractions import Fraction

type Cell = tuple[str, str]
type Axis = Literal["row", "column", "total", "block"]


@dataclass(frozen=True, slots=True)
class Grid:
    """Exact cells, and the whole sums they shall have; all by key."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    exact: Mapping[Cell, Fraction]
    row_totals: Mapping[str, int]
    column_totals: Mapping[str, int]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell, row by row."""
        return tuple((row, column) for row in self.rows for column in self.columns)

    def whole(self, cell: Cell) -> int:
        """Give the whole part of a cell."""
        value = self.exact[cell]
        return value.numerator // value.denominator

    def part(self, cell: Cell) -> Fraction:
        """Give what is left of a cell."""
        return self.exact[cell] - self.whole(cell)


@dataclass(frozen=True, slots=True)
class Gap:
    """A sum that the cells cannot reach, each within one of its exact value.

    Attributes:
        axis: a row, a column, both grand totals, or a block of rows.
        keys: which; nothing where it is the grand totals.
        wanted: the sum that is asked for.
        lowest: the least that the cells give.
        highest: the most that they give.
    """

    axis: Axis
    keys: tuple[str, ...]
    wanted: int
    lowest: int
    highest: int

    @property
    def by(self) -> int:
        """How many places the sum is out of reach."""
        return max(self.wanted - self.highest, self.lowest - self.wanted)

    @property
    def sentence(self) -> str:
        """Say it in Danish."""
        names = " og ".join(self.keys)
        span = (
            str(self.lowest)
            if self.lowest == self.highest
            else f"{self.lowest} til {self.highest}"
        )
        if self.axis == "total":
            return f"Rækkerne skal give {self.wanted} og kolonnerne {self.lowest}. Forskellen er {self.by}."
        if self.axis == "block":
            return f"{names} skal tilsammen give {self.wanted}, men kolonnerne har kun plads til {self.highest}. {self.by} er til overs."
        return f"{names} skal give {self.wanted}, men felterne kan kun give {span}. Det er {self.by} ved siden af."


class MarginsError(SharesError):
    """The sums cannot be met; which, and by how much."""

    def __init__(self, gaps: Iterable[Gap]) -> None:
        self.gaps = tuple(gaps)
        super().__init__(" ".join(gap.sentence for gap in self.gaps))


@dataclass(frozen=True, slots=True)
class GridChoice:
    """Somebody's answer to a tie of a matrix: all its cells, who, why and when."""

    places: Mapping[Cell, int]
    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class GridResult:
    """Whole cells that keep both margins, and the choice if they were not the only ones."""

    grid: Grid
    places: Mapping[Cell, int]
    choice: GridChoice | None = None


@dataclass(frozen=True, slots=True)
class GridTie:
    """More answers are equally near: somebody decides.

    Attributes:
        answers: two of them or more, always in the same order.
        all_listed: whether there are no others.
    """

    grid: Grid
    answers: tuple[Mapping[Cell, int], ...]
    all_listed: bool

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells in which the answers differ."""
        first, *others = self.answers
        return tuple(
            cell
            for cell in self.grid.cells
            if any(other[cell] != first[cell] for other in others)
        )


def grid(
    cells: Mapping[Cell, Exact],
    row_totals: Mapping[str, int],
    column_totals: Mapping[str, int],
) -> Grid:
    """Give a matrix, whatever the order its cells came in.

    Raises:
        SharesError: a cell is negative, or one is missing, or one too many.
    """
    rows, columns = tuple(sorted(row_totals)), tuple(sorted(column_totals))
    if {(row, column) for row in rows for column in columns} != set(cells):
        message = "Hver række og kolonne skal have præcis ét felt sammen."
        raise SharesError(message)
    values = {cell: exact(value) for cell, value in sorted(cells.items())}
    if any(value < 0 for value in values.values()):
        message = "Et felt kan ikke være negativt."
        raise SharesError(message)
    return Grid(
        rows,
        columns,
        values,
        {row: counted(row_totals[row]) for row in rows},
        {column: counted(column_totals[column]) for column in columns},
    )
