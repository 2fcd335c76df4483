"""What an address means to whoever asks: the editors' own meeting, or what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404

from meetings import reading
from meetings.models import Meeting

if TYPE_CHECKING:
    from accounts.access import VisitorRequest
    from accounts.models import User
    from meetings.reading import Edition


def own_meeting(request: VisitorRequest, slug: str) -> Meeting | None:
    """Give the meeting if the user edits it from the chosen seat, with its sections: 1 query."""
    if not request.seat or not request.seat.may_edit:
        return None
    user = cast("User", request.user)
    rows = Meeting.objects.visible_to(user).with_sections()
    rows = rows.select_related("council")
    return rows.filter(council=request.seat.council, slug=slug).first()


def own_meeting_or_404(request: VisitorRequest, slug: str) -> Meeting:
    """Give the meeting that the user edits.

    Raises:
        Http404: there is none, or it is not the user's.
    """
    meeting = own_meeting(request, slug)
    if meeting is None:
        raise Http404
    return meeting


def published_or_404(request: VisitorRequest, slug: str) -> Edition:
    """Give the meeting as it was published.

    Raises:
        Http404: it is not; drafts look the same as what does not exist.
    """
    found = reading.published_edition(slug, request.user, request.seat or None)
    if found is None:
        raise Http404
    return found


def edition_or_404(request: VisitorRequest, slug: str) -> Edition:
    """Give what the user reads: editors their latest packet, others what is published.

    Raises:
        Http404: there is nothing to read.
    """
    meeting = own_meeting(request, slug)
    if meeting is None:
        return published_or_404(request, slug)
    found = reading.built_edition(meeting)
    if found is None:
        raise Http404
    return found
