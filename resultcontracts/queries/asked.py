"""What a round asks: each measure with its target and its last values.

Source: docs/rules.md R-144, R-145.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from resultcontracts.queries.contracts import contract_rows
from resultcontracts.standing.measures import MeasureStanding, counting

if TYPE_CHECKING:
    from fractions import Fraction

    from resultcontracts.models import Contract, Measure
    from resultcontracts.queries.contracts import ContractRows, GoalRow, MeasureRow
    from resultcontracts.standing.measures import Measurement
    from resultcontracts.standing.periods import Period

SHOWN = 2


@dataclass(frozen=True, slots=True)
class Question:
    """One measure as whoever answers sees it.

    Attributes:
        last: the last values that were asked for in the same words, the newest first.
    """

    goal: GoalRow
    measure: MeasureRow
    standing: MeasureStanding
    last: tuple[Measurement, ...]

    @property
    def row(self) -> Measure:
        """The stored measure."""
        row: Measure = self.measure.row
        return row

    @property
    def heading(self) -> str:
        """The question; the measure's name where none is written."""
        return self.row.question or self.row.name

    @property
    def due(self) -> Period:
        """The time it is to be measured for."""
        return self.measure.value.due

    @property
    def last_value(self) -> Fraction | None:
        """The last number."""
        for each in self.last:
            if each.reading is not None:
                return each.reading.low
        return None

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The target and the last values, each with what it is of."""
        unit, found = self.row.unit, []
        if self.standing.target is not None:
            of = f"Måltal, {self.due.name}" if self.due.name else "Måltal"
            found.append((of, f"{self.standing.target.text} {unit}".strip()))
        for word, each in zip(("Sidst", "Før"), self.last, strict=False):
            when = each.period.name or each.period.text
            text = each.reading.text if each.reading else ""
            found.append((f"{word}, {when}", f"{text} {unit}".strip()))
        return tuple(found)


def questions(
    contract: Contract, pks: set[int] | None = None, day: date | None = None
) -> tuple[ContractRows, list[Question]]:
    """Give the measures by their ids, all without any, in the contract's order. Two queries."""
    read = contract_rows(contract, day)
    found = []
    for goal in read.goals:
        stands = {each.measure.label: each for each in goal.standing.measures}
        for measure in goal.measures:
            if pks is None or measure.row.pk in pks:
                last = _last(goal, measure, read.day)
                found.append(Question(goal, measure, stands[measure.label], last))
    return read, found


def _last(goal: GoalRow, measure: MeasureRow, day: date) -> tuple[Measurement, ...]:
    """Give the last values of a measure, and of those of its goal that ask the same."""
    same = [
        each
        for each in goal.measures
        if each is measure
        or (
            measure.row.question
            and each.row.question == measure.row.question
            and each.row.unit == measure.row.unit
        )
    ]
    rows = [
        row
        for each in same
        for row in counting(each.value.measurements, day)
        if row.reading is not None
    ]
    rows.sort(key=lambda row: row.period.end or date.min, reverse=True)
    return tuple(rows[:SHOWN])
