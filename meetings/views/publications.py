"""Publishing: one confirming page, then everybody may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.errors import RuleViolationError
from core.notices import say
from meetings import reading
from meetings.rows import as_value, read_rows
from meetings.services.publishing import publish, why_not
from meetings.state import packet_state
from meetings.views.finding import own_meeting_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import Meeting

_DIGITS = 19


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def publications(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask once what is about to be published; publish it with a POST.

    Whoever edits reads what would become public; only some may press the button.
    """
    meeting = own_meeting_or_404(request, slug)
    if request.method == "POST":
        if not request.seat.may_publish:
            raise PermissionDenied
        try:
            publish(meeting.pk, packet_pk=_packet(request), by=request.user)
        except RuleViolationError as error:
            return _page(request, meeting, str(error))
        say(request, "Mødet er offentliggjort. Alle kan læse det nu.")
        return redirect("meetings:public", slug)
    return _page(request, meeting)


def _page(request: PortalRequest, meeting: Meeting, refusal: str = "") -> HttpResponse:
    """Show what would become public, or what keeps it from that.

    Args:
        refusal: why the packet that was sent was not published; "" for a GET.
    """
    rows = read_rows(meeting)
    agenda = as_value(meeting, rows.sections, rows.items, rows.appendices)
    state = packet_state(meeting, agenda, rows.appendices)
    context = {
        "meeting": meeting,
        # Before the edition is read: a packet that is built in between is then refused.
        "packet_pk": state.latest.pk if state.latest else 0,
        "edition": reading.built_edition(meeting),
        "error": refusal or why_not(state),
        "is_refused": bool(refusal),
        "is_open": not why_not(state),
        "packet": state,
    }
    status = 422 if refusal else 200
    return render(request, "meetings/publish.html", context, status=status)


def _packet(request: PortalRequest) -> int:
    """Give the packet that the confirming page has shown; 0 fits none."""
    posted = request.POST.get("packet", "")
    return int(posted) if posted.isdecimal() and len(posted) < _DIGITS else 0
