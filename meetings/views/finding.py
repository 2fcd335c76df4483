"""What an address means to whoever asks: the editors' own meeting, or what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from core.prepared import prepared, somebody
from meetings.closed.volumes import CLOSED_WORD
from meetings.editions import closed, reading, versions
from meetings.editions.withdrawn import WithdrawnError
from meetings.models import Meeting
from meetings.readthrough.standing import with_readers

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.access import VisitorRequest
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
    return _own_meeting.first(request.user.pk, request.seat.council_id, slug)


@prepared
def _own_meeting(user: int, council: int, slug: str) -> QuerySet[Meeting]:
    rows = Meeting.objects.visible_to(somebody(user))
    rows = rows.with_sections().with_sent_version().with_asked()
    own = with_readers(rows.select_related("council__deadline_rule"))
    return own.filter(council=council, slug=slug).order_by("pk")[:1]


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

    It is the open packet's, or with ``?del=lukket`` the closed one's.

    Raises:
        Http404: there is none; drafts look the same as what does not exist, and so does
            a closed packet that is not for whoever asks.
        WithdrawnError: the whole version is taken down.
    """
    return _standing(volume_or_404(request, _sent_or_404(request, slug)))


def sent_or_404(request: VisitorRequest, slug: str) -> Edition:
    """Give the same also where it is taken down: for its receipt.

    Raises:
        Http404: as :func:`published_or_404`.
    """
    return volume_or_404(request, _found_or_404(request, slug))


def refuse_closed(edition: Edition, place: str) -> None:
    """Answer for what stood at a place and is taken down.

    Raises:
        WithdrawnError: it is.
    """
    if (taken := edition.taken_at(place)) is not None:
        raise WithdrawnError(taken, edition)


def whole_or_gone(edition: Edition) -> Edition:
    """Give a version whose packet may be read, or cut into pages.

    Raises:
        WithdrawnError: something that lies in it is taken down, or struck through in it.
    """
    if edition.seal is not None:
        raise WithdrawnError(edition.seal, edition, is_whole=True)
    return edition


def file_or_gone(edition: Edition, place: str) -> None:
    """Let the file of an appendix be read.

    Raises:
        WithdrawnError: something that is taken down stands in it.
    """
    if (found := edition.sealed_files.get(place)) is not None:
        is_whole = not found.holds_for(edition.number)
        raise WithdrawnError(found, edition, is_whole=is_whole)


def packets_or_404(
    request: VisitorRequest, slug: str
) -> tuple[Edition, Edition | None]:
    """Give a sent version's open packet, and the closed one where the user may read it.

    Raises:
        Http404: as :func:`published_or_404`.
    """
    sent = _sent_or_404(request, slug)
    own = closed.for_reader(sent, request.user).closed
    if asks_for_closed(request):
        there(own)
    return sent, own


def readable_or_404(request: VisitorRequest, slug: str) -> Edition:
    """Give the same with the closed items and appendices that the reader may read.

    Raises:
        Http404: as :func:`published_or_404`.
    """
    return closed.for_reader(_sent_or_404(request, slug), request.user)


def volume_or_404(request: VisitorRequest, sent: Edition) -> Edition:
    """Give the packet of a sent version that the address names: open, or ``?del=lukket``.

    Raises:
        Http404: there is none, or it is not for whoever asks.
    """
    if not asks_for_closed(request):
        return sent
    return there(closed.for_reader(sent, request.user).closed)


def asks_for_closed(request: VisitorRequest) -> bool:
    """Whether the address names the closed packet.

    Raises:
        Http404: it names another, of which there is none.
    """
    asked = request.GET.get("del", "")
    if asked not in {"", CLOSED_WORD}:
        raise Http404
    return bool(asked)


def built_or_none(request: VisitorRequest, meeting: Meeting) -> Edition | None:
    """Give the latest packet of a meeting that the user edits: open, or ``?del=lukket``.

    Raises:
        Http404: nothing of it is closed.
    """
    if not asks_for_closed(request):
        return reading.built_edition(meeting)
    whole = closed.built_for(meeting, closed.everything)
    return there(whole.closed) if whole else None


def _sent_or_404(request: VisitorRequest, slug: str) -> Edition:
    found = _found_or_404(request, slug)
    return _standing(found)


def _standing(edition: Edition) -> Edition:
    if edition.whole_seal is not None:
        raise WithdrawnError(edition.whole_seal, edition)
    return edition


def _found_or_404(request: VisitorRequest, slug: str) -> Edition:
    kkr, version = council_asked_for(request), _version_asked_for(request)
    own = reading.own_council(request.seat or None)
    found = versions.sent_edition(slug, request.user, own, kkr=kkr, version=version)
    if found is None:
        raise Http404
    return found


def edition_or_404(request: VisitorRequest, slug: str) -> Edition:
    """Give the packet that the user reads: editors their latest, others what is published.

    It is the open one, or with ``?del=lukket`` the closed one.

    Raises:
        Http404: there is nothing to read.
    """
    meeting = own_meeting(request, slug)
    if meeting is None:
        return published_or_404(request, slug)
    return there(built_or_none(request, meeting))


def readable_edition_or_404(request: VisitorRequest, slug: str) -> Edition:
    """Give the same with the closed appendices that the user may read.

    Raises:
        Http404: there is nothing to read.
    """
    meeting = own_meeting(request, slug)
    if meeting is None:
        return readable_or_404(request, slug)
    return there(closed.built_for(meeting, closed.everything))


def there(found: Edition | None) -> Edition:
    """Give what was found.

    Raises:
        Http404: nothing was.
    """
    if found is None:
        raise Http404
    return found
