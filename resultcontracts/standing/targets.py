"""What a measure is to reach: targets, how they came about, and which one holds when. Pure.

Source: docs/rules.md R-114.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from core.formats import EN_DASH
from resultcontracts.choices import Operator, Status
from resultcontracts.standing.numbers import (
    ACCEPTED,
    Side,
    UnitMismatchError,
    spelt,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from resultcontracts.standing.numbers import Reading

_WORDS: Final = {
    Operator.AT_LEAST: "",
    Operator.OVER: "over ",
    Operator.AT_MOST: "højst ",
    Operator.UNDER: "under ",
    Operator.EXACTLY: "præcis ",
    Operator.BETWEEN: "",
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a result is held against.

    Attributes:
        low, high: equal but where the operator is BETWEEN; both ends belong to the span.
        printed: as the contract prints it, "2,60"; "" lets the portal print it.
    """

    operator: Operator
    low: Fraction
    high: Fraction
    unit: str
    printed: str = ""

    def __post_init__(self) -> None:
        """Refuse a span that falls, and one that its operator does not know.

        Raises:
            ValueError: ``low`` over ``high``, or two numbers without BETWEEN.
        """
        if self.low > self.high:
            message = f"a target cannot lie between {self.low} and {self.high}"
            raise ValueError(message)
        if self.low != self.high and self.operator is not Operator.BETWEEN:
            message = f"{self.operator} takes one number"
            raise ValueError(message)

    @classmethod
    def of(
        cls, operator: Operator, value: Decimal | Fraction | int, unit: str
    ) -> Target:
        """Make a target of one number."""
        return cls(operator, Fraction(value), Fraction(value), unit)

    @property
    def text(self) -> str:
        """What follows "mod måltal": "39", "højst 39", "2–4"; no unit."""
        number = self.printed or EN_DASH.join(
            dict.fromkeys(spelt(end) for end in (self.low, self.high))
        )
        return _WORDS[self.operator] + number

    def judge(self, reading: Reading) -> Status:
        """Say whether a result reaches the target.

        Returns:
            REACHED or NOT_REACHED where that is certain; UNDECIDED where the result is a
            span or a rough number that can be on either side.

        Raises:
            UnitMismatchError: the result is in another unit.
        """
        if reading.unit != self.unit:
            message = f"{reading.unit} cannot be held against {self.unit}"
            raise UnitMismatchError(message)
        if self.operator is Operator.BETWEEN:
            return _both(
                _judge(reading, self.low, ACCEPTED[Operator.AT_LEAST]),
                _judge(reading, self.high, ACCEPTED[Operator.AT_MOST]),
            )
        return _judge(reading, self.low, ACCEPTED[self.operator])

    def shortfall(self, reading: Reading) -> Fraction:
        """Give how far a result is behind, as a part of the target; below 0 when ahead.

        Only for choosing which measure to show: a part of an NPS means nothing aloud.
        """
        value = reading.low
        if self.operator in (Operator.AT_MOST, Operator.UNDER):
            return _part(value - self.high, self.high)
        if self.operator is Operator.EXACTLY:
            return _part(abs(value - self.low), self.low)
        if self.operator is Operator.BETWEEN and reading.high > self.high:
            return _part(reading.high - self.high, self.high)
        return _part(self.low - value, self.low)


def _judge(reading: Reading, mark: Fraction, accepted: frozenset[Side]) -> Status:
    sides = reading.sides_of(mark)
    if sides <= accepted:
        return Status.REACHED
    return Status.UNDECIDED if sides & accepted else Status.NOT_REACHED


def _both(one: Status, other: Status) -> Status:
    """Give what holds where both must: a miss of either settles it."""
    for status in (Status.NOT_REACHED, Status.UNDECIDED):
        if status in (one, other):
            return status
    return Status.REACHED


def _part(of: Fraction, whole: Fraction) -> Fraction:
    """Give a part of a number; of 0, that are all numbers the part themselves."""
    return of / abs(whole) if whole else of


def points_over(baseline: Fraction, points: Fraction) -> Fraction:
    """Give a target that lies so many points over a baseline: 34 + 5 = 39."""
    return baseline + points


def growth_over(baseline: Fraction, percent: Fraction) -> Fraction:
    """Give a target that grows from a baseline: 69 and 5 pct. are 72,45, not 72."""
    return baseline * (100 + percent) / 100


@dataclass(frozen=True, slots=True)
class TargetRevision:
    """A target from a day on.

    Attributes:
        since: the first day on which it holds; None for the contract's own.
        decided_by: the meeting or agreement that decided it, in words.
    """

    target: Target
    since: date | None = None
    decided_by: str = ""
    reason: str = ""


def original(revisions: tuple[TargetRevision, ...]) -> Target | None:
    """Give the target that the contract was signed with."""
    return _by_day(revisions)[0].target if revisions else None


def target_on(revisions: tuple[TargetRevision, ...], day: date) -> Target | None:
    """Give the target that holds on a day; None where no target holds yet, or ever."""
    held = [
        each for each in _by_day(revisions) if each.since is None or each.since <= day
    ]
    return held[-1].target if held else None


def _by_day(revisions: tuple[TargetRevision, ...]) -> list[TargetRevision]:
    """Sort by day, the contract's own first; of two on a day the later written holds."""
    return sorted(
        revisions, key=lambda each: (each.since is not None, each.since or date.min)
    )
