"""The page of a municipality: the director's own, and those of the others to read.

Source: docs/rules.md R-150.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import seats_only
from accounts.choices import Role
from core.htmx import render_hx, wants_partial
from documents.inlines import Place
from documents.prints import printed
from meetings.municipality.page import Choice, municipal_page
from meetings.municipality.paper import parts_of
from meetings.municipality.printing import ask, order_of, state_of
from meetings.municipality.shown import shown
from meetings.views.files import send_paper

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.municipality.page import MunicipalPage

PAGE = "meetings/municipality.html"
READERS = (Role.SECRETARIAT, Role.CHIEF, Role.DIRECTOR, Role.MEMBER, Role.REPORTER)
SORTS = frozenset({"", "indbyggere", "andel"})
readers_only = seats_only(*READERS)


def _choice(request: PortalRequest) -> Choice:
    """Read what the address chooses.

    Raises:
        Http404: it is none of what can be chosen.
    """
    every, sort = request.GET.get("alle", ""), request.GET.get("sorter", "")
    if every not in {"", "1"} or sort not in SORTS:
        raise Http404
    return Choice(bool(every), sort)


def _page(request: PortalRequest, name: str | None) -> MunicipalPage:
    page = municipal_page(request.user, request.seat, name, _choice(request))
    if page is None:
        raise Http404
    return page


def _query(page: MunicipalPage, **more: str) -> str:
    query = {"alle": "1" if page.choice.shows_all else "", "sorter": page.choice.sort}
    whole = {name: value for name, value in {**query, **more}.items() if value}
    return reverse("municipality", args=[page.slug], query=whole or None)


@require_http_methods(["GET", "HEAD", "POST"])
@seats_only(Role.DIRECTOR)
def own_municipality(request: PortalRequest) -> HttpResponse:
    """Show the page of the municipality that the user speaks for; a POST prints it."""
    return _show(request, _page(request, None))


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def municipality(request: PortalRequest, place: str) -> HttpResponse:
    """Show the page of a municipality of the council; a POST prints it."""
    return _show(request, _page(request, place))


def _show(request: PortalRequest, page: MunicipalPage) -> HttpResponse:
    is_asked = request.method == "POST" or "lavet" in request.GET
    if request.method == "POST":
        ask(page)
        if not wants_partial(request):
            return redirect(f"{_query(page, lavet='1')}#pdf")
    context = {
        "page": page,
        "parts": [shown(part) for part in parts_of(page)],
        "place": Place("page", 2),
        "state": state_of(order_of(page)) if is_asked else None,
        "own_url": _query(page),
        "made_url": _query(page, lavet="1"),
        "file_url": _file(page),
    }
    return render_hx(request, PAGE, "pdf", context)


def _file(page: MunicipalPage) -> str:
    own, mark, query = _query(page).partition("?")
    return f"{own.rstrip('/')}.pdf{mark}{query}"


@require_safe
@readers_only
def municipality_file(request: PortalRequest, place: str) -> HttpResponse:
    """Download the page as a PDF.

    Raises:
        Http404: it is not made yet, or not of what the page says now.
    """
    page = _page(request, place)
    row = printed(order_of(page).digest)
    if row is None:
        raise Http404
    answer = send_paper(request, row.file, page.title, is_public=False)
    return cast("HttpResponse", answer)
