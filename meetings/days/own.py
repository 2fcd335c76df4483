"""Days besides a meeting's own: answers that are due, tasks to follow up, drafts to read."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models.functions import JSONObject
from django.urls import reverse

from core import occasions
from core.occasions import Days, Occasion, uid
from meetings.choices import MeetingKind
from meetings.closed.seats import is_shut
from meetings.models import AgendaItem, FollowUp, Meeting, ReadThrough
from meetings.names import meeting_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from accounts.models import User

REPLY: Final = "Svarfrist"
TASK: Final = "Opfølgning"
READING: Final = "Gennemlæsning"


def register() -> None:
    """Let them stand in people's calendars."""
    occasions.register("meetings.replies", Days(_replies, _reply))
    occasions.register("meetings.tasks", Days(_tasks, _task))
    occasions.register("meetings.readings", Days(_readings, _reading))


def _replies(user: User, since: date) -> QuerySet[Any, Any]:
    """Give the days by which the outside world waits for the council's answer."""
    edited = Meeting.objects.visible_to(user).not_off()
    rows = AgendaItem.objects.present().filter(
        section__meeting__in=edited.values("pk"), reply_on__gte=since, fate=""
    )
    told = JSONObject(
        pk="pk", given="given_number", section="section__number", position="position",
        to="addressee", is_closed="is_shut", day="reply_on", stamp="changed_at",
        **_of_meeting("section__meeting__"),
    )  # fmt: skip
    return rows.annotate(is_shut=is_shut()).annotate(row=told).values("row")


def _of_meeting(way: str) -> dict[str, Any]:
    return {name: f"{way}{name}" for name in ("slug", "held_on", "kind")}


def _name(row: Mapping[str, Any]) -> str:
    kind, held_on = str(MeetingKind(row["kind"]).label), row["held_on"]
    return meeting_name(row["slug"], date.fromisoformat(held_on), kind)


def _reply(row: Mapping[str, Any]) -> Occasion:
    to = f" til {row['to']}" if row["to"] and not row["is_closed"] else ""
    number = row["given"] or f"{row['section']}.{row['position']}"
    name = f"Svar{to}, punkt {number}"
    place = [row["slug"], number.replace(".", "-")]
    return Occasion(
        uid=uid("svar", row["pk"]),
        title=f"Frist: {name}, {_name(row)}",
        day=date.fromisoformat(row["day"]),
        url=reverse("meetings:item", args=place),
        stamp=datetime.fromisoformat(row["stamp"]),
        what=REPLY,
        short=name,
    )


def _tasks(user: User, since: date) -> QuerySet[Any, Any]:
    rows = FollowUp.objects.visible_to(user).waiting().filter(due_on__gte=since)
    told = JSONObject(
        pk="pk", text="text", owner="owner", day="due_on", stamp="changed_at"
    )
    return rows.annotate(row=told).values("row")


def _task(row: Mapping[str, Any]) -> Occasion:
    name = f"{row['text']} ({row['owner']})"
    return Occasion(
        uid=uid("opgave", row["pk"]),
        title=f"{TASK}: {name}",
        day=date.fromisoformat(row["day"]),
        url=reverse("decisions:task", args=[row["pk"]]),
        stamp=datetime.fromisoformat(row["stamp"]),
        what=TASK,
        short=name,
    )


def _readings(user: User, since: date) -> QuerySet[Any, Any]:
    rows = ReadThrough.objects.visible_to(user).waiting().filter(due_on__gte=since)
    told = JSONObject(
        pk="pk", day="due_on", stamp="changed_at", **_of_meeting("meeting__")
    )
    return rows.annotate(row=told).values("row")


def _reading(row: Mapping[str, Any]) -> Occasion:
    return Occasion(
        uid=uid("gennemlaesning", row["pk"]),
        title=f"{READING}: {_name(row)}",
        day=date.fromisoformat(row["day"]),
        url=reverse("meetings:readthrough", args=[row["pk"]]),
        stamp=datetime.fromisoformat(row["stamp"]),
        what=READING,
        short=_name(row),
    )
