"""Sending: one confirming page, then everybody may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core import formats
from core.errors import RuleViolationError
from core.notices import say
from meetings.checking.sending import sending
from meetings.editions import reading
from meetings.forms.life import UnapprovedForm
from meetings.post.receivers import receivers
from meetings.services.publishing import publish
from meetings.views.finding import own_meeting_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import Meeting

_DIGITS = 19


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def publications(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask once before the packet is sent, and to whom; a POST sends it.

    Whoever edits reads what would become public; only some may press the button.
    """
    meeting = own_meeting_or_404(request, slug)
    if request.method == "POST":
        if not request.seat.may_publish:
            raise PermissionDenied
        form = UnapprovedForm(request.POST)
        if not form.is_valid():
            return _page(request, meeting, form)
        because = form.cleaned_data["because"]
        try:
            sent = publish(
                meeting.pk,
                packet_pk=_packet(request),
                unapproved_because=because,
                by=request.user,
            )
        except RuleViolationError as error:
            return _page(request, meeting, form, str(error))
        words = "Alle kan læse den nu."
        if not meeting.is_public:
            words = f"Den offentlige side {meeting.opens}."
        mails = sent.letters.count()
        told = formats.counted(mails, "får en mail", "får en mail", "Ingen får en mail")
        say(request, f"Pakken er sendt. {words} {told}.")
        return redirect("meetings:public", slug)
    return _page(request, meeting, UnapprovedForm())


def _page(
    request: PortalRequest, meeting: Meeting, form: UnapprovedForm, refusal: str = ""
) -> HttpResponse:
    """Show what would become public, or what keeps it from that.

    Args:
        refusal: why the packet was not sent when it was asked; "" for a GET.
    """
    found = sending(meeting)
    latest = found.packet.latest
    context = {
        "meeting": meeting,
        # Before the edition is read: a packet that is built in between is then refused.
        "packet_pk": latest.pk if latest else 0,
        "edition": reading.built_edition(meeting),
        "error": refusal or found.blocker,
        "is_refused": bool(refusal),
        "sending": found,
        "form": form,
        "receivers": receivers(meeting),
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "meetings/publish.html", context, status=status)


def _packet(request: PortalRequest) -> int:
    """Give the packet that the confirming page has shown; 0 fits none."""
    posted = request.POST.get("packet", "")
    return int(posted) if posted.isdecimal() and len(posted) < _DIGITS else 0
