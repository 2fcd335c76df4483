"""The bullet in a row of a table: a bar beside its target, without words. Pure.

The scale is the row's own and puts every target under the same header word. It is hidden
from screen readers, since its row says all of it. Source: docs/rules.md R-128.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from resultcontracts.standing.measures import MeasureStanding
    from resultcontracts.standing.numbers import Reading
    from resultcontracts.standing.targets import Target

WIDTH: Final = 184
HEIGHT: Final = 20
BAR: Final = 9
LINE: Final = Fraction(5, 2)
# A bar that is shorter than this cannot be seen; a measured 0 is as long.
STUB: Final = 3
# The track ends at one and a half targets.
BEYOND: Final = Fraction(3, 2)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, its measures written as SVG reads them."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """The shapes of a bullet.

    Attributes:
        bar: from zero to the result; of a span, to the end that is nearer to zero.
        rest: the rest of a span; None for one number.
        mark: the target's line, or the band of a target that is a span.
        is_hollow: the number counts something else than was agreed.
        is_cut: the result lies beyond the track.
    """

    bar: Box
    rest: Box | None
    mark: Box
    is_band: bool
    is_hollow: bool
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Track:
    """A scale from one number at its left end to another at its right."""

    low: Fraction
    high: Fraction

    def at(self, value: Fraction) -> Fraction:
        """Give where a number lies, in pixels; what is beyond lies at the end."""
        held = min(max(value, self.low), self.high)
        return (held - self.low) / (self.high - self.low) * WIDTH

    def cuts(self, value: Fraction) -> bool:
        """Whether a number lies beyond it."""
        return not self.low <= value <= self.high


def bullet(each: MeasureStanding) -> Bullet | None:
    """Draw a measure's result beside its target; None where either is missing."""
    if each.reading is None or each.target is None:
        return None
    return drawn(each.reading, each.target, is_hollow=is_other(each))


def is_other(each: MeasureStanding) -> bool:
    """Whether the number counts something else than was agreed.

    That is so of a proxy, and of a number that a person's verdict was set above.
    """
    is_proxy = each.measurement is not None and each.measurement.is_proxy
    return is_proxy or (each.reading is not None and each.verdict is not None)


def drawn(reading: Reading, target: Target, *, is_hollow: bool = False) -> Bullet:
    """Draw a result beside a target."""
    track = track_of(reading, target)
    near, far = sorted((reading.low, reading.high), key=abs)
    is_span = near != far
    start = near
    if near * far < 0:
        # On both sides of zero: all of it is the rest.
        start, near = near, Fraction(0)
    return Bullet(
        bar=_bar(track, Fraction(0), near),
        rest=_bar(track, start, far) if is_span else None,
        mark=_mark(track, target),
        is_band=target.low != target.high,
        is_hollow=is_hollow,
        is_cut=track.cuts(reading.low) or track.cuts(reading.high),
    )


def track_of(reading: Reading, target: Target) -> Track:
    """Give the row's scale: zero lies on it, and the target at two thirds.

    From 0 to one and a half targets wherever neither is below 0.
    """
    mark, values = target.high, (reading.low, reading.high)
    if mark > 0:
        low = max(min(*values, Fraction(0)), -mark)
    elif mark < 0:
        low = 3 * mark - 2 * min(max(*values, Fraction(0)), -mark)
    else:
        reach = max(map(abs, values)) * Fraction(5, 4) or Fraction(1)
        low = -2 * reach
    return Track(low, low + BEYOND * (mark - low))


def _bar(track: Track, start: Fraction, end: Fraction) -> Box:
    """Lay a bar from one number to another, never so short that it is not seen."""
    left, right = sorted((track.at(start), track.at(end)))
    if right - left < STUB:
        # Away from zero, and never off the track.
        is_left = end < start or left + STUB > WIDTH
        left = max(right - STUB, Fraction(0)) if is_left else left
        right = left + STUB
    return _box(left, Fraction(HEIGHT - BAR, 2), right - left, Fraction(BAR))


def _mark(track: Track, target: Target) -> Box:
    left, right = track.at(target.low), track.at(target.high)
    return _box(left - LINE / 2, Fraction(0), right - left + LINE, Fraction(HEIGHT))


def _box(x: Fraction, y: Fraction, width: Fraction, height: Fraction) -> Box:
    return Box(*map(_written, (x, y, width, height)))


def _written(value: Fraction) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
