"""What a share of the population makes of a total, and what a result is beside it. Pure.

Source: docs/rules.md R-122.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from resultcontracts.standing.numbers import Side, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resultcontracts.standing.numbers import Reading


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A total that is shared by population, and the part of one municipality.

    Attributes:
        name: what the total is, "aftalte forløb".
        minimum: the municipality's part, exact; it is no whole number and is not made one.
    """

    name: str
    total: int
    minimum: Fraction

    @property
    def text(self) -> str:
        """The part as it is read: "36,7"."""
        return rounded(self.minimum, 1)


def yardsticks(
    totals: Iterable[tuple[str, int]], population: int, of: int
) -> tuple[Yardstick, ...]:
    """Share each total by population.

    Raises:
        ValueError: the municipality has more people than all of them, or nobody.
    """
    if not 0 < population <= of:
        message = f"{population} of {of} is no share"
        raise ValueError(message)
    share = Fraction(population, of)
    return tuple(Yardstick(name, total, total * share) for name, total in totals)


def beside(reading: Reading, yardstick: Yardstick) -> str:
    """Say on which side of a part a result is: "over", "under", "lig med".

    Returns:
        "over eller under" where a span or a rough number leaves it open. No verdict: the
        totals may count other things than the result.
    """
    sides = reading.sides_of(yardstick.minimum)
    words = {Side.ABOVE: "over", Side.BELOW: "under", Side.AT: "lig med"}
    if len(sides) > 1:
        return "over eller under"
    return words[next(iter(sides))]
