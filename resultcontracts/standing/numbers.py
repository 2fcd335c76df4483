"""Results as exact numbers, and on which sides of a target they can be. Pure.

Source: docs/rules.md R-113.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Final

from core.formats import EN_DASH, number
from resultcontracts.choices import Operator, Qualifier


class Side(Enum):
    """Where a number lies, seen from another."""

    BELOW = -1
    AT = 0
    ABOVE = 1


ALL_SIDES: Final = frozenset(Side)
BELOW, AT, ABOVE = Side.BELOW, Side.AT, Side.ABOVE


class UnitMismatchError(ValueError):
    """A result was held against a target of another unit."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A result: one number, or two that it lies between.

    Attributes:
        low, high: equal for one number; exact, never rounded.
        unit: "pct.", "forløb"; a result is only held against a target of its own unit.
        qualifier: the word before it, "knap".
        printed: as its source prints it; "" lets the portal print it.
    """

    low: Fraction
    high: Fraction
    unit: str
    qualifier: Qualifier = Qualifier.NONE
    printed: str = ""

    def __post_init__(self) -> None:
        """Refuse a span that falls.

        Raises:
            ValueError: ``low`` is over ``high``.
        """
        if self.low > self.high:
            message = f"a result cannot lie between {self.low} and {self.high}"
            raise ValueError(message)

    @classmethod
    def of(
        cls,
        value: Decimal | Fraction | int,
        unit: str,
        qualifier: Qualifier = Qualifier.NONE,
    ) -> Reading:
        """Make a result of one number."""
        return cls(Fraction(value), Fraction(value), unit, qualifier)

    @classmethod
    def share(cls, counted: int, of: int, unit: str = "pct.") -> Reading:
        """Make a share of a count in per cent, exact: 2 of 3 is 200/3 pct.

        Raises:
            ZeroDivisionError: nobody was asked; that is no result, and not 0.
        """
        return cls.of(Fraction(counted * 100, of), unit)

    @property
    def text(self) -> str:
        """The number as it is read aloud, without its unit: "knap 50", "4–5", "2,78"."""
        if self.printed:
            return self.printed
        ends = dict.fromkeys(spelt(end) for end in (self.low, self.high))
        word = f"{self.qualifier.label} " if self.qualifier else ""
        return word + EN_DASH.join(ends)

    def sides_of(self, mark: Fraction) -> frozenset[Side]:
        """Give the sides of a number on which the result can be."""
        if self.low != self.high:
            return _span(self.low, self.high, mark)
        found = _side(self.low, mark)
        return _CAN_BE[self.qualifier][found]


def _side(value: Fraction, mark: Fraction) -> Side:
    return BELOW if value < mark else ABOVE if value > mark else AT


def _span(low: Fraction, high: Fraction, mark: Fraction) -> frozenset[Side]:
    ends = {_side(low, mark), _side(high, mark)}
    return frozenset(ends | ({AT} if low <= mark <= high else set()))


def _exactly(**more: frozenset[Side]) -> dict[Side, frozenset[Side]]:
    """Make a table in which a side stands for itself, but for those given."""
    return {side: more.get(side.name, frozenset({side})) for side in Side}


# What a number can be in truth, by the side on which it is printed. "Knap" and "godt" are
# near the number they name, so they only tell where it is the target itself.
_CAN_BE: Final = {
    Qualifier.NONE: _exactly(),
    Qualifier.ABOUT: _exactly(AT=ALL_SIDES),
    Qualifier.BARELY: _exactly(AT=frozenset({BELOW})),
    Qualifier.WELL_OVER: _exactly(AT=frozenset({ABOVE})),
    Qualifier.AT_LEAST: _exactly(AT=frozenset({AT, ABOVE}), BELOW=ALL_SIDES),
    Qualifier.AT_MOST: _exactly(AT=frozenset({AT, BELOW}), ABOVE=ALL_SIDES),
}

ACCEPTED: Final = {
    Operator.AT_LEAST: frozenset({AT, ABOVE}),
    Operator.OVER: frozenset({ABOVE}),
    Operator.AT_MOST: frozenset({AT, BELOW}),
    Operator.UNDER: frozenset({BELOW}),
    Operator.EXACTLY: frozenset({AT}),
}
_PLACES: Final = 2


@lru_cache(maxsize=4096)
def spelt(value: Fraction) -> str:
    """Print an exact number: all its decimals where they end, else two: "66,67".

    Never for comparing: 66,67 is not two thirds.
    """
    if is_ending(value):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return number(Decimal(f"{exact:f}"))
    return rounded(value, _PLACES)


def rounded(value: Fraction, places: int) -> str:
    """Print a number with so many decimals; a half goes away from zero, as at school."""
    up = Fraction(1, 2) if value >= 0 else Fraction(-1, 2)
    whole = int(value * 10**places + up)
    return number(Decimal(whole).scaleb(-places), places)


def is_ending(value: Fraction) -> bool:
    """Whether a number has an end in decimals: 1/8 has, 1/3 has none."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1
