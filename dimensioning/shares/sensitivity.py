"""What another total would give, always by running it. Pure.

Nothing is inferred from the remainders: with one place more every quota grows, and by
largest remainder somebody may even lose a place (the Alabama paradox).

Source: docs/rules.md R-171.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dimensioning.shares.apportion import apportion
from dimensioning.shares.bounds import BoundsError, clamped, scale_for
from dimensioning.shares.table import Result, Tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from dimensioning.shares.apportion import Outcome
    from dimensioning.shares.receivers import Receiver
    from dimensioning.shares.table import Row


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The same run with another total.

    Attributes:
        total: that total.
        gains: who gets more then, and how many more.
        losses: who gets fewer, and how many fewer.
        tied: who stand equal then, so that nobody can tell.
        impossible: the sentence that says why that total cannot be given.
    """

    total: int
    gains: tuple[tuple[str, int], ...] = ()
    losses: tuple[tuple[str, int], ...] = ()
    tied: tuple[str, ...] = ()
    impossible: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """One place more, and one fewer; fewer than 0 there are not."""

    more: Neighbour
    fewer: Neighbour | None


def neighbours(result: Result) -> Neighbours:
    """Run one place more and one fewer; changes by hand count for nothing here."""
    total = result.table.total
    return Neighbours(
        neighbour(result, total + 1), neighbour(result, total - 1) if total else None
    )


def neighbour(result: Result, total: int) -> Neighbour:
    """Run another total, and say who gets more and who fewer."""
    try:
        outcome = apportion(result.table.receivers, total)
    except BoundsError as error:
        return Neighbour(total, impossible=str(error))
    if isinstance(outcome, Tie):
        return Neighbour(total, tied=outcome.among)
    before, after = result.calculated, outcome.calculated
    moved = [(key, after[key] - before[key]) for key in sorted(before)]
    return Neighbour(
        total,
        tuple((key, change) for key, change in moved if change > 0),
        tuple((key, -change) for key, change in moved if change < 0),
    )


def kept_down_to(result: Result, key: str) -> int:
    """Give the smallest total down to which a receiver surely keeps its places.

    Every total from there up to today's gives it as many or more. A tie that it is part
    of is not sure.
    """
    places = result.calculated[key]
    those = result.table.receivers
    total = _surely(those, key, places, result.table.total)
    while total and _keeps(those, total - 1, key, places):
        total -= 1
    return total


def _keeps(those: Sequence[Receiver], total: int, key: str, places: int) -> bool:
    """Run a total: does the receiver get that many?"""
    try:
        outcome = apportion(those, total)
    except BoundsError:
        return False
    row = outcome[key]
    return row.whole + (row.extra or 0) >= places


def _surely(those: Sequence[Receiver], key: str, places: int, total: int) -> int:
    """Give the smallest total whose quota alone has that many whole places.

    A quota grows with the total, so these totals are all above one of them.
    """
    one = next(one for one in those if one.key == key)

    def enough(tried: int) -> bool:
        try:
            return clamped(one, scale_for(those, tried))[0] >= places
        except BoundsError:
            return False

    low, high = 0, total
    if not enough(total):
        return total
    while low < high:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle + 1
    return low


@dataclass(frozen=True, slots=True)
class Paradox:
    """One place more, and a receiver gets fewer.

    Attributes:
        before: its row at the total below.
        after: its row at the total above.
        gainers: who got more, with their rows below and above.
    """

    total: int
    before: Row
    after: Row
    gainers: tuple[tuple[Row, Row], ...]

    @property
    def key(self) -> str:
        return self.before.key

    @property
    def grew(self) -> Fraction:
        """How much its quota grew."""
        return self.after.bounded - self.before.bounded


def paradoxes(those: Iterable[Receiver], totals: Iterable[int]) -> tuple[Paradox, ...]:
    """Run each total and the next, and give every receiver that lost by one more.

    Totals where somebody has to decide, or that the bounds forbid, show none.
    """
    receivers = tuple(those)
    found: list[Paradox] = []
    runs: dict[int, Outcome | None] = {}
    for total in totals:
        for one in (total, total + 1):
            if one not in runs:
                runs[one] = _run(receivers, one)
        lower, upper = runs[total], runs[total + 1]
        if isinstance(lower, Result) and isinstance(upper, Result):
            found.extend(_lost(lower, upper))
    return tuple(found)


def _run(those: Sequence[Receiver], total: int) -> Outcome | None:
    try:
        return apportion(those, total)
    except BoundsError:
        return None


def _lost(lower: Result, upper: Result) -> list[Paradox]:
    """Give who gets fewer of the larger total."""
    pairs = list(zip(lower.table.rows, upper.table.rows, strict=True))
    gainers = tuple(
        (before, after)
        for before, after in pairs
        if (after.calculated or 0) > (before.calculated or 0)
    )
    return [
        Paradox(lower.table.total, before, after, gainers)
        for before, after in pairs
        if (after.calculated or 0) < (before.calculated or 0)
    ]
