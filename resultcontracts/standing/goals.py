"""Where a goal stands on a day: the roll-up of its measures. Pure.

Source: docs/rules.md R-116.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from resultcontracts.choices import WORST_FIRST, Status, Why
from resultcontracts.standing.measures import standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from fractions import Fraction

    from resultcontracts.standing.measures import Measure, MeasureStanding


@dataclass(frozen=True)
class GoalStanding:
    """Where a goal stands on a day.

    Attributes:
        measures: all of its measures, in the contract's order.
        follows: number of the goal that it is decided by; None.
    """

    status: Status
    why: Why
    measures: tuple[MeasureStanding, ...]
    follows: int | None = None

    @cached_property
    def counting(self) -> tuple[MeasureStanding, ...]:
        """Those that take part in the status."""
        return tuple(each for each in self.measures if each.counts)

    @cached_property
    def reached(self) -> int:
        """How many of those are reached."""
        return sum(each.status is Status.REACHED for each in self.counting)

    @cached_property
    def missing(self) -> int:
        """How many of those are due and have no result; never counted as missed."""
        return sum(each.is_missing for each in self.counting)

    @cached_property
    def shown(self) -> MeasureStanding | None:
        """The measured one that is furthest behind its target; None without a number.

        Of two that are as far behind, the one with the worse status, then the first.
        """
        measured = [each for each in self.counting if each.reading and each.target]
        if not measured:
            return None
        return min(measured, key=_behind)


def _behind(each: MeasureStanding) -> tuple[Fraction, int]:
    assert each.target is not None  # noqa: S101 -- only those are asked
    assert each.reading is not None  # noqa: S101
    return (-each.target.shortfall(each.reading), WORST_FIRST.index(each.status))


def goal_standing(measures: Sequence[Measure], day: date) -> GoalStanding:
    """Give where a goal stands on a day.

    Raises:
        UnitMismatchError: a result is in another unit than its target.
    """
    found = tuple(standing_of(measure, day) for measure in measures)
    follows = next((m.follows for m in measures if m.follows is not None), None)
    if follows is not None and len(found) == 1:
        return GoalStanding(Status.UNDECIDED, Why.FOLLOWS, found, follows)
    counting = [each for each in found if each.counts]
    if not counting:
        why = Why.NO_TARGET if found else Why.NO_MEASURES
        return GoalStanding(_of_none(found), why, found)
    why = counting[0].why if len(counting) == 1 else Why.COMPARED
    return GoalStanding(rolled_up(counting), why, found)


def _of_none(found: Sequence[MeasureStanding]) -> Status:
    """Give the status where no measure counts: awaited if one is only not due yet."""
    is_to_come = any(each.why is Why.NOT_DUE for each in found)
    return Status.PENDING if is_to_come else Status.UNDECIDED


def rolled_up(counting: Iterable[MeasureStanding]) -> Status:
    """Give a goal's status from the measures that count; at least one.

    All reached: reached. One missed: partly reached where something else is, in whole or
    in part, else not reached. Missing is never a miss: with all measured reached the
    goal is awaited. What is begun and not finished is no result yet, but what stands
    beside it reached is reached in part.
    """
    rows = list(counting)
    kinds = {row.status for row in rows}
    if kinds == {Status.REACHED}:
        return Status.REACHED
    has_some = bool(kinds & {Status.REACHED, Status.PARTLY})
    is_begun = any(row.why is Why.UNDER_WAY for row in rows)
    if kinds & {Status.NOT_REACHED, Status.PARTLY} or (is_begun and has_some):
        return Status.PARTLY if has_some else Status.NOT_REACHED
    return Status.UNDECIDED if Status.UNDECIDED in kinds else Status.PENDING
