"""Who gets a mail: before a version is sent, and how it went with all that was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core import formats
from core.errors import RuleViolationError
from core.notices import say, warn
from meetings.choices import Cause
from meetings.editions.reading import latest_built
from meetings.packets.approved import approved_of
from meetings.post.history import history
from meetings.post.words import next_words
from meetings.services.post import send_again
from meetings.views.finding import own_meeting_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import Meeting
    from meetings.packets.approved import Approved
    from meetings.post.history import Told

PAGE = "meetings/receivers.html"
_DIGITS = 18


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def receivers_page(request: PortalRequest, slug: str) -> HttpResponse:
    """Show who is written to, and who was; a POST tries again what failed."""
    own = own_meeting_or_404(request, slug)
    if request.method == "POST":
        return _again(request, own)
    found = history(own)
    packet = latest_built(own)
    before = found.sent[0] if found.sent else None
    is_new = packet is not None and packet.version > (before.number if before else 0)
    context = {
        "meeting": own,
        "version": packet.version if packet is not None and is_new else 0,
        "receivers": found.receivers,
        "words": next_words(own, packet, before) if packet and is_new else None,
        "told": [(each, _approved(each)) for each in found.told],
    }
    return render(request, PAGE, context)


def _approved(told: Told) -> Approved | None:
    """By whose word a version was sent."""
    is_version = told.cause == Cause.PUBLICATION
    return approved_of(told.row.approved) if is_version else None


def _again(request: PortalRequest, own: Meeting) -> HttpResponse:
    name, _, asked = request.POST.get("again", "").partition("-")
    pk = int(asked) if asked.isdecimal() and len(asked) <= _DIGITS else 0
    if name not in Cause.values or not _is_of(own, Cause(name), pk):
        raise Http404
    try:
        count = send_again(Cause(name), pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
    else:
        words = formats.counted(count, "mail sendes igen", "mails sendes igen")
        say(request, f"{words}.")
    return redirect("meetings:receivers", own.slug)


def _is_of(own: Meeting, cause: Cause, pk: int) -> bool:
    """Whether the meeting was told of this."""
    rows: Any = {
        Cause.PUBLICATION: own.publications,
        Cause.ANNOUNCEMENT: own.announcements,
        Cause.MINUTES: own.minutes,
    }[cause]
    return bool(rows.filter(pk=pk).exists())
