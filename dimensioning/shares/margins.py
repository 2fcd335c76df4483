"""Which sums of a matrix can be met, and where they come from. Pure.

Source: docs/rules.md R-173.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from dimensioning.shares.apportion import apportion
from dimensioning.shares.exact import counted
from dimensioning.shares.grid import Axis, Gap, Grid, grid
from dimensioning.shares.table import Tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dimensioning.shares.apportion import Outcome
    from dimensioning.shares.grid import Cell
    from dimensioning.shares.receivers import Receiver


@dataclass(frozen=True, slots=True)
class MarginTie:
    """A margin that could not be shared without a decision; the matrix waits for it."""

    axis: Literal["row", "column"]
    tie: Tie


def by_shares(
    rows: Iterable[Receiver], columns: Iterable[Receiver], total: int
) -> Grid | MarginTie:
    """Give the matrix of a total that is shared both ways, each margin first."""
    down, across = apportion(rows, total), apportion(columns, total)
    for axis, outcome in (("row", down), ("column", across)):
        if isinstance(outcome, Tie):
            return MarginTie("row" if axis == "row" else "column", outcome)
    return from_margins(down, across)


def by_typed_rows(
    row_totals: Mapping[str, int],
    columns: Iterable[Receiver],
    *,
    fixed: Mapping[Cell, int] | None = None,
) -> Grid | MarginTie:
    """Give the matrix of typed row sums, each shared in the columns' proportions.

    Args:
        row_totals: what each row is to give.
        columns: what the sum of all rows is shared by first.
        fixed: cells that are settled already, such as a council's own decided row; the
            others are rounded round them.
    """
    total = sum(counted(wanted) for wanted in row_totals.values())
    across = apportion(columns, total)
    if isinstance(across, Tie):
        return MarginTie("column", across)
    cells = {
        (key, row.key): _product(wanted, row.bounded, total)
        for key, wanted in row_totals.items()
        for row in across.table.rows
    }
    return grid({**cells, **(fixed or {})}, row_totals, across.places)


def from_margins(down: Outcome, across: Outcome) -> Grid:
    """Give the matrix of two margins that are results, also where somebody decided one."""
    total = down.table.total
    cells = {
        (row.key, column.key): _product(row.bounded, column.bounded, total)
        for row in down.table.rows
        for column in across.table.rows
    }
    return grid(cells, _calculated(down), _calculated(across))


def _product(row: int | Fraction, column: Fraction, total: int) -> Fraction:
    """Give a cell in proportion to its row and its column; nothing of nothing."""
    return column * row / total if total else Fraction(0)


def _calculated(outcome: Outcome) -> dict[str, int]:
    """Give the margin's whole places."""
    return {row.key: row.whole + (row.extra or 0) for row in outcome.table.rows}


def gaps(matrix: Grid) -> tuple[Gap, ...]:
    """Give every sum that no rounding of the cells can reach."""
    wanted = sum(matrix.row_totals.values())
    other = sum(matrix.column_totals.values())
    found = [Gap("total", (), wanted, other, other)] if wanted != other else []
    for row in matrix.rows:
        cells = [(row, column) for column in matrix.columns]
        found += _gap(matrix, "row", row, cells)
    for column in matrix.columns:
        cells = [(row, column) for row in matrix.rows]
        found += _gap(matrix, "column", column, cells)
    return tuple(found)


def _gap(matrix: Grid, axis: Axis, key: str, cells: list[Cell]) -> list[Gap]:
    """Give one sum's gap, if it has one."""
    totals = matrix.row_totals if axis == "row" else matrix.column_totals
    lowest = sum(matrix.whole(cell) for cell in cells)
    highest = lowest + sum(matrix.part(cell) > 0 for cell in cells)
    if lowest <= totals[key] <= highest:
        return []
    return [Gap(axis, (key,), totals[key], lowest, highest)]
