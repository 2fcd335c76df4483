"""What an address means to whoever asks: the editors' own meeting, or what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404

from meetings.editions import reading, versions
from meetings.models import Meeting

if TYPE_CHECKING:
    from accounts.access import VisitorRequest
    from accounts.models import User
    from meetings.editions.edition import Edition

_DIGITS = 4


def council_asked_for(request: VisitorRequest) -> str:
    """Give the council whose meeting the address says it is: a slug, "" if it does not.

    Raises:
        Http404: no council could be called so.
    """
    asked = request.GET.get("kkr", "")
    if not asked.isprintable():
        raise Http404
    return asked


def _version_asked_for(request: VisitorRequest) -> int | None:
    """Give the sent version that the address names; None if it names none.

    Raises:
        Http404: it is not a number.
    """
    asked = request.GET.get("version")
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= _DIGITS):
        raise Http404
    return int(asked)


def own_meeting(request: VisitorRequest, slug: str) -> Meeting | None:
    """Give the meeting if the user edits it from the chosen seat, with its sections: 1 query.

    None also where the address says that another council's is meant, or a version that
    was sent: that is read as everybody reads it.
    """
    if not request.seat or not request.seat.may_edit or "version" in request.GET:
        return None
    if council_asked_for(request) not in {"", request.seat.council.slug}:
        return None
    user = cast("User", request.user)
    rows = Meeting.objects.visible_to(user).with_sections().with_sent_version()
    rows = rows.with_asked()
    rows = rows.select_related("council__deadline_rule")
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
    """Give the meeting as it was sent: the newest version, or the one that is asked for.

    Raises:
        Http404: there is none; drafts look the same as what does not exist.
    """
    kkr, version = council_asked_for(request), _version_asked_for(request)
    own = reading.own_council(request.seat or None)
    found = versions.sent_edition(slug, request.user, own, kkr=kkr, version=version)
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
