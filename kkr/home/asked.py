"""What a person is asked for by name: a draft to read, a comment to answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import Truncator

from core import clock, formats
from kkr.home.due import Task
from meetings.choices import MeetingKind
from meetings.models import ReadThrough
from meetings.names import meeting_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User

QUOTED = 90
"""Letters of a comment that are shown."""


def comment_tasks(rows: Iterable[Mapping[str, Any]]) -> tuple[Task, ...]:
    """Give the comments that wait for somebody, as ``threads.asked_of`` read them."""
    return tuple(_comment(row) for row in rows)


def _comment(row: Mapping[str, Any]) -> Task:
    mark, slug = f"#kommentar-{row['pk']}", row["slug"]
    number = row["given"] or f"{row['section']}.{row['position']}"
    at = formats.when(datetime.fromisoformat(row["at"]), now=clock.now())
    note = f"{row['by']}, {at}: ”{Truncator(row['text']).chars(QUOTED)}”"
    if row["section"] is None:
        url = reverse("meetings:comments", args=[slug])
        return Task(
            "En kommentar til dagsordenen spørger dig", f"{url}{mark}", "Svar", note
        )
    url = reverse("meetings:item", args=[slug, number.replace(".", "-")])
    return Task(
        f"En kommentar til punkt {number} spørger dig", f"{url}{mark}", "Svar", note
    )


def reading_tasks(rows: Iterable[Mapping[str, Any]]) -> tuple[Task, ...]:
    """Give the drafts that somebody is to read, as ``standing.asked_to_read`` read them."""
    return tuple(_reading(row) for row in rows)


def own_readings(user: User) -> tuple[Task, ...]:
    """Give the drafts that ``user`` is to read: one query."""
    rows = ReadThrough.objects.visible_to(user).waiting().order_by("due_on", "pk")
    found = rows.values(
        "pk", "due_on", "asked_by", "meeting__slug", "meeting__held_on", "meeting__kind"
    )
    return reading_tasks(
        {
            "pk": row["pk"],
            "due": row["due_on"].isoformat(),
            "by": row["asked_by"],
            "slug": row["meeting__slug"],
            "held_on": row["meeting__held_on"].isoformat(),
            "kind": row["meeting__kind"],
        }
        for row in found
    )


def _reading(row: Mapping[str, Any]) -> Task:
    due, held_on = (date.fromisoformat(row[name]) for name in ("due", "held_on"))
    name = meeting_name(row["slug"], held_on, _kind(row["kind"]))
    url = reverse("meetings:readthrough", args=[row["pk"]])
    note = f"{row['by']} beder om det. Kun de spurgte kan læse udkastet"
    return Task(
        f"Læs udkastet til {name} igennem",
        url,
        "Læs",
        note,
        when=formats.days_away(due, today=clock.today()),
        is_urgent=due <= clock.today(),
    )


def _kind(value: str) -> str:
    return str(MeetingKind(value).label)
