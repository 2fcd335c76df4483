"""Which goals of a dashboard are shown: what its address says, and the ways on from there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from django.utils.http import urlencode

from core.formats import counted
from resultcontracts.choices import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resultcontracts.queries.overview import GoalLine, Overview

STATUS, KIND, ONLY = "status", "slags", "kun"
DIFFERS, CHANGED = "anderledes", "aendret"
SLUGS: Final = {
    Status.REACHED: "naaet",
    Status.PARTLY: "delvist",
    Status.NOT_REACHED: "ikke-naaet",
    Status.PENDING: "afventer",
    Status.UNDECIDED: "kan-ikke-afgoeres",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A link that shows other goals, with how many there are of them.

    Attributes:
        key: its own on the page.
        status: of the five numbers; "" of the others.
    """

    key: str
    label: str
    amount: int
    query: str
    is_chosen: bool
    status: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; "" where it asks for all."""

    status: str = ""
    kind: str = ""
    only: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str], kinds: frozenset[str]) -> Asked:
        """Read an address; what nothing is called is as if it were not there."""
        status, kind, only = (given.get(name, "") for name in (STATUS, KIND, ONLY))
        return cls(
            status if status in SLUGS.values() else "",
            kind if kind in kinds else "",
            only if only in (DIFFERS, CHANGED) else "",
        )

    @property
    def query(self) -> str:
        """As an address says it: "?status=delvist", or "?" for all."""
        given = {STATUS: self.status, KIND: self.kind, ONLY: self.only}
        return f"?{urlencode({name: value for name, value in given.items() if value})}"

    def fits(self, line: GoalLine) -> bool:
        """Whether a goal is asked for."""
        return (
            (not self.status or SLUGS[line.status] == self.status)
            and (not self.kind or line.kind == self.kind)
            and (self.only != DIFFERS or line.differs)
            and (self.only != CHANGED or bool(line.chips))
        )


@dataclass(frozen=True)
class Showing:
    """What a dashboard shows of its goals."""

    whole: Overview
    asked: Asked

    @classmethod
    def of(cls, whole: Overview, given: Mapping[str, str]) -> Showing:
        """Give what an address asks for."""
        kinds = frozenset(each.key for each in whole.kinds)
        return cls(whole, Asked.read(given, kinds))

    @cached_property
    def lines(self) -> tuple[GoalLine, ...]:
        """The goals that are asked for."""
        return tuple(filter(self.asked.fits, self.whole.lines))

    @property
    def heading(self) -> str:
        """Say how many are shown: "De 18 mål", "4 af 18 mål"."""
        total = len(self.whole.lines)
        if self.asked == Asked():
            return "Målet" if total == 1 else f"De {total} mål"
        return f"{len(self.lines)} af {counted(total, 'mål', 'mål')}"

    @property
    def said(self) -> str:
        """What is read aloud after a choice."""
        return f"Viser {self.heading[:1].lower()}{self.heading[1:]}."

    @property
    def statuses(self) -> list[Way]:
        """The five numbers; one that is chosen leads back to all."""
        return [self._status(status) for status in Status]

    def _status(self, status: Status) -> Way:
        slug = SLUGS[status]
        is_chosen = self.asked.status == slug
        to = replace(self.asked, status="" if is_chosen else slug)
        amount = self.whole.counts[status]
        return Way(slug, str(status.label), amount, to.query, is_chosen, status)

    @property
    def pills(self) -> list[Way]:
        """All, each kind, what is reported otherwise, what is new."""
        every = Asked()
        ways = [Way("alle", "Alle", len(self.whole.lines), "?", self.asked == every)]
        ways += [
            self._pill(
                f"slags-{kind.key}", _capital(kind.plural), kind.amount, kind=kind.key
            )
            for kind in self.whole.kinds
        ]
        differing, changed = self.whole.headline.differing, self.whole.changed
        ways.append(
            self._pill(DIFFERS, "Indberettet anderledes", differing, only=DIFFERS)
        )
        ways.append(self._pill(CHANGED, "Ændret", changed, only=CHANGED))
        return ways

    def _pill(
        self, key: str, label: str, amount: int, kind: str = "", only: str = ""
    ) -> Way:
        to = replace(self.asked, kind=kind, only=only)
        is_chosen = (self.asked.kind, self.asked.only) == (kind, only)
        return Way(key, label, amount, to.query, is_chosen)

    @property
    def differing(self) -> str:
        """The address of all goals that are reported otherwise."""
        return Asked(only=DIFFERS).query


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
