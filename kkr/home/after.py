"""What meetings that were held ask of the secretariat: minutes, and what was decided."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse

from accounts.models import Council
from core import clock, formats
from kkr.home.due import Task
from meetings.choices import MeetingState
from meetings.models import Decision, FollowUp, Meeting
from meetings.models.meeting import CANCELLED, OFF, OVER_STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meetings.models import AgendaItem

# Tasks that are named; of more it is said how many.
SHOWN = 4


def after_rows(council: int, today: date) -> dict[str, ArraySubquery]:
    """Give what waits after a council's meetings, to be annotated on another query."""
    tasks = FollowUp.objects.filter(meeting__council=council).waiting()
    own = JSONObject(pk="pk", text="text", owner="owner", due="due_on")
    # One of today that is held is over; one that is not is the next.
    waits = Q(held_on__lt=today, state=MeetingState.SENT)
    waits |= Q(state=MeetingState.HELD) | Q(state__in=OVER_STATES, is_revising=True)
    own_rows = Meeting.objects.present().filter(council=council)
    held = own_rows.filter(waits).exclude(fate=CANCELLED)
    names = {name: name for name in ("slug", "state", "fate", "is_revising")}
    named = JSONObject(day="held_on", **names)
    return {
        "task_rows": ArraySubquery(tasks.values(row=own)),
        "held_rows": ArraySubquery(held.order_by("held_on").values(row=named)),
    }


def answered() -> ArraySubquery:
    """Give the items of a meeting that were answered before it, to be annotated on it."""
    own = Decision.objects.filter(item__section__meeting=OuterRef("pk"))
    return ArraySubquery(own.exclude(answer="").values("item_id"))


def unanswered(meeting: Any, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Leave out the items that were answered; no query."""
    return [item for item in items if item.pk not in meeting.answered]


def after_tasks(row: Any) -> tuple[Task, ...]:
    """Give them as tasks of a row that was annotated so; no query."""
    return (*_minutes(row.held_rows), *_follow_ups(row.task_rows))


def after_meetings(council: Council) -> tuple[Task, ...]:
    """Read them by themselves, where no meeting is planned: one query."""
    rows = Council.objects.filter(pk=council.pk).annotate(
        **after_rows(council.pk, clock.today())
    )
    return after_tasks(rows.get())


def _minutes(rows: list[dict[str, str]]) -> Iterator[Task]:
    for row in rows:
        day = formats.long_date(date.fromisoformat(row["day"]))
        if row["is_revising"]:
            url = reverse("meetings:meeting", args=[row["slug"]])
            words = f"Ny version af mødet {day} er begyndt og ikke sendt"
            yield Task(words, url, "Se mødet")
        if row["fate"] in OFF:
            url = reverse("meetings:fate", args=[row["slug"]])
            yield Task(f"Mødet {day} er udsat og har ingen ny dag", url, "Skriv den")
        elif row["state"] == MeetingState.SENT:
            url = reverse("meetings:state", args=[row["slug"]], query={"til": "held"})
            yield Task(f"Mødet {day} er ikke meldt afholdt", url, "Meld det")
        elif row["state"] == MeetingState.HELD:
            url = reverse("meetings:minutes", args=[row["slug"]])
            yield Task(f"Referatet af mødet {day} er ikke godkendt", url, "Se det")


def _follow_ups(rows: list[dict[str, Any]]) -> Iterator[Task]:
    today = clock.today()
    for row in rows[:SHOWN]:
        due = date.fromisoformat(row["due"]) if row["due"] else None
        is_late = due is not None and due < today
        yield Task(
            row["text"],
            reverse("decisions:task", args=[row["pk"]]),
            "Åbn",
            note=f"Opfølgning. {row['owner']}",
            tone="partial" if is_late else "",
            when=formats.days_away(due, today=today) if due else "ingen frist",
            is_urgent=due is not None and due <= today,
        )
    if more := len(rows) - SHOWN if len(rows) > SHOWN else 0:
        words = formats.counted(more, "opgave", "opgaver")
        yield Task(
            f"Og {words} mere til opfølgning", reverse("decisions:tasks"), "Se alle"
        )
