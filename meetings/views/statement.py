"""The accessibility statement: what the law asks, and an honest list from the data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from meetings.editions.unread import public_meetings, unread

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from accounts.access import VisitorRequest

PAGE: Final = "meetings/statement.html"
ROWS: Final = 10
# The law asks for a review each year; the secretariat is told a month before.
REVIEW_AFTER_DAYS: Final = 334


@require_safe
@login_not_required
def statement(request: VisitorRequest) -> HttpResponse:
    """Show the statement, with the published appendices that cannot be read aloud."""
    page = Paginator(public_meetings(), ROWS).get_page(request.GET.get("side"))
    reviewed = date.fromisoformat(settings.STATEMENT["reviewed_on"])
    context = {
        "page": page,
        "meetings": unread(page.object_list),
        "about": settings.STATEMENT,
        "made_on": date.fromisoformat(settings.STATEMENT["made_on"]),
        "reviewed_on": reviewed,
        "is_due": (clock.today() - reviewed).days >= REVIEW_AFTER_DAYS,
    }
    return render(request, PAGE, context)


@require_safe
@login_not_required
def was(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view
    """Lead to the statement as it is registered with Digitaliseringsstyrelsen."""
    domain = settings.STATEMENT["domain"]
    return HttpResponseRedirect(f"https://was.digst.dk/{domain}")
