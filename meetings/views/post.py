"""Who gets a version by mail: before it is sent, and how it went afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core import formats
from core.errors import RuleViolationError
from core.notices import say, warn
from meetings.editions.reading import latest_built
from meetings.packets.approved import approved_of
from meetings.post.receivers import receivers
from meetings.post.words import next_words, sent_words
from meetings.services.post import send_again
from meetings.views.finding import own_meeting_or_404

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import Letter, Meeting, Publication
    from meetings.packets.approved import Approved
    from meetings.post.words import Words

PAGE = "meetings/receivers.html"
_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Told:
    """One version that was sent: to whom, by whose word, and the mail they got."""

    row: Publication
    words: Words | None

    @property
    def letters(self) -> list[Letter]:
        """The mails, in the order of the list."""
        return list(self.row.letters.all())

    @property
    def failed(self) -> int:
        """How many of them were tried in vain."""
        return sum(letter.may_go_again for letter in self.letters)

    @property
    def approved(self) -> Approved | None:
        """By whose word it was sent."""
        return approved_of(self.row.approved)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def receivers_page(request: PortalRequest, slug: str) -> HttpResponse:
    """Show who is written to, and who was; a POST tries again what failed."""
    own = own_meeting_or_404(request, slug)
    if request.method == "POST":
        return _again(request, own)
    sent = _sent(own)
    packet = latest_built(own)
    is_new = packet is not None and packet.version > (sent[0].number if sent else 0)
    before = sent[0] if sent else None
    context = {
        "meeting": own,
        "version": packet.version if packet is not None and is_new else 0,
        "receivers": receivers(own),
        "words": next_words(own, packet, before) if packet and is_new else None,
        "sent": list(_told(sent)),
    }
    return render(request, PAGE, context)


def _sent(own: Meeting) -> list[Publication]:
    """Read the versions with their mails, the latest first: two queries."""
    large = ("numbers", "labels", "findings", "reasons", "made_with")
    rows = own.publications.with_withdrawals().defer(*large).order_by("-number")
    found = list(rows.prefetch_related("letters"))
    for row in found:
        row.meeting = own
    return found


def _told(sent: list[Publication]) -> Iterator[Told]:
    before: list[Any] = [*(row.agenda for row in sent[1:]), None]
    for row, agenda in zip(sent, before, strict=False):
        known: Any = row
        known.before = agenda
        yield Told(row, sent_words(row))


def _again(request: PortalRequest, own: Meeting) -> HttpResponse:
    asked = request.POST.get("again", "")
    pk = int(asked) if asked.isdecimal() and len(asked) <= _DIGITS else 0
    row = own.publications.filter(pk=pk).first()
    if row is None:
        raise Http404
    try:
        count = send_again(row.pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
    else:
        words = formats.counted(count, "mail sendes igen", "mails sendes igen")
        say(request, f"{words}.")
    return redirect("meetings:receivers", own.slug)
