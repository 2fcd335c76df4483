"""The ministry's form: what its cells give, and the cell that is probably wrong. Pure.

A cell that is not filled is none, never 0. Nothing is written here: a cell is named,
with the value that would make its row and its column right.

Source: docs/rules.md R-174.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dimensioning.shares.apportion import apportion
from dimensioning.shares.exact import counted
from dimensioning.shares.table import Tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dimensioning.shares.grid import Axis, Cell
    from dimensioning.shares.receivers import Receiver


class State(StrEnum):
    """How a sum stands to what it shall be."""

    AGREES = "agrees"
    TOO_MUCH = "too much"
    TOO_LITTLE = "too little"
    OPEN = "open"
    NO_TARGET = "no target"


@dataclass(frozen=True, slots=True)
class Sum:
    """What the filled cells of a row, a column or the form add up to.

    Attributes:
        value: their sum; none where no cell is filled.
        filled: how many are filled.
        of: how many there are.
        target: what it shall be; none where nobody has said.
    """

    value: int | None
    filled: int
    of: int
    target: int | None

    @property
    def empty(self) -> int:
        return self.of - self.filled

    @property
    def off(self) -> int | None:
        """How far above its target the sum is; none where one of them is missing."""
        if self.value is None or self.target is None:
            return None
        return self.value - self.target

    @property
    def state(self) -> State:
        """A sum that is too large stays so, whatever is filled in later."""
        if self.off is not None and self.off > 0:
            return State.TOO_MUCH
        if self.empty:
            return State.OPEN
        if self.off is None:
            return State.NO_TARGET
        return State.TOO_LITTLE if self.off else State.AGREES


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A row and a column that are as much off as each other meet in this cell."""

    cell: Cell
    off: int
    now: int

    @property
    def value(self) -> int:
        """What would make both right."""
        return self.now - self.off


@dataclass(frozen=True, slots=True)
class EmptyCell:
    """A cell that is not filled, and what would make its row and its column right."""

    cell: Cell
    for_row: int | None
    for_column: int | None

    @property
    def for_both(self) -> int | None:
        """The value that makes both right; none where there is no such value."""
        return self.for_row if self.for_row == self.for_column else None


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A row or a column that is off, and no single cell that explains it."""

    axis: Axis
    key: str
    off: int


@dataclass(frozen=True, slots=True)
class WrongTargets:
    """What the rows shall give and what the columns shall give are not the same."""

    rows: int
    columns: int

    @property
    def off(self) -> int:
        return abs(self.rows - self.columns)


type Finding = WrongTargets | WrongCell | WrongLine | EmptyCell


@dataclass(frozen=True, slots=True)
class Form:
    """The form as it is typed, in the order it is printed.

    Attributes:
        cells: what is typed; none, or left out, is not filled.
        row_targets: what each row shall give.
        column_targets: what each column shall give.
        elsewhere: rows that somebody else answers; they count for nothing here.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Cell, int | None]
    row_targets: Mapping[str, int | None]
    column_targets: Mapping[str, int | None]
    elsewhere: frozenset[str] = frozenset()

    @property
    def here(self) -> tuple[str, ...]:
        """The rows that count."""
        return tuple(row for row in self.rows if row not in self.elsewhere)

    def row(self, row: str) -> Sum:
        cells = [(row, column) for column in self.columns]
        return self._sum(cells, self.row_targets.get(row))

    def column(self, column: str) -> Sum:
        cells = [(row, column) for row in self.here]
        return self._sum(cells, self.column_targets.get(column))

    @property
    def whole(self) -> Sum:
        """The sum of all, held against what the rows shall give."""
        cells = [(row, column) for row in self.here for column in self.columns]
        return self._sum(cells, self.all_targets)

    @property
    def all_targets(self) -> int | None:
        """What the rows shall give together; none while one of them is missing."""
        return _together(self.row_targets.get(row) for row in self.here)

    def _sum(self, cells: Sequence[Cell], target: int | None) -> Sum:
        typed = [self.cells.get(cell) for cell in cells]
        filled = [counted(value) for value in typed if value is not None]
        value = sum(filled) if filled else None
        return Sum(value, len(filled), len(cells), target)

    def agrees(self, rows: Iterable[str]) -> bool:
        """Whether these rows are filled and right: then their council may send them."""
        return all(self.row(row).state == State.AGREES for row in rows)


