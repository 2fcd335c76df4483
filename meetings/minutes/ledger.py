"""The decision ledger: what was decided, on what, and from a record to its decisions.

Made of approved minutes and of nothing else.

Source: docs/rules.md R-42.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from meetings.choices import MeetingKind
from meetings.closed.volumes import CLOSED_WORD
from meetings.models import ClosedEntry, LedgerEntry, Minutes
from meetings.names import meeting_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision, as lists show it.

    Attributes:
        meeting: "KKR-møde 22. november 2023".
        item_url: the item as it was sent; ``minutes_url`` the minutes at that item.
        applies: title, address and pages of each appendix it applies to.
        is_closed: the item is closed; who reads this may read it.
    """

    number: str
    title: str
    outcome: str
    text: str
    words: str
    meeting: str
    held_on: date
    council: str
    item_url: str
    minutes_url: str
    applies: tuple[Mapping[str, Any], ...]
    is_closed: bool = False


def entries(user: object) -> QuerySet[LedgerEntry]:
    """Give the decisions that ``user`` may read, the latest meeting first."""
    approved = Minutes.objects.visible_to(user).latest()
    rows = LedgerEntry.objects.filter(minutes__in=approved)
    return rows.select_related("minutes__meeting__council").order_by(
        "-minutes__meeting__held_on", "-minutes_id", "position", "pk"
    )


def closed_entries(user: object) -> QuerySet[ClosedEntry]:
    """Give the decisions on closed items that ``user`` may read, the latest first.

    Source: docs/rules.md R-53.
    """
    rows = ClosedEntry.objects.visible_to(user).latest()
    return rows.select_related("closed__minutes__meeting__council").order_by(
        "-closed__minutes__meeting__held_on", "-closed__minutes_id", "position", "pk"
    )


def decisions_on(key: str, user: object) -> tuple[Ruling, ...]:
    """Give the decisions whose appendices printed a record, the latest first.

    Those on closed items come with them for their readers: one query, two signed in.

    Args:
        key: the record's, as documents have it: "proposal:faerre-maalgrupper".
    """
    asked = {"records__contains": [key]}
    found = [ruling(entry) for entry in entries(user).filter(**asked)[:20]]
    if getattr(user, "pk", None) is not None:
        rows = closed_entries(user).filter(**asked)[:20]
        found += map(ruling, rows)
        found.sort(key=lambda each: each.held_on, reverse=True)
    return tuple(found[:20])


def ruling(entry: LedgerEntry | ClosedEntry) -> Ruling:
    """Give an entry as lists show it, its meeting and council loaded; no query."""
    meeting = entry.minutes.meeting
    query = {"kkr": meeting.council.slug}
    kind = MeetingKind(meeting.kind).label
    is_closed = isinstance(entry, ClosedEntry)
    volume = {"del": CLOSED_WORD} if is_closed else {}
    minutes = reverse("meetings:minutes", args=[meeting.slug], query=query | volume)
    return Ruling(
        number=entry.number,
        title=entry.title,
        outcome=entry.get_outcome_display(),
        text=entry.text,
        words=entry.words,
        meeting=meeting_name(meeting.slug, meeting.held_on, kind),
        held_on=meeting.held_on,
        council=meeting.council.name,
        item_url=reverse(
            "meetings:public-item", args=[meeting.slug, entry.slug], query=query
        ),
        minutes_url=f"{minutes}#item-{entry.item_key}",
        applies=tuple(_applied(row, meeting, query) for row in entry.applies),
        is_closed=is_closed,
    )


def _applied(row: Any, meeting: Any, query: dict[str, str]) -> dict[str, Any]:
    """Give an appendix with the address of the very version that was adopted."""
    of = {**query, "version": row["version"]}
    args = [meeting.slug, row["slug"]]
    return {**row, "url": reverse("meetings:public-appendix", args=args, query=of)}
