"""One address, two readers: who writes a catalogue gets its page; others what was sent.

Source: docs/rules.md R-105.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render

from meetings.editions.reading import own_council
from meetings.views.finding import council_asked_for
from proposals.queries.public import council_name, matching, public_list
from proposals.views.kinds import KINDS
from proposals.views.sent import newest_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from accounts.access import PortalRequest, VisitorRequest

    type View = Callable[..., HttpResponse]

PAGE: Final = "proposals/public_list.html"
# How an editor asks to see what readers see.
READER: Final = "laeser"
LONGEST: Final = 100


def is_editing(request: VisitorRequest) -> bool:
    """Whether the page of today is meant: its writers', of their own council.

    Raises:
        Http404: no council could be called what the address says.
    """
    seat = request.seat
    if not seat or not seat.may_edit or "version" in request.GET:
        return False
    if request.GET.get("som") == READER:
        return False
    return council_asked_for(request) in {"", seat.council.slug}


def or_as_sent(word: str = "") -> Callable[[View], View]:
    """Give readers what was sent at the address of an editors' page.

    Args:
        word: of the kind that the page lists, "forslag"; "" for the page of a record,
            whose address says it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def either(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            asked = cast("PortalRequest", request)
            if is_editing(asked):
                return view(asked, *args, **kwargs)
            return _list(asked, word) if word else newest_record(asked, **kwargs)

        # Not for some roles alone, as the view that it wraps.
        either.__dict__.pop("roles", None)
        return login_not_required(either)

    return decorate


def _list(request: VisitorRequest, of: str) -> HttpResponse:
    """Show everybody the records of a kind, each as it was sent last.

    Raises:
        Http404: none was.
    """
    kind, own = KINDS[of], own_council(request.seat or None)
    council = council_asked_for(request) or own
    found = public_list(council, kind.model.owner, f"proposals:{kind.model.owner}")
    if not found.rows:
        raise Http404
    words = request.GET.get("q", "")[:LONGEST].strip()
    context = {
        "of": of,
        "found": found,
        "shown": matching(found, words) if words else found,
        "words": words,
        "kkr": request.GET.get("kkr", ""),
        "may_edit": bool(request.seat and request.seat.may_edit),
    }
    if council != own:
        context["council_name"] = council_name(council)
    return render(request, PAGE, context)
