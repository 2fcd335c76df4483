"""What a director reads first: how many goals are reached, and what papers say of it. Pure.

Source: docs/rules.md R-134.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.formats import long_date
from resultcontracts.choices import Status, Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from resultcontracts.standing.measures import MeasureStanding
    from resultcontracts.standing.periods import Period

_SAID: Final = {
    Status.REACHED: "er nået",
    Status.PARTLY: "er delvist nået",
    Status.NOT_REACHED: "er ikke nået",
    Status.PENDING: "afventer måling",
    Status.UNDECIDED: "kan ikke afgøres",
}
_OF_MEASURES: Final = {
    Status.REACHED: "nået",
    Status.PARTLY: "delvist nået",
    Status.NOT_REACHED: "ikke nået",
    Status.PENDING: "afventer",
    Status.UNDECIDED: "kan ikke afgøres",
}
# A paper's place begins with its name: "Slides, linje 248–262".
_NAME: Final = re.compile(r"[^,:]+")
_CLAUSE: Final = re.compile(r"[^;.!?]+")


@dataclass(frozen=True, slots=True)
class Headline:
    """A contract in a sentence of three words and the one beneath it.

    Attributes:
        counts: status → how many goals; those of which there is none are 0.
        differing: how many goals the reporter says something else of.
        sweeping: what papers say of all goals and the numbers do not bear, a sentence each.
    """

    counts: Mapping[Status, int]
    differing: int = 0
    sweeping: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many goals there are."""
        return sum(self.counts.values())

    @property
    def finding(self) -> str:
        """Say how many are reached: "3 af 18 mål er nået."."""
        reached, total = self.counts[Status.REACHED], self.total
        if total == 0:
            return "Kontrakten har ingen mål endnu."
        if total == 1:
            return f"Målet {_SAID[one_of(self.counts)]}."
        if reached == 0:
            return f"Ingen af de {total} mål er nået."
        if reached == total:
            return f"Alle {total} mål er nået."
        return f"{reached} af {total} mål er nået."

    @property
    def rest(self) -> str:
        """Say where the others stand: "10 er delvist nået, og 1 er ikke nået."; or ""."""
        if self.total <= 1:
            return ""
        parts = [
            f"{amount} {_SAID[status]}"
            for status, amount in self.counts.items()
            if amount and status is not Status.REACHED
        ]
        return f"{_clauses(parts)}." if parts else ""

    @property
    def difference(self) -> tuple[str, str, str]:
        """Say of how many goals report and numbers differ: what to link to is the middle."""
        if not self.differing:
            return "", "", ""
        return (
            "Om",
            f"{self.differing} mål",
            "siger indberetningen ét og tallene noget andet.",
        )

    @property
    def text(self) -> str:
        """All of it, where nothing can be a link."""
        parts = (self.finding, self.rest, *self.sweeping, " ".join(self.difference))
        return " ".join(part for part in parts if part.strip())


def one_of(counts: Mapping[Status, int]) -> Status:
    """Give the status of the only one that is counted."""
    return next(status for status, amount in counts.items() if amount)


def counts_of(statuses: Iterable[Status]) -> dict[Status, int]:
    """Count them by status, in the order readers know; what there is none of is 0."""
    found = Counter(statuses)
    return {status: found[status] for status in Status}


def sweeping(place: str, quote: str) -> str:
    """Say what a paper says of all goals: "Slides siger, at praktisk talt alle mål er nået."."""
    name = _first(_NAME, place) or place
    said = _first(_CLAUSE, quote) or quote
    return f"{name} siger, at {said[:1].lower()}{said[1:]}."


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return found[0].strip() if found else ""


def of_measures(measures: Sequence[MeasureStanding]) -> str:
    """Say where the measures stand: "61 målepunkter: 34 nået, 2 skal måles i …"; or ""."""
    if not measures:
        return ""
    later = [each for each in measures if each.why is Why.NOT_DUE]
    counts = counts_of(each.status for each in measures if each.why is not Why.NOT_DUE)
    parts = [
        f"{amount} {_OF_MEASURES[status]}"
        for status, amount in counts.items()
        if amount
    ]
    if later:
        at = -1 if counts[Status.UNDECIDED] else len(parts)
        parts[at:at] = [f"{len(later)} skal måles {_when(later)}"]
    noun = "målepunkt" if len(measures) == 1 else "målepunkter"
    return f"{len(measures)} {noun}: {', '.join(parts)}."


def _when(later: Sequence[MeasureStanding]) -> str:
    times = {time_of(each.measure.due) for each in later}
    return times.pop() if len(times) == 1 else "senere"


def time_of(due: Period) -> str:
    """Give when something is to be measured: "i efteråret 2023", "for 2023", "senest …"."""
    if due.name:
        return f"for {due.name}" if due.is_year else f"i {due.name}"
    return f"senest {long_date(due.end)}" if due.end else "senere"


def _clauses(parts: Sequence[str]) -> str:
    """Join whole clauses, which have a comma before their "og"."""
    *most, last = parts
    return f"{', '.join(most)}, og {last}" if most else last
