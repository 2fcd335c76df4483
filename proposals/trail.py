"""What a proposal's steps say of it: its status, in what order, since when. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Protocol

from core import formats
from proposals.choices import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

UNDATED: Final = "dato ikke angivet i kilden"
NO_STATUS: Final = "Ingen status"


class Dated(Protocol):
    """A step that knows the day it goes by: a row as annotated, or as a page shows it."""

    @property
    def stands_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a proposal has come: its newest step.

    Attributes:
        status: None where no step is written down; that is no status, not an idea.
        taken_on: None where the source gives no date, too.
        stands_on: the day after which another step is newer; None where any is.
        pk, version: of the step; 0 where there is none.
    """

    status: Status | None = None
    taken_on: date | None = None
    stands_on: date | None = None
    pk: int = 0
    version: int = 0

    @property
    def word(self) -> str:
        """The status, "Drøftes med KL"; in words, where there is none."""
        return str(self.status.label) if self.status else NO_STATUS

    @property
    def glyph(self) -> str:
        """Its sign; "" where there is none."""
        return self.status.glyph if self.status else ""

    @property
    def day(self) -> str:
        """The day in words, "18. januar 2024"; "" without a status."""
        if self.status is None:
            return ""
        return formats.long_date(self.taken_on) if self.taken_on else UNDATED

    @property
    def short_day(self) -> str:
        """The same where there is little room: "18. jan. 2024"."""
        return formats.short_date_year(self.taken_on) if self.taken_on else self.day

    @property
    def next(self) -> Status:
        """The status that most likely follows; after the last two, the idea."""
        order = list(Status)
        at = order.index(self.status) + 1 if self.status else 0
        return order[at] if at < order.index(Status.REJECTED) else Status.IDEA

    def is_after(self, day: date | None) -> bool:
        """Whether a step of a day would be older, and leave the status as it is."""
        return bool(day and self.stands_on and self.stands_on > day)

    @property
    def seen(self) -> str:
        """What tells this standing from any other of the same proposal."""
        return f"{self.pk}.{self.version}"


def standing_of(row: Any) -> Standing:
    """Read what ``ProposalQuerySet.with_status`` annotated."""
    step = row.json_step
    if step is None:
        return Standing()
    return Standing(
        Status(step["status"]),
        day_of(step["taken_on"]),
        day_of(step["stands_on"]),
        step["pk"],
        step["version"],
    )


def day_of(text: str | None) -> date | None:
    """Read a day that the database gave as JSON."""
    return date.fromisoformat(text) if text else None


def since[S: Dated](steps: Iterable[S], day: date) -> tuple[S, ...]:
    """Give the steps of a day or later; one without a date goes by those before it.

    Args:
        steps: as ``StepQuerySet.in_order`` annotates them.

    Source: docs/rules.md R-86.
    """
    return tuple(step for step in steps if step.stands_on and step.stands_on >= day)


def shift_words(standings: Sequence[Standing], to: str) -> str:
    """Say what a change of many does: "3 forslag skifter fra Idé til Vedtaget"."""
    many = formats.counted(len(standings), "forslag", "forslag")
    found = Counter(each.word for each in standings)
    if len(found) == 1:
        return f"{many} skifter fra {next(iter(found))} til {to}"
    parts = [f"{count} fra {word}" for word, count in found.items()]
    return f"{many} skifter, {formats.listed(parts)}, til {to}"


def why_kept(standing: Standing, status: str, day: date | None) -> str:
    """Say why a step would not change a proposal's status; "" where it would."""
    if standing.status == status:
        return "Har allerede den status."
    if standing.is_after(day):
        since_when = formats.long_date(standing.stands_on) if standing.stands_on else ""
        return f"Det seneste skridt er fra {since_when}, som er senere end datoen her."
    return ""
