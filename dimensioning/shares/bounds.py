"""The one scale that fits when nobody may get too little or too much. Pure.

The quota under bounds is clamp(scale · weight) with the same scale for all. Their sum
grows in straight pieces with the scale, so the scale is found exactly, at or between
the points where a receiver leaves its lower bound or reaches its upper.

Source: docs/rules.md R-202.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from dimensioning.shares.exact import SharesError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimensioning.shares.receivers import Receiver


class Bound(StrEnum):
    """Which bound a receiver met."""

    NONE = ""
    LOW = "low"
    HIGH = "high"


class BoundsError(SharesError):
    """No scale gives the total.

    Attributes:
        total: the places there are.
        lowest: what the lower bounds alone give.
        highest: the most that can be given; none is without bound.
        by: how many places are missing, or are left over.
    """

    def __init__(self, total: int, lowest: int, highest: int | None) -> None:
        self.total, self.lowest, self.highest = total, lowest, highest
        if total < lowest:
            self.by = lowest - total
            words = f"Mindstetallene giver {lowest} pladser. Det er {self.by} flere end de {total}, der skal deles."
        else:
            self.by = total - (highest or 0)
            words = f"Der kan højst gives {highest or 0} pladser under de andele og grænser. {self.by} af {total} bliver til overs."
        super().__init__(words)


def clamped(one: Receiver, scale: Fraction) -> tuple[Fraction, Bound]:
    """Give a receiver's quota at a scale, and the bound that it met.

    Who lands on a bound exactly has met none: it gets what the scale gives.
    """
    quota = one.weight * scale
    if quota < one.low:
        return Fraction(one.low), Bound.LOW
    if one.high is not None and quota > one.high:
        return Fraction(one.high), Bound.HIGH
    return quota, Bound.NONE


def scale_for(those: Sequence[Receiver], total: int) -> Fraction:
    """Give the scale at which the quotas under bounds are the total.

    Where every scale of a range fits (all stand at a bound), it is the one nearest to
    what it would be without bounds.

    Raises:
        BoundsError: the total is below the lower bounds, or above what can be given.
    """
    lowest = sum(one.low for one in those)
    highest = _highest(those)
    if total < lowest or (highest is not None and total > highest):
        raise BoundsError(total, lowest, highest)
    weight = sum((one.weight for one in those), Fraction(0))
    if not weight:
        return Fraction(0)
    first, last = _fitting(those, total)
    plain = total / weight
    return max(first, plain if last is None else min(plain, last))


def _highest(those: Sequence[Receiver]) -> int | None:
    """Give the most that can be given; who has no share gets its lower bound."""
    most = 0
    for one in those:
        if not one.weight:
            most += one.low
        elif one.high is None:
            return None
        else:
            most += one.high
    return most


def _turns(those: Sequence[Receiver]) -> list[tuple[Fraction, Fraction]]:
    """Give where the sum grows faster or slower, and by how much."""
    turns = []
    for one in those:
        if one.weight:
            turns.append((one.low / one.weight, one.weight))
            if one.high is not None:
                turns.append((one.high / one.weight, -one.weight))
    return sorted(turns)


def _fitting(those: Sequence[Receiver], total: int) -> tuple[Fraction, Fraction | None]:
    """Give the first and the last scale that fit; none is "however large"."""
    at, slope = Fraction(0), Fraction(0)
    reached = Fraction(sum(one.low for one in those))
    first = at if reached == total else None
    for point, turn in _turns(those):
        ahead = reached + slope * (point - at)
        if first is None and ahead >= total:
            first = at + (total - reached) / slope
        if ahead > total:
            return first or Fraction(0), at + (total - reached) / slope
        at, reached, slope = point, ahead, slope + turn
    if slope:
        last = at + (total - reached) / slope
        return (last if first is None else first), last
    return first or Fraction(0), None
