"""Who shares, by what, and between which bounds. Pure.

Source: docs/rules.md R-166, R-168.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dimensioning.shares.exact import Exact, SharesError, counted, exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Receiver:
    """One who receives: a municipality, an institution, a specialisation.

    Attributes:
        key: what tells it apart; decides only in which order equals are listed.
        weight: what it shares by, in any unit: inhabitants, per cent, printed key.
        low: the places it gets at least.
        high: the places it gets at most; none is without bound.
    """

    key: str
    weight: Fraction
    low: int = 0
    high: int | None = None

    def __post_init__(self) -> None:
        if exact(self.weight).numerator < 0:
            message = f"{self.key}: en andel kan ikke være negativ."
            raise SharesError(message)
        counted(self.low)
        if self.high is not None and counted(self.high) < self.low:
            message = f"{self.key}: højst {self.high} er mindre end mindst {self.low}."
            raise SharesError(message)


def receivers(
    weights: Mapping[str, Exact], *, low: int = 0, high: int | None = None
) -> tuple[Receiver, ...]:
    """Give a receiver for each key, all with the same bounds."""
    return tuple(
        Receiver(key, exact(weight), low, high) for key, weight in weights.items()
    )


def bounded(
    those: Iterable[Receiver], *, low: int = 0, high: int | None = None
) -> tuple[Receiver, ...]:
    """Give the same receivers with other bounds."""
    return tuple(replace(one, low=low, high=high) for one in those)


def in_order(those: Iterable[Receiver]) -> tuple[Receiver, ...]:
    """Give them by key, whatever the order they came in.

    Raises:
        SharesError: one stands twice.
    """
    ordered = tuple(sorted(those, key=lambda one: one.key))
    for before, after in itertools.pairwise(ordered):
        if before.key == after.key:
            message = f"{after.key} står to gange."
            raise SharesError(message)
    return ordered
