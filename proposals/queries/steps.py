"""The way of one proposal after KKR, and how far each of many has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from core import clock, formats
from meetings.choices import MeetingKind
from meetings.models import Meeting
from meetings.names import meeting_name
from proposals.choices import Status
from proposals.models import Proposal, Step
from proposals.trail import UNDATED, Standing, day_of, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.models import Council
    from proposals.models import Catalogue, Record

MOST: Final = 50
"""Cards of a column that a page shows."""

LAST_NUMBER: Final = 32767  # the field holds no greater

_FIELDS: Final = {
    **{name: name for name in ("pk", "version", "status", "taken_on", "stands_on", "who",
                               "place", "source", "url", "note", "changed_by")},
    "slug": "meeting__slug",
    "held_on": "meeting__held_on",
    "kind": "meeting__kind",
    "is_removed": "meeting__is_removed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as a page shows it.

    Attributes:
        stands_on: the day it goes by; None for one that was entered before any day.
        meeting: "" without one.
        meeting_url: its page; "" also for one that was removed.
    """

    pk: int
    version: int
    status: Status
    taken_on: date | None
    stands_on: date | None
    who: str
    place: str
    source: str
    url: str
    note: str
    changed_by: str
    meeting: str
    meeting_url: str

    @property
    def day(self) -> str:
        """The day in words."""
        return formats.long_date(self.taken_on) if self.taken_on else UNDATED

    @property
    def whom(self) -> str:
        """Who took it, and where: "KL, Arbejdsmarkeds- og Borgerudvalget"."""
        return ", ".join(filter(None, (self.who, self.place)))

    @property
    def slug(self) -> str:
        """The end of its DOM id."""
        return str(self.pk)


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal in a column of the board; ``is_new``: it came there since a meeting."""

    pk: int
    number: int
    title: str
    theme: str
    standing: Standing
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """One status of the board with its proposals; None: those without any."""

    status: Status | None
    cards: tuple[Card, ...]

    @property
    def name(self) -> str:
        """Its heading."""
        return Standing(self.status).word

    @property
    def shown(self) -> tuple[Card, ...]:
        """The cards that a page shows."""
        return self.cards[:MOST]

    @property
    def left_out(self) -> int:
        """How many it does not."""
        return len(self.cards) - len(self.shown)


def steps_json() -> ArraySubquery:
    """Give a proposal's steps, newest first, to be annotated on it."""
    own = Step.objects.filter(proposal=OuterRef("pk")).newest_first()
    return ArraySubquery(own.values(json=JSONObject(**_FIELDS)))


def trail_of(record: Record) -> tuple[StepRow, ...]:
    """Give the steps of a record from ``own_record``, newest first; no query."""
    rows = getattr(record, "json_steps", ())
    return tuple(_row(row) for row in rows)


def last_meeting(council: Council) -> Meeting | None:
    """Give the council's own latest meeting before today: one query."""
    rows = Meeting.objects.present().not_off()
    own = rows.filter(council=council, kind=MeetingKind.KKR)
    return own.filter(held_on__lt=clock.today()).order_by("-held_on", "-pk").first()


def cards(
    catalogue: Catalogue, numbers: Iterable[int] | None = None
) -> tuple[Card, ...]:
    """Give a catalogue's proposals with how far they have come: one query.

    Args:
        numbers: of the ones that are wanted; None for all.
    """
    rows = Proposal.objects.filter(catalogue=catalogue).present()
    if numbers is not None:
        asked = tuple(number for number in numbers if number <= LAST_NUMBER)
        rows = rows.filter(number__in=asked)
    found: Any = rows.select_related("theme").with_status().order_by("number", "pk")
    return tuple(
        Card(row.pk, row.number, row.title, row.theme.title, standing_of(row))
        for row in found.only("number", "title", "theme__title")
    )


def lanes(found: Iterable[Card], since: date | None) -> tuple[Lane, ...]:
    """Put proposals in a column a status; without one only where some have none.

    Args:
        since: cards of that day or later are new.
    """
    marked = [replace(card, is_new=_is_new(card.standing, since)) for card in found]
    by_status: dict[Status | None, list[Card]] = {None: [], **{s: [] for s in Status}}
    for card in marked:
        by_status[card.standing.status].append(card)
    return tuple(
        Lane(status, tuple(own))
        for status, own in by_status.items()
        if own or status is not None
    )


def _is_new(standing: Standing, since: date | None) -> bool:
    stands_on = standing.stands_on
    return bool(since and stands_on and stands_on >= since)


def _row(row: dict[str, Any]) -> StepRow:
    names = ("pk", "version", "who", "place", "source", "url", "note", "changed_by")
    held_on, slug = day_of(row["held_on"]), row["slug"]
    is_gone = held_on is None or row["is_removed"]
    kind = MeetingKind(row["kind"]).label if held_on else ""
    return StepRow(
        **{name: row[name] for name in names},
        status=Status(row["status"]),
        taken_on=day_of(row["taken_on"]),
        stands_on=day_of(row["stands_on"]),
        meeting=meeting_name(slug, held_on, kind) if held_on else "",
        meeting_url="" if is_gone else reverse("meetings:meeting", args=[slug]),
    )
