"""The meetings after the next one: what each needs first, and the answers due before it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from core import clock, formats
from kkr.home.due import Task
from meetings.days.deadlines import deadlines
from meetings.models import AgendaItem, Decision

if TYPE_CHECKING:
    from collections.abc import Iterable

LATER: Final = 4
"""Meetings that have a line of their own; the list of meetings has all."""


def due_rows() -> ArraySubquery:
    """Give the answers due before a meeting, to be annotated on it, the first first."""
    answered = Decision.objects.exclude(answer="").values("item_id")
    rows = AgendaItem.objects.present().filter(
        section__meeting=OuterRef("pk"), reply_on__lt=OuterRef("held_on"), fate=""
    )
    told = JSONObject(to="addressee", day="reply_on")
    own = rows.exclude(pk__in=answered).order_by("reply_on", "pk")
    return ArraySubquery(own.values(row=told))


def later_tasks(meetings: Iterable[Any]) -> tuple[Task, ...]:
    """Give a line for each meeting that was annotated with ``due``; no query."""
    return tuple(_line(meeting) for meeting in meetings)


def _line(meeting: Any) -> Task:
    if meeting.is_off:
        url = reverse("meetings:fate", args=[meeting.slug])
        return Task(
            meeting.name, url, "Skriv den nye dag", "Udsat. Ingen ny dag", "partial"
        )
    days = deadlines(meeting)
    next_one = next((each for each in days if not each.is_done), days[-1])
    first = f"{next_one.label} {formats.short_date(next_one.day)}"
    answers = _answers(meeting.due)
    return Task(
        meeting.name,
        meeting.get_absolute_url(),
        "Åbn",
        f"{first.rstrip('.')}. {answers}" if answers else first,
        when=f"{next_one.words[:1].lower()}{next_one.words[1:]}",
        is_urgent=next_one.is_urgent or _is_answer_late(meeting.due),
    )


def _answers(due: list[dict[str, str]]) -> str:
    """Say "Svar til Sund & Bælt inden 14. nov.", and how many more; "" of none."""
    if not due:
        return ""
    day = formats.short_date(date.fromisoformat(due[0]["day"]))
    to = f" til {due[0]['to']}" if due[0]["to"] else ""
    more = f" og {len(due) - 1} svar mere" if len(due) > 1 else ""
    return f"Svar{to} inden {day}{more}"


def _is_answer_late(due: list[dict[str, str]]) -> bool:
    return bool(due) and date.fromisoformat(due[0]["day"]) <= clock.today()
