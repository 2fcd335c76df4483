"""One address, a page for each role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.choices import Role
from accounts.models import Membership
from core import clock
from kkr.home.after import after_meetings
from kkr.home.asked import own_readings
from kkr.home.latest import latest_changes
from kkr.home.news import news_of, read_of, with_read
from kkr.home.overview import next_meeting, stock, unanswered_of
from kkr.home.positions import waiting_for
from meetings.editions import listing
from meetings.editions.notes import listed
from meetings.models import Note
from meetings.models.meeting import OFF
from questions import subjects
from questions.queries import mine, unanswered
from questions.views.answers import answer_form

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.http import HttpResponse

    from accounts.access import PortalRequest, VisitorRequest

SHOWN = 10
NOTES = 3


@require_safe
@login_not_required
def home(request: VisitorRequest) -> HttpResponse:
    """Send the public to the published meetings; everybody else to their own page."""
    if not request.user.is_authenticated:
        return redirect("meetings:list")
    if not request.seat:
        return render(request, "home/none.html")
    show = _PAGES[Role(request.seat.role)]
    return show(cast("PortalRequest", request))


def _editors(request: PortalRequest) -> HttpResponse:
    found = next_meeting(request)
    context: dict[str, Any] = {"today": clock.today(), "next": found}
    if found is None:
        context["stock"] = stock(request.seat.council)
        if not context["stock"].meetings:
            return render(request, "home/first_day.html", context)
        rows = unanswered(request.seat.council)
        context |= {"unanswered": unanswered_of(rows), "has_questions": bool(rows)}
        context["tasks"] = after_meetings(request.seat.council)
    else:
        context["unanswered"] = found.unanswered
        context["has_questions"] = found.has_questions
    context["changes"] = latest_changes(request.seat.council)
    return render(request, "home/editors.html", context)


def _readers(request: PortalRequest) -> HttpResponse:
    own = request.seat.council
    found = listing.published_rows(request.user)
    # The latest, and the council's own next and latest wherever they stand: one query.
    of_own = found.filter(meeting__council=own)
    ahead = of_own.filter(meeting__held_on__gte=clock.today())
    ahead = ahead.exclude(meeting__fate__in=OFF)
    wanted = Q(pk__in=found.values("pk")[:SHOWN]) | Q(pk__in=of_own.values("pk")[:1])
    wanted |= Q(pk__in=ahead.order_by("meeting__held_on", "pk").values("pk")[:1])
    read = list(with_read(found.filter(wanted), request.user))
    rows = [listing.as_row(row, own.slug) for row in read[:SHOWN]]
    own_read = [r for r in read if r["meeting__council__slug"] == own.slug]
    newest, next_on = _nearest(own_read)
    latest = listing.as_row(newest, own.slug) if newest else None
    tasks, called = waiting_for(request.user, request.seat)
    context = {"today": clock.today(), "rows": rows, "latest": latest, "tasks": tasks}
    context["called"] = called
    context |= {
        "next_on": next_on,
        "read": read_of(newest),
        "since": news_of(newest, latest),
    }
    context |= _asked(request)
    notes = Note.objects.visible_to(request.user).filter(council=own)
    notes = notes.select_related("author", "municipality", "meeting__council")
    context["notes"] = listed(
        notes.order_by("-changed_at", "-pk")[:NOTES], request.user
    )
    return render(request, "home/readers.html", context)


def _nearest(rows: list[Any]) -> tuple[Any, date | None]:
    """Give the next meeting of rows that begin with the latest, and its day.

    Else the latest that has been, and no day. One that is cancelled, or put off to no
    day, is not the next.
    """
    coming = [row for row in rows if row["meeting__held_on"] >= clock.today()]
    ahead = [row for row in coming if row["fate"] not in OFF]
    if ahead:
        return ahead[-1], ahead[-1]["meeting__held_on"]
    past = [row for row in rows if row not in coming]
    return next(iter(past or rows), None), None


def _reporters(request: PortalRequest) -> HttpResponse:
    context = {"today": clock.today(), "tasks": own_readings(request.user)}
    context |= _asked(request)
    return render(request, "home/reporters.html", context)


def _asked(request: PortalRequest) -> dict[str, Any]:
    """Give what the place that one speaks for is asked, to be answered on the spot."""
    rows = mine(request.user, request.seat)
    keys = {row.question.subject_key for row in rows}
    about = subjects.find(keys, request.seat) if rows else {}
    asked = [
        (
            row,
            answer_form(row) if row.may_answer and not row.is_answered else None,
            about.get(row.question.subject_key),
        )
        for row in rows
    ]
    own = request.seat.municipality or request.seat.organisation
    return {
        "asked": asked,
        "place": own.name if own else "",
        "missing": sum(not row.is_answered for row in rows),
    }


def _administrators(request: PortalRequest) -> HttpResponse:
    rows = Membership.objects.visible_to(request.user)
    context = {
        "today": clock.today(),
        "council": request.seat.council,
        "rows": rows.filter(council=request.seat.council).for_list(),
    }
    return render(request, "home/administrators.html", context)


_PAGES: dict[Role, Callable[[PortalRequest], HttpResponse]] = {
    Role.SECRETARIAT: _editors,
    Role.CHIEF: _editors,
    Role.DIRECTOR: _readers,
    Role.MEMBER: _readers,
    Role.REPORTER: _reporters,
    Role.ADMINISTRATOR: _administrators,
}
