"""What changed since a version was sent, as a page and as the changed pages alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from meetings.addresses import address
from meetings.editions.withdrawn import WithdrawnError
from meetings.packets.changes.versions import (
    changes_between,
    editions,
    known_of,
    sent_versions,
)
from meetings.packets.changes.words import page_words, verdict_words
from meetings.views.finding import built_or_none, council_asked_for, volume_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import VisitorRequest
    from meetings.editions.edition import Edition
    from meetings.models import Publication

# What the address says in place of a version's number: the latest built packet.
TODAY = "i-dag"
_DIGITS = 5


@dataclass(frozen=True)
class Pair:
    """Two versions of one meeting, the older first.

    Attributes:
        versions: every sent one, the latest first.
        new: what the older one is compared with; None where there is nothing.
        is_today: ``new`` is the latest built packet, which only its editors see.
        asked: what the address asked for, "1" and "2" or "i-dag".
        refusal: a Danish sentence, "" when all is well.
    """

    versions: tuple[Publication, ...]
    old: Edition
    new: Edition | None
    is_today: bool
    may_see_today: bool
    asked: tuple[str, str]
    refusal: str = ""


@require_safe
@login_not_required
def changes(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show what differs between two versions: sent ones, or for editors also today's."""
    pair = pair_or_404(request, slug)
    first, last = pair.asked
    if pair.new is None:
        return render(request, "meetings/changes_none.html", _of(pair))
    if not pair.refusal and _place(first) > _place(last):
        return redirect(address("changes", pair.old, fra=last, til=first))
    found = changes_between(pair.old, pair.new, known_of(pair.old, pair.new))
    context = _of(pair) | {
        "changes": found,
        "verdict": verdict_words(found),
        "page_words": page_words(found.pages),
    }
    status = 422 if pair.refusal else 200
    return render(request, "meetings/changes.html", context, status=status)


def pair_or_404(request: VisitorRequest, slug: str) -> Pair:
    """Give the two versions that the address asks for: by default the last two sent.

    Raises:
        Http404: nothing is sent, or not the version that is asked for.
        WithdrawnError: one of them is closed.
    """
    seat = request.seat or None
    kkr = council_asked_for(request)
    versions = sent_versions(slug, request.user, seat, kkr)
    if not versions:
        raise Http404
    meeting, latest = versions[0].meeting, versions[0].number
    sees_today = bool(seat and seat.may_edit and seat.council_id == meeting.council_id)
    asked = _asked(request, latest, sees_today=sees_today)
    numbers = {_number(name) for name in asked if name != TODAY}
    chosen = [version for version in versions if version.number in numbers]
    if len(chosen) < len(numbers) or (TODAY in asked and not sees_today):
        raise Http404
    found = {
        number: volume_or_404(request, edition)
        for number, edition in editions(chosen, request.user, seat).items()
    }
    old = found[min(numbers)]
    new = found[max(numbers)] if len(numbers) > 1 else None
    for edition in filter(None, (old, new)):
        if edition.whole_seal is not None:
            raise WithdrawnError(edition.whole_seal, edition)
    if TODAY in asked and len(numbers) == 1:
        new = built_or_none(request, meeting)
    refusal = ""
    if asked[0] == asked[1] and "fra" in request.GET:
        refusal, new = "Vælg to forskellige versioner.", old
    return Pair(versions, old, new, TODAY in asked, sees_today, asked, refusal)


def _asked(
    request: VisitorRequest, latest: int, *, sees_today: bool
) -> tuple[str, str]:
    """Read the address; what it leaves out is the latest version and the one before."""
    is_first = latest == 1 and sees_today
    to = request.GET.get("til", TODAY if is_first else str(latest))
    before = latest if to == TODAY else max(_number(to) - 1, 1)
    return request.GET.get("fra", str(before)), to


def _number(name: str) -> int:
    """Give a version's number.

    Raises:
        Http404: it is none.
    """
    if not (name.isascii() and name.isdecimal() and len(name) < _DIGITS):
        raise Http404
    return int(name)


def _place(name: str) -> float:
    return float("inf") if name == TODAY else _number(name)


def _of(pair: Pair) -> dict[str, object]:
    return {
        "pair": pair,
        "old": pair.old,
        "new": pair.new,
        "edition": pair.new or pair.old,
        "council_name": pair.old.agenda.council,
    }
