"""Numbers as they are, and the one place where they are rounded. Pure.

Source: docs/rules.md R-166, R-177.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

type Exact = int | Decimal | Fraction

HUNDRED = 100


class SharesError(ValueError):
    """What cannot be reckoned; the message is a Danish sentence."""


class Rounding(StrEnum):
    """How a number that lies between two is rounded."""

    HALF_AWAY = "half away from zero"
    HALF_EVEN = "half to even"
    TRUNCATED = "towards zero"


def exact(value: Exact) -> Fraction:
    """Give a whole number, a decimal or a fraction as a fraction.

    Raises:
        TypeError: a float, which is not the number that was typed, or no number at all.
    """
    if type(value) is Fraction:
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        message = (
            f"{value!r} is a {type(value).__name__}: shares are reckoned of int, "
            "Decimal or Fraction, for a float is not the number that was typed."
        )
        raise TypeError(message)
    return Fraction(value)


def in_whole(values: Sequence[Fraction]) -> tuple[list[int], int]:
    """Give whole numbers in the proportions of fractions, and what they were multiplied by.

    They sort and add up in a fraction of the time.
    """
    common = lcm(*(value.denominator for value in values))
    return [value.numerator * (common // value.denominator) for value in values], common


def counted(value: int) -> int:
    """Give a number of places: whole, and not below 0.

    Raises:
        TypeError: it is not an int.
        SharesError: it is negative.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        message = f"{value!r} places: a number of places is an int."
        raise TypeError(message)
    if value < 0:
        message = "Et antal pladser kan ikke være negativt."
        raise SharesError(message)
    return value


def rounded(
    value: Fraction, decimals: int = 0, rule: Rounding = Rounding.HALF_AWAY
) -> Decimal:
    """Give the number with so many decimals; never "minus nought"."""
    scaled = abs(value) * 10**decimals
    whole = scaled.numerator // scaled.denominator
    rest = scaled - whole
    half = Fraction(1, 2)
    if rule == Rounding.HALF_AWAY:
        whole += rest >= half
    elif rule == Rounding.HALF_EVEN:
        whole += rest > half or (rest == half and whole % 2 == 1)
    digits = tuple(int(digit) for digit in str(whole))
    return Decimal((int(value < 0 and whole > 0), digits, -decimals))


def half_away(value: Fraction) -> int:
    """Give the nearest whole number; a half goes away from zero: 4,5 is 5, −4,5 is −5."""
    return int(rounded(value))


def percent_of(total: int, percent: Exact) -> Fraction:
    """Give 39 per cent of 747: 291,33, unrounded."""
    return exact(total) * exact(percent) / HUNDRED


@dataclass(frozen=True, slots=True)
class Overbooking:
    """Places with so many per cent on top, and how that became a whole number."""

    total: int
    percent: Fraction
    exact: Fraction
    places: int
    rule: Rounding = Rounding.HALF_AWAY

    @property
    def added(self) -> int:
        """Places on top."""
        return self.places - self.total


def overbooked(total: int, percent: Exact) -> Overbooking:
    """Give 747 with 5 per cent on top: 784,35, which is 784."""
    share = exact(percent)
    if share < 0:
        message = "Overbooking kan ikke være negativ."
        raise SharesError(message)
    value = counted(total) + percent_of(total, share)
    return Overbooking(total, share, value, half_away(value))
