"""The common scale of rows that are read against each other. Pure.

Source: docs/rules.md R-128.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from resultcontracts.standing.numbers import spelt

if TYPE_CHECKING:
    from collections.abc import Iterable

SHARE: Final = "pct."
SCORE: Final = "NPS-point"
HUNDRED: Final = Fraction(100)
# The largest number leaves so much room after it.
ROOM: Final = Fraction(5, 4)
# What a step may begin with, so that its lines are easy to read off.
_EASY: Final = (1, 2, 5)
_STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class Scale:
    """From one number to another; 0 always lies on it.

    Attributes:
        unit: the word behind its last number.
    """

    low: Fraction
    high: Fraction
    unit: str = ""

    def part(self, value: Fraction) -> float:
        """Give how far along a number lies: 0 at its start, 1 at its end."""
        held = min(max(value, self.low), self.high)
        return float((held - self.low) / (self.high - self.low))

    @property
    def marks(self) -> tuple[tuple[Fraction, str], ...]:
        """Its ends and its middle, as they are printed."""
        rows = (self.low, (self.low + self.high) / 2, self.high)
        return tuple((each, spelt(each)) for each in rows)


def scale_of(values: Iterable[Fraction], unit: str) -> Scale:
    """Give a scale that all values lie on.

    A share is read against the whole and a score against all it can be; anything else
    runs to a round number.
    """
    rows = [Fraction(0), *values]
    low, high = min(rows), max(rows)
    if unit == SCORE and low >= -HUNDRED and high <= HUNDRED:
        return Scale(-HUNDRED, HUNDRED, "point")
    if unit == SHARE and low == 0 and high <= HUNDRED:
        return Scale(Fraction(0), HUNDRED, SHARE)
    end = rounded_up(max(high, -low) * ROOM)
    # Both ends are as round, so the middle of the two is too.
    return Scale(-end if low < 0 else Fraction(0), end, unit)


def rounded_up(value: Fraction) -> Fraction:
    """Give the next number of one digit, and noughts: 68 → 70, 1.929 → 2.000, 0 → 1."""
    if value <= 0:
        return Fraction(1)
    size = Fraction(1)
    while size * 10 <= value:
        size *= 10
    while size > value:
        size /= 10
    return -(-value // size) * size


def ends_around(values: Iterable[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """Give a scale around numbers and its step: 74 and 76 → 60 to 80 in tens.

    For points, which are read by their height and have no length: it need not begin
    at 0. The highest number lies under its end, so that its figure has room.
    """
    rows = list(values)
    if not rows:
        return Fraction(0), Fraction(1), Fraction(1)
    low, high = min(rows), max(rows)
    least = max((high - low) / _STEPS, max(abs(low), abs(high)) / 10)
    step = _easy(least) if least else Fraction(1)
    start = low // step * step
    if start == low != 0:
        start -= step
    return start, high // step * step + step, step


def _easy(value: Fraction) -> Fraction:
    """Give the next number that is one, two or five, and noughts."""
    size = rounded_up(value)
    digit = size
    while digit >= 10:  # noqa: PLR2004 -- down to its only digit
        digit /= 10
    while digit < 1:
        digit *= 10
    unit = size / digit
    return next((unit * each for each in _EASY if each >= digit), unit * 10)
