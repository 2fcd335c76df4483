"""Answers to what went wrong. Each says only what is known, and loses nothing typed."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from django.db import InterfaceError, OperationalError
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone

from accounts.tries import open_again, wait_words
from core import clock
from core.drafts.keeping import UNREADABLE, keep_posted
from core.drafts.ticket import KEPT_AT, Ticket
from core.errors import SeveralError
from core.posted import Posted, posted_fields
from core.prepared import prepared, somebody
from meetings.editions import listing, reading
from meetings.models import Meeting

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from meetings.models import Publication

# Field name → its Danish label, for text that is shown again when saving failed.
LABELS = {
    "title": "Titel",
    "summary": "Resumé",
    "recommendation": "Indstilling",
    "case": "Sagsfremstilling",
    "economy": "Økonomi",
    "process": "Videre proces",
    "addressee": "Svaret sendes til",
    "responsible": "Ansvarlig",
    "contact": "Kontakt",
    "idea": "Ideen",
    "text": "Tekst",
}


# Seconds after which another try has a chance.
WAIT_FOR_DATABASE = 5
WAIT_AFTER_TRIES = 300
# What is counted of those who are not signed in; a new password also by the address.
SIGNING_IN = ("login", "reset_password_from_key")
NEW_PASSWORD = "reset_password"  # noqa: S105 -- a name


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400: the browser sent what no form of ours sends; what can be read is not lost."""
    return render(request, "400.html", _lost(request), status=400)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries at signing in or at resetting a password (allauth asks)."""
    email = request.POST.get("email", "").strip().casefold()
    until = open_again(request, dict.fromkeys(SIGNING_IN, "") | {NEW_PASSWORD: email})
    now = timezone.localtime()
    until = until or now + timedelta(seconds=WAIT_AFTER_TRIES)
    words = wait_words(until)
    response = render(request, "429.html", {"words": words}, status=429)
    response["Retry-After"] = str(ceil((until - now).total_seconds()))
    return response


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403: the page exists for others; what one may not *see* is a 404."""
    return render(request, "403.html", _lost(request), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same for missing and for forbidden; what was typed is not lost.

    300 where the address fits several things that the user may see.
    """
    if isinstance(exception, SeveralError):
        several = {"asked": exception.asked, "choices": exception.ways}
        return render(request, "300.html", {**_lost(request), **several}, status=300)
    context = {**_lost(request), "latest": _latest_day(request)}
    return render(request, "404.html", context, status=404)


def _latest_day(request: HttpRequest) -> str:
    """Give the day of the latest meeting that the reader's list begins with: one query."""
    user, seat = getattr(request, "user", None), getattr(request, "seat", None) or None
    if user is None:
        return ""
    if seat is not None and seat.may_edit:
        own = _latest_meeting.first(user.pk, seat.council_id)
        return own.day if own else ""
    row = _latest_sent.first(user.pk, is_known=user.pk is not None)
    return listing.as_row(row, reading.own_council(seat)).day if row else ""


@prepared
def _latest_meeting(user: int, council: int) -> QuerySet[Meeting]:
    return Meeting.objects.visible_to(somebody(user)).filter(council=council)[:1]


@prepared
def _latest_sent(user: int, *, is_known: bool) -> QuerySet[Publication, Any]:
    rows = listing.published_rows(somebody(user) if is_known else None)
    latest: QuerySet[Publication, Any] = rows[:1]
    return latest


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 on a form whose token is missing or old; the typed text is on the page.

    What another user typed in this browser is kept for that user, and not shown.
    """
    ticket = _ticket(request)
    own = request.user.pk if hasattr(request, "user") else None
    is_anothers = bool(ticket and own and ticket.user != own)
    context = {
        "fields": () if is_anothers else _posted(request),
        "action": request.path,
        "kept": keep_posted(request),
        "is_anothers": is_anothers,
    }
    return render(request, "403_csrf.html", context, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database cannot be reached; the posted text is on the page."""
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return render(None, "500.html", _lost(request), status=500)
    context = {
        "now": clock.now(),
        "fields": _posted(request),
        "action": request.get_full_path(),
        "is_saving": request.method == "POST",
        **_known(request),
        "csrf_token": get_token(request),
    }
    response = render(None, "503.html", context, status=503)
    response["Retry-After"] = str(WAIT_FOR_DATABASE)
    return response


def _known(request: HttpRequest) -> dict[str, object]:
    """Give what a form itself knows of its draft; the database cannot be asked."""
    ticket = _ticket(request)
    if ticket is None:
        return {}
    # "punkt 2.3, KKR-møde 22. november 2023": where it stands is known to who wrote it.
    thing = ticket.name.partition(", ")[0]
    return {
        "thing": ticket.name,
        "title": f"{thing[:1].upper()}{thing[1:]} blev ikke gemt",
        "version": request.POST.get("version", ""),
        "kept_at": _moment(request.POST.get(KEPT_AT, "")),
    }


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _ticket(request: HttpRequest) -> Ticket | None:
    try:
        return Ticket.of(request.POST)
    except UNREADABLE:
        return None


def _posted(request: HttpRequest) -> tuple[Posted, ...]:
    """Give what a form sent; nothing where that is what could not be read."""
    if request.method != "POST":
        return ()
    try:
        return posted_fields(request.POST, LABELS)
    except UNREADABLE:
        return ()


def _lost(request: HttpRequest) -> dict[str, object]:
    """Give the texts of a form whose page is gone, to be copied, and the draft of them."""
    typed = tuple(field for field in _posted(request) if field.label and field.value)
    return {"typed": typed, "kept": keep_posted(request) if typed else None}
