"""The deadlines of questions, for those who asked them and those who were asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F
from django.db.models.functions import Greatest, JSONObject
from django.urls import reverse

from core import occasions
from core.occasions import Days, Occasion, uid
from questions.models import Question, Recipient

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from accounts.models import User

WHAT: Final = "Svarfrist"


def register() -> None:
    """Let the days by which answers are due stand in people's calendars."""
    occasions.register("questions.asked", Days(_asked, _occasion))
    occasions.register("questions.waiting", Days(_waiting, _occasion))


def _asked(user: User, since: date) -> QuerySet[Any, Any]:
    """Give the open questions of the councils whose secretariat the user is in."""
    rows = Question.objects.of_editor(user).open().filter(due_on__gte=since)
    told = JSONObject(pk="pk", text="text", due="due_on", stamp="changed_at")
    return rows.annotate(row=told).values("row")


def _waiting(user: User, since: date) -> QuerySet[Any, Any]:
    """Give the questions that wait for the answer of the user's place, on its own day."""
    rows = Recipient.objects.of_place(user).filter(
        answered_at=None, question__closed_at=None, question__due_on__isnull=False
    )
    later: Any = rows.annotate(day=Greatest(F("question__due_on"), F("due_on")))
    told = JSONObject(
        pk="question_id",
        text="question__text",
        due="day",
        stamp="question__changed_at",
    )
    found: QuerySet[Any, Any] = later.filter(day__gte=since).annotate(row=told)
    return found.values("row")


def _occasion(row: Mapping[str, Any]) -> Occasion:
    return Occasion(
        uid=uid("spoergsmaal", row["pk"]),
        title=f"{WHAT}: {row['text']}",
        day=date.fromisoformat(row["due"]),
        url=reverse("questions:question", args=[row["pk"]]),
        stamp=datetime.fromisoformat(row["stamp"]),
        what=WHAT,
        short=row["text"],
    )
