"""Calendars to subscribe to: everybody's, and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.asked import asked_by
from core.notices import say
from meetings.days import calendar
from meetings.days.month import month_named, month_of
from meetings.services.calendar import renew_link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.access import PortalRequest, VisitorRequest
    from core.occasions import Occasion

PAGE = "meetings/calendar.html"


@require_safe
@login_not_required
def public_calendar(request: VisitorRequest) -> HttpResponse:
    """Give the published meetings as a calendar."""
    return _file(
        request, "KKR-møder", calendar.public_occasions(request.user), "moeder"
    )


@require_safe
@login_not_required
def own_calendar(request: VisitorRequest, token: str) -> HttpResponse:
    """Give somebody's own calendar to whoever has its address."""
    user = calendar.user_of(token)
    if user is None:
        raise Http404
    return _file(request, f"KKR, {user}", calendar.own_occasions(user), "egen")


def _file(
    request: VisitorRequest,
    title: str,
    occasions: Iterable[Occasion],
    name: str,
) -> HttpResponse:
    host = request.build_absolute_uri("/").rstrip("/")
    content = calendar.as_ical(title, occasions, host)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_links(request: PortalRequest) -> HttpResponse:
    """Show one's own days month by month, and where to subscribe; a POST renews that."""
    if request.method == "POST":
        return _renew(request)
    today = clock.today()
    first = month_named(request.GET.get("maaned", ""), today)
    if first is None:
        raise Http404
    own = reverse("meetings:own-calendar", args=[calendar.token_of(request.user)])
    context = {
        "today": today,
        "month": month_of(first, calendar.own_occasions(request.user), today),
        "own": request.build_absolute_uri(own),
        "public": request.build_absolute_uri(reverse("meetings:calendar")),
    }
    return render(request, PAGE, context)


@asked_by("renew", "ja")
def _renew(request: PortalRequest) -> HttpResponse:
    renew_link(by=request.user)
    say(request, "Du har fået en ny adresse. Den gamle virker ikke mere.")
    return redirect("meetings:calendar-links")
