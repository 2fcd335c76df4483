"""Whole places by largest remainder, and the tie that stops the run. Pure.

Source: docs/rules.md R-167, R-169.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from dimensioning.shares.bounds import clamped, scale_for
from dimensioning.shares.exact import SharesError, counted, in_whole
from dimensioning.shares.receivers import in_order
from dimensioning.shares.table import Choice, Result, Row, Table, Tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    quotas = [clamped(one, scale) for one in ordered]
    wholes = [quota.numerator // quota.denominator for quota, _ in quotas]
    parts, common = in_whole([quota for quota, _ in quotas])
    parts = [part - whole * common for part, whole in zip(parts, wholes, strict=True)]
    ranks, extras = _given(parts, total - sum(wholes))
    weights, _ = in_whole([one.weight for one in ordered])
    weight = sum(weights) or 1
    rows = tuple(
        Row(
            receiver=one,
            share=Fraction(weights[at], weight),
            quota=Fraction(weights[at] * total, weight),
            bound=quotas[at][1],
            bounded=quotas[at][0],
            whole=wholes[at],
            remainder=Fraction(parts[at], common),
            rank=ranks.get(parts[at]),
            extra=extras[at],
        )
        for at, one in enumerate(ordered)
    )
    table = Table(total, scale, rows)
    among = tuple(row.key for row in rows if row.extra is None)
    if not among:
        return Result(table)
    return Tie(table, among, table.left - sum(row.extra or 0 for row in rows))


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


def _given(
    parts: Sequence[int], left: int
) -> tuple[Mapping[int, int], list[int | None]]:
    """Give the places that are left to the largest remainders.

    Returns:
        The rank of each remainder, equals sharing the best of theirs; and for each
        receiver 1, 0, or none where equals stand for fewer places than they are.
    """
    order = sorted(filter(None, parts), reverse=True)
    ranks: dict[int, int] = {}
    for place, part in enumerate(order, 1):
        ranks.setdefault(part, place)
    if not left:
        return ranks, [0] * len(parts)
    last = order[left - 1]
    tied = order[left:] and order[left] == last
    return ranks, [None if tied and part == last else int(part >= last) for part in parts]  # fmt: skip


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
