"""A reader says to have read a version, or takes it back; nothing notes it unasked.

Source: docs/rules.md R-62.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from core.asked import asked_by
from core.notices import Undo, say
from meetings.addresses import address
from meetings.editions.versions import sent_row
from meetings.services.last_read import forget_read, note_read
from meetings.views.finding import published_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.editions.edition import Edition

HOME = "forsiden"


@require_POST
def last_read(request: PortalRequest, slug: str) -> HttpResponse:
    """Keep that the user has read the version of the address, or with ``forget`` nothing.

    Raises:
        Http404: there is no such version for the user.
    """
    edition = published_or_404(request, slug)
    meeting = sent_row(edition, request.user)
    if meeting is None:
        raise Http404
    return _said(request, edition, meeting)


@asked_by("read", "ja", unless="forget")
def _said(request: PortalRequest, edition: Edition, meeting: int) -> HttpResponse:
    version = f"version\N{NO-BREAK SPACE}{edition.number}"
    if "forget" in request.POST:
        forget_read(meeting, by=request.user)
        say(request, "Portalen husker ikke længere, hvad du har læst af mødet.")
    else:
        note_read(meeting, number=edition.number, by=request.user)
        undo = Undo(request.get_full_path(), "Glem det", {"forget": "ja"})
        words = (
            f"Du har læst {version}. Når der kommer en ny, ser du, hvad der er ændret."
        )
        say(request, f"{words} Kun du kan se det.", undo=undo)
    if request.POST.get("tilbage") == HOME:
        return redirect("home")
    return redirect(address("public", edition))
