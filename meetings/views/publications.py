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
from meetings.services.publishing import latest_built, publish
from meetings.views.finding import own_meeting_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest

_DIGITS = 19


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def publications(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask once what is about to be published; publish it with a POST."""
    meeting = own_meeting_or_404(request, slug)
    if not request.seat.may_publish:
        raise PermissionDenied
    context: dict[str, object] = {"meeting": meeting}
    status = 200
    if request.method == "POST":
        try:
            publish(meeting.pk, packet_pk=_packet(request), by=request.user)
        except RuleViolationError as error:
            context["error"] = str(error)
            status = 422
        else:
            say(request, "Mødet er offentliggjort. Alle kan læse det nu.")
            return redirect("meetings:public", slug)
    # Before the edition is read: a packet that is built in between is then refused.
    context["packet_pk"] = latest_built(meeting)
    context["edition"] = reading.built_edition(meeting)
    return render(request, "meetings/publish.html", context, status=status)


def _packet(request: PortalRequest) -> int:
    """Give the packet that the confirming page has shown; 0 fits none."""
    posted = request.POST.get("packet", "")
    return int(posted) if posted.isdecimal() and len(posted) < _DIGITS else 0