def column_targets(
    row_targets: Mapping[str, int | None], columns: Iterable[Receiver]
) -> Mapping[str, int | None] | Tie:
    """Share what the rows shall give among the columns; nothing while one is missing."""
    those = tuple(columns)
    total = _together(row_targets.values())
    if total is None:
        return {one.key: None for one in those}
    outcome = apportion(those, total)
    return outcome if isinstance(outcome, Tie) else dict(outcome.places)


def _together(targets: Iterable[int | None]) -> int | None:
    """Add up targets; one missing is enough for none."""
    known = list(targets)
    found = [counted(target) for target in known if target is not None]
    return sum(found) if found and len(found) == len(known) else None


def findings(form: Form) -> tuple[Finding, ...]:
    """Give what does not agree: targets, wrong cells, wrong lines, cells not filled."""
    wrong = _wrong_cells(form)
    explained = {key for one in wrong for key in (("row", one.cell[0]), ("column", one.cell[1]))}  # fmt: skip
    lines = [one for one in _wrong_lines(form) if (one.axis, one.key) not in explained]
    return (*_targets(form), *wrong, *lines, *_empty_cells(form))


def _targets(form: Form) -> list[WrongTargets]:
    rows = form.all_targets
    columns = _together(form.column_targets.get(column) for column in form.columns)
    if rows is None or columns is None or rows == columns:
        return []
    return [WrongTargets(rows, columns)]


def _off(total: Sum) -> int | None:
    """Give how far a sum is off; none where more cells may still mend it."""
    if total.state in {State.TOO_MUCH, State.TOO_LITTLE}:
        return total.off
    return None


def _wrong_lines(form: Form) -> list[WrongLine]:
    """Give every row and column that is off."""
    found: list[WrongLine] = []
    for row in form.here:
        off = _off(form.row(row))
        if off:
            found.append(WrongLine("row", row, off))
    for column in form.columns:
        off = _off(form.column(column))
        if off:
            found.append(WrongLine("column", column, off))
    return found


def _wrong_cells(form: Form) -> list[WrongCell]:
    """Give each cell where the one row and the one column meet that are so much off.

    Two rows that are equally off leave it open which of them it is, and a line that is
    not filled may be off for another reason: then no cell is named.
    """
    lines = [line for line in _wrong_lines(form) if not _sum_of(form, line).empty]
    found = []
    for off in dict.fromkeys(line.off for line in lines):
        rows = [one.key for one in lines if one.axis == "row" and one.off == off]
        columns = [one.key for one in lines if one.axis == "column" and one.off == off]
        if len(rows) != 1 or len(columns) != 1:
            continue
        cell = rows[0], columns[0]
        now = form.cells.get(cell)
        if now is not None and now >= off:
            found.append(WrongCell(cell, off, now))
    return found


def _sum_of(form: Form, line: WrongLine) -> Sum:
    return form.row(line.key) if line.axis == "row" else form.column(line.key)


def _empty_cells(form: Form) -> list[EmptyCell]:
    """Give each cell that is not filled, row by row."""
    return [
        EmptyCell((row, column), _missing(form.row(row)), _missing(form.column(column)))
        for row in form.here
        for column in form.columns
        if form.cells.get((row, column)) is None
    ]


def _missing(total: Sum) -> int | None:
    """Give what the one empty cell of a line lacks; none where there are more."""
    if total.empty != 1 or total.target is None:
        return None
    lacks = total.target - (total.value or 0)
    return lacks if lacks >= 0 else None
