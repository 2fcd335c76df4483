"""Places changed by hand, each with its reason and the figure that was changed. Pure.

Source: docs/rules.md R-170.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from dimensioning.shares.exact import SharesError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dimensioning.shares.table import Result


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One change by hand.

    Attributes:
        key: whose places are changed.
        change: by how many, up or down.
        against: the calculated places that the writer saw.
        counterpart: who gives or takes the same number; none leaves the total.
        counterpart_against: the calculated places of the counterpart that were seen.
    """

    key: str
    change: int
    against: int
    reason: str
    by: str
    on: date
    counterpart: str | None = None
    counterpart_against: int | None = None

    @property
    def changes(self) -> tuple[tuple[str, int, int | None], ...]:
        """Who is changed, by how many, against which figure."""
        own = (self.key, self.change, self.against)
        if self.counterpart is None:
            return (own,)
        return own, (self.counterpart, -self.change, self.counterpart_against)


class Refused(StrEnum):
    """Why a change by hand does not hold."""

    UNKNOWN = "unknown"
    STALE = "stale"
    NOTHING = "nothing"
    REASON = "reason"
    PERSON = "person"
    BELOW_ZERO = "below zero"
    ITSELF = "itself"


_SENTENCES = {
    Refused.UNKNOWN: "{key} er ikke med i fordelingen.",
    Refused.STALE: "Rettelsen af {key} gjaldt {against}, men tallet er nu {now}. Tag stilling igen.",
    Refused.NOTHING: "En rettelse skal ændre mindst én plads.",
    Refused.REASON: "Skriv, hvorfor tallet rettes.",
    Refused.PERSON: "Skriv, hvem der har rettet tallet.",
    Refused.BELOW_ZERO: "{key} ville få færre end 0 pladser.",
    Refused.ITSELF: "{key} kan ikke være sin egen modpost.",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change by hand that does not hold, whose figure it is about, and why."""

    adjustment: Adjustment
    why: Refused
    key: str
    against: int | None = None
    now: int | None = None

    @property
    def sentence(self) -> str:
        """Say why in Danish."""
        return _SENTENCES[self.why].format(
            key=self.key, against=self.against, now=self.now
        )


class AdjustmentError(SharesError):
    """One or more changes by hand do not hold; none of them is made."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(refusal.sentence for refusal in refusals))


def refusals(result: Result, adjustments: Iterable[Adjustment]) -> tuple[Refusal, ...]:
    """Give each change by hand that does not hold for this result, with its reason."""
    those = tuple(adjustments)
    found = [refusal for one in those for refusal in _refused(result, one)]
    if found:
        return tuple(found)
    changes = _changes(those)
    return tuple(
        Refusal(one, Refused.BELOW_ZERO, key)
        for one in those
        for key, change, _ in one.changes
        if change < 0 and result.calculated[key] + changes[key] < 0
    )


def adjusted(result: Result, adjustments: Iterable[Adjustment]) -> Result:
    """Give the result with all changes by hand made, each against the calculated figure.

    Raises:
        AdjustmentError: one of them does not hold. All that do not are told.
    """
    those = tuple(adjustments)
    refused = refusals(result, those)
    if refused:
        raise AdjustmentError(refused)
    changes = _changes(those)
    rows = tuple(replace(row, adjustment=changes[row.key]) for row in result.table.rows)
    return replace(result, table=replace(result.table, rows=rows), adjustments=those)


def _changes(those: Iterable[Adjustment]) -> Counter[str]:
    """Add up what is changed of each receiver."""
    changes: Counter[str] = Counter()
    for one in those:
        for key, change, _ in one.changes:
            changes[key] += change
    return changes


def _refused(result: Result, one: Adjustment) -> list[Refusal]:
    """Give why one change does not hold by itself."""
    found = []
    if not one.change:
        found.append(Refusal(one, Refused.NOTHING, one.key))
    if not one.reason.strip():
        found.append(Refusal(one, Refused.REASON, one.key))
    if not one.by.strip():
        found.append(Refusal(one, Refused.PERSON, one.key))
    if one.counterpart == one.key:
        found.append(Refusal(one, Refused.ITSELF, one.key))
    calculated = result.calculated
    for key, _, against in one.changes:
        now = calculated.get(key)
        if now is None:
            found.append(Refusal(one, Refused.UNKNOWN, key))
        elif now != against:
            found.append(Refusal(one, Refused.STALE, key, against, now))
    return found
