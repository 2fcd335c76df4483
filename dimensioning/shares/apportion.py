"""Whole places by largest remainder, and the tie that stops the run. Pure.

Source: docs/rules.md R-201, R-203.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from dimensioning.shares.bounds import clamped, scale_for
from dimensioning.shares.exact import SharesError, counted
from dimensioning.shares.receivers import in_order
from dimensioning.shares.table import Choice, Result, Row, Table, Tie

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimensioning.shares.receivers import Receiver

type Outcome = Result | Tie


class ChoiceError(SharesError):
    """An answer that does not fit the tie."""


def apportion(those: Iterable[Receiver], total: int) -> Outcome:
    """Share whole places: each its quota's whole part, the rest by largest remainder.

    Args:
        those: who shares, in any order; each key once.
        total: the places; 0 is a total.

    Returns:
        A result whose places add up to the total; or a tie, when equal remainders
        stand for fewer places than there are of them.

    Raises:
        BoundsError: the bounds, or a total with no share, leave no answer.
        SharesError: one receiver stands twice, or the total is negative.
    """
    ordered = in_order(those)
    scale = scale_for(ordered, counted(total))
    weight = sum((one.weight for one in ordered), Fraction(0))
    table = Table(
        total, scale, _ranked([_row(one, total, scale, weight) for one in ordered])
    )
    return _given(table)


def decided(tie: Tie, choice: Choice) -> Result:
    """Go on with a run that stopped.

    Raises:
        ChoiceError: the answer was to another tie, gives too many or too few of them a
            place, or does not say who decided and why.
    """
    _check(tie, choice)
    rows = tuple(
        replace(row, extra=int(row.key in choice.receives))
        if row.extra is None
        else row
        for row in tie.table.rows
    )
    return Result(replace(tie.table, rows=rows), choice)


def _row(one: Receiver, total: int, scale: Fraction, weight: Fraction) -> Row:
    """Give a receiver's row as far as nobody else matters to it."""
    bounded, bound = clamped(one, scale)
    share = one.weight / weight if weight else Fraction(0)
    whole = bounded.numerator // bounded.denominator
    remainder = bounded - whole
    return Row(one, share, total * share, bound, bounded, whole, remainder, None, 0)


def _ranked(rows: list[Row]) -> tuple[Row, ...]:
    """Give the rows their ranks; equals share the best of theirs."""
    order = sorted((row.remainder for row in rows if row.remainder), reverse=True)
    ranks: dict[Fraction, int] = {}
    for place, remainder in enumerate(order, 1):
        ranks.setdefault(remainder, place)
    return tuple(replace(row, rank=ranks.get(row.remainder)) for row in rows)


def _given(table: Table) -> Outcome:
    """Give the places that are left to the largest remainders, or say who stand equal."""
    left = table.left
    if not left:
        return Result(table)
    order = [row for row in table.ranked if row.remainder]
    last = order[left - 1].remainder
    equal = tuple(row.key for row in order if row.remainder == last)
    above = sum(row.remainder > last for row in order)
    tied = left - above < len(equal)
    rows = tuple(
        replace(row, extra=None)
        if tied and row.key in equal
        else replace(row, extra=int(row.remainder >= last))
        for row in table.rows
    )
    filled = replace(table, rows=rows)
    return Tie(filled, equal, left - above) if tied else Result(filled)


def _check(tie: Tie, choice: Choice) -> None:
    """Refuse an answer that does not answer this tie."""
    receives = set(choice.receives)
    if set(choice.among) != set(tie.among):
        message = "Valget gjaldt andre, der stod lige. Regnestykket er ændret siden."
    elif not receives <= set(tie.among):
        message = "Kun de, der står lige, kan vælges."
    elif len(receives) != tie.places or len(choice.receives) != tie.places:
        message = f"Der skal vælges præcis {tie.places}."
    elif not choice.reason.strip():
        message = "Skriv, hvorfor valget faldt sådan."
    elif not choice.by.strip():
        message = "Skriv, hvem der har besluttet det."
    else:
        return
    raise ChoiceError(message)
