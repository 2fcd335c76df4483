"""What an address means to whoever asks: the editors' own meeting, or what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404

from meetings import reading
from meetings.changes.versions import editions, sent_versions
from meetings.models import Meeting

if TYPE_CHECKING:
    from accounts.access import VisitorRequest
    from accounts.models import User
    from meetings.reading import Edition


def council_asked_for(request: VisitorRequest) -> str:
    """Give the council whose meeting the address says it is: a slug, "" if it does not.

    Raises:
        Http404: no council could be called so.
    """
    asked = request.GET.get("kkr", "")
    if not asked.isprintable():
        raise Http404
    return asked


def own_meeting(request: VisitorRequest, slug: str) -> Meeting | None:
    """Give the meeting if the user edits it from the chosen seat, with its sections: 1 query.

    None also where the address says that another council's is meant.
    """
    if not request.seat or not request.seat.may_edit:
        return None
    if council_asked_for(request) not in {"", request.seat.council.slug}:
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
    kkr = council_asked_for(request)
    found = reading.published_edition(slug, request.user, request.seat or None, kkr)
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


def asked_edition_or_404(request: VisitorRequest, slug: str) -> Edition:
    """Give the sent version that ``?version=`` names, else what the user reads.

    Raises:
        Http404: there is no such version, or nothing to read.
    """
    asked = request.GET.get("version")
    if asked is None:
        return edition_or_404(request, slug)
    seat = request.seat or None
    kkr = council_asked_for(request)
    found = [
        version
        for version in sent_versions(slug, request.user, seat, kkr)
        if str(version.number) == asked
    ]
    if not found:
        raise Http404
    (edition,) = editions(found, request.user, seat).values()
    return edition
