"""The one scale that fits when nobody may get too little or too much. Pure.

The quota under bounds is clamp(scale · weight) with the same scale for all. Their sum
grows in straight pieces with the scale, so the scale is found exactly, at or between
the points where a receiver leaves its lower bound or reaches its upper.

Source: docs/rules.md R-168.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from dimensioning.shares.exact import SharesError, in_whole

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
    if quota.numerator < one.low * quota.denominator:
        return Fraction(one.low), Bound.LOW
    if one.high is not None and quota.numerator > one.high * quota.denominator:
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
    weights, common = in_whole([one.weight for one in those])
    weight = sum(weights)
    if not weight:
        return Fraction(0)
    plain = Fraction(total * common, weight)
    if all(not one.low and one.high is None for one in those):
        return plain
    first, last = _fitting(those, weights, total)
    return max(first * common, plain if last is None else min(plain, last * common))


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


def _turns(
    those: Sequence[Receiver], weights: Sequence[int]
) -> list[tuple[int, int, int]]:
    """Give where a receiver leaves its lower bound or meets its upper, in that order.

    Each is the bound, the receiver's weight, and 1 or −1: the sum grows by that much
    faster from the scale bound ÷ weight.
    """
    common = lcm(*filter(None, weights))
    turns = []
    for one, weight in zip(those, weights, strict=True):
        if weight:
            step = common // weight
            turns.append((one.low * step, one.low, weight, 1))
            if one.high is not None:
                turns.append((one.high * step, one.high, weight, -1))
    return [turn[1:] for turn in sorted(turns)]


def _fitting(
    those: Sequence[Receiver], weights: Sequence[int], total: int
) -> tuple[Fraction, Fraction | None]:
    """Give the first and the last scale that fit; none is "however large".

    Between two turns the sum is ``fixed + slope * scale``.
    """
    fixed, slope = sum(one.low for one in those), 0
    first = Fraction(0) if fixed == total else None
    for bound, weight, turn in _turns(those, weights):
        above = fixed * weight + slope * bound - total * weight
        if first is None and above >= 0:
            first = Fraction(total - fixed, slope)
        if above > 0:
            return first or Fraction(0), Fraction(total - fixed, slope)
        fixed, slope = fixed - turn * bound, slope + turn * weight
    if slope:
        last = Fraction(total - fixed, slope)
        return (last if first is None else first), last
    return first or Fraction(0), None
