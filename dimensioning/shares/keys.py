"""A key made of criteria with weights, in full precision. Pure.

Source: docs/rules.md R-175.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from dimensioning.shares.exact import Exact, SharesError, exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is counted, how much it counts, and what each one has of it."""

    name: str
    weight: Exact
    amounts: Mapping[str, Exact | None]


def key_shares(criteria: Iterable[Criterion]) -> dict[str, Fraction]:
    """Give each one's share of 1: its part of every criterion, by the weights.

    Raises:
        SharesError: an amount is missing (that is not 0), or a criterion or all weights
            add up to nothing, or one is negative.
    """
    those = tuple(criteria)
    weights = sum((_not_negative(one.weight, one.name) for one in those), Fraction(0))
    if not weights:
        message = "Nøglen har ingen kriterier med vægt."
        raise SharesError(message)
    keys = sorted({key for one in those for key in one.amounts})
    shares = dict.fromkeys(keys, Fraction(0))
    for one in those:
        amounts = _amounts(one, keys)
        total = sum(amounts.values(), Fraction(0))
        for key in keys:
            shares[key] += exact(one.weight) / weights * amounts[key] / total
    return shares


def _amounts(one: Criterion, keys: Iterable[str]) -> dict[str, Fraction]:
    """Give what each one has of a criterion; all are to have a number."""
    amounts: dict[str, Fraction] = {}
    for key in keys:
        amount = one.amounts.get(key)
        if amount is None:
            message = f"{one.name}: tallet for {key} mangler."
            raise SharesError(message)
        amounts[key] = _not_negative(amount, one.name)
    if not any(amounts.values()):
        message = f"{one.name}: alle tal er 0."
        raise SharesError(message)
    return amounts


def _not_negative(value: Exact, name: str) -> Fraction:
    """Give a weight or an amount as a fraction."""
    number = exact(value)
    if number < 0:
        message = f"{name}: et tal kan ikke være negativt."
        raise SharesError(message)
    return number
