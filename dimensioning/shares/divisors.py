"""Other methods, for comparison: places one at a time to the highest priority. Pure.

A receiver with k places has the priority weight ÷ d(k); the methods differ in d. They
compare squares, so that Huntington-Hill's root is exact too.

Source: docs/rules.md R-172.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from heapq import heapify, heapreplace
from typing import TYPE_CHECKING, Final

from dimensioning.shares.bounds import BoundsError
from dimensioning.shares.exact import counted
from dimensioning.shares.receivers import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dimensioning.shares.receivers import Receiver


class Method(StrEnum):
    """The divisor methods in use."""

    ADAMS = "adams"
    DEAN = "dean"
    HILL = "hill"
    WEBSTER = "webster"
    JEFFERSON = "jefferson"


_SQUARED: Final[Mapping[Method, Callable[[int], Fraction]]] = {
    Method.ADAMS: lambda k: Fraction(k) ** 2,
    Method.DEAN: lambda k: Fraction(2 * k * (k + 1), 2 * k + 1) ** 2,
    Method.HILL: lambda k: Fraction(k * (k + 1)),
    Method.WEBSTER: lambda k: Fraction(2 * k + 1, 2) ** 2,
    Method.JEFFERSON: lambda k: Fraction(k + 1) ** 2,
}

# A first place without a divisor comes before all others; the heaviest is served first.
type _Priority = tuple[bool, Fraction]


@dataclass(frozen=True, slots=True)
class Compared:
    """What another method gives; who stand equal at the last place has none yet.

    Attributes:
        places: the places that are certain, by key.
        among: who stand equal for the last ones.
        left: how many places they stand equal for.
    """

    method: Method
    places: Mapping[str, int]
    among: tuple[str, ...] = ()
    left: int = 0


def by_divisor(those: Iterable[Receiver], total: int, method: Method) -> Compared:
    """Share whole places by a divisor method, within the same bounds.

    Raises:
        BoundsError: the bounds, or a total with no share, leave no answer.
        SharesError: one receiver stands twice, or the total is negative.
    """
    ordered = in_order(those)
    places = {one.key: one.low for one in ordered}
    left = counted(total) - sum(places.values())
    if left < 0:
        raise BoundsError(total, total - left, None)
    waiting = [
        (_turned(_priority(one, one.low, method)), one.key, one)
        for one in ordered
        if _wants(one, one.low)
    ]
    heapify(waiting)
    served: list[tuple[_Priority, str]] = []
    while left and waiting:
        turned, key, one = waiting[0]
        places[key] += 1
        left -= 1
        served.append((turned, key))
        if _wants(one, places[key]):
            again = _turned(_priority(one, places[key], method))
            heapreplace(waiting, (again, key, one))
        else:
            waiting[0] = waiting[-1]
            waiting.pop()
            heapify(waiting)
    if left:
        raise BoundsError(total, 0, total - left)
    return _settled(
        method, places, served, [(turned, key) for turned, key, _ in waiting]
    )


def _wants(one: Receiver, places: int) -> bool:
    """Whether it may get another."""
    return one.weight > 0 and (one.high is None or places < one.high)


def _priority(one: Receiver, places: int, method: Method) -> _Priority:
    """Give how far in front it stands with so many places, squared."""
    divisor = _SQUARED[method](places)
    square = one.weight**2
    return (False, square / divisor) if divisor else (True, square)


def _turned(priority: _Priority) -> _Priority:
    """Turn it round, for a heap gives the smallest first."""
    return not priority[0], -priority[1]


def _settled(
    method: Method,
    places: Mapping[str, int],
    served: Sequence[tuple[_Priority, str]],
    waiting: Sequence[tuple[_Priority, str]],
) -> Compared:
    """Take back the last places if somebody who got none stands equal."""
    last = served[-1][0] if served else None
    outside = [key for priority, key in waiting if priority == last]
    if not outside:
        return Compared(method, places)
    inside = [key for priority, key in served if priority == last]
    certain = {key: number - inside.count(key) for key, number in places.items()}
    return Compared(method, certain, tuple(sorted({*inside, *outside})), len(inside))
