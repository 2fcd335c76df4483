"""Where on the agendas a cut of a catalogue can become an appendix.

Source: docs/rules.md R-112.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from core import clock
from meetings.models import AgendaItem, Meeting
from meetings.models.meeting import OPEN_STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import Membership

AGENDA: Final = ("section__number", "position", "pk")
MOST: Final = 40
"""Items that are offered: those of the nearest meetings."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A meeting that is edited, and its items: what each is called, and where to."""

    meeting: Meeting
    items: tuple[tuple[str, str], ...]


def offered_items(seat: Membership, query: str) -> tuple[Offered, ...]:
    """Give the items an appendix can be added to, by meeting, the nearest first: one query.

    Args:
        query: what the form of an appendix begins with, as :func:`as_begun` gives it.
    """
    meetings: Any = Meeting.objects.visible_to(seat.user).upcoming(clock.today())
    edited = meetings.not_off().filter(
        Q(state__in=OPEN_STATES) | Q(is_revising=True), council=seat.council_id
    )
    rows = (
        AgendaItem.objects.present()
        .filter(section__meeting__in=edited.order_by())
        .select_related("section__meeting")
        .order_by("section__meeting__held_on", "section__meeting", *AGENDA)
    )
    found: dict[int, tuple[Meeting, list[tuple[str, str]]]] = {}
    for row in rows[:MOST]:
        meeting = row.section.meeting
        place = reverse("meetings:appendix-generate", args=[meeting.slug, row.slug])
        own = found.setdefault(meeting.pk, (meeting, []))[1]
        own.append((f"{row.number} {row.heading}", f"{place}?{query}"))
    return tuple(Offered(meeting, tuple(own)) for meeting, own in found.values())


def as_begun(source: str, chosen: Iterable[tuple[str, list[str]]]) -> str:
    """Give what an appendix is to be formed of as its form reads it from an address.

    Args:
        source: the source's key.
        chosen: names of its options, each with what is chosen.
    """
    told = QueryDict(mutable=True)
    told["source"] = source
    for name, values in chosen:
        told.setlist(f"{source.replace('.', '-')}-{name}", values)
    return told.urlencode()
