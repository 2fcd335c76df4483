"""What a sent meeting says of one's own municipality, as a page and as its pages alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.tries import may_ask
from core.file_names import file_name
from meetings.editions.municipal import concerns, sheets_of
from meetings.views.exports import RATE
from meetings.views.files import cut, guarded
from meetings.views.finding import published_or_404, whole_or_gone

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from accounts.access import VisitorRequest
    from meetings.editions.edition import Edition
    from meetings.editions.municipal import Concern

PAGE = "meetings/municipal.html"


def _found_or_404(
    request: VisitorRequest, slug: str
) -> tuple[str, Edition, tuple[Concern, ...]]:
    """Give the municipality, the open version, and what that says of it.

    Raises:
        Http404: the user speaks for no municipality, or nothing is sent.
    """
    place = request.seat.municipality if request.seat else None
    edition = published_or_404(request, slug)
    if place is None or edition.volume:
        raise Http404
    return place.name, edition, concerns(edition, place.name)


@require_safe
def municipal(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show what concerns the user's municipality, each with its pages."""
    name, edition, found = _found_or_404(request, slug)
    context = {
        "edition": edition,
        "council_name": edition.agenda.council,
        "place": name,
        "concerns": found,
        "page_count": len(sheets_of(found)),
    }
    return render(request, PAGE, context)


@require_safe
def municipal_file(request: VisitorRequest, slug: str) -> HttpResponseBase:
    """Download those pages as one PDF, each as it lies in the packet."""
    name, edition, found = _found_or_404(request, slug)
    whole_or_gone(edition)
    sheets = sheets_of(found)
    if not sheets:
        raise Http404
    if not may_ask(request, "selection", RATE):
        words = "Der er hentet mange udvalg herfra. Vent et minut, og prøv igen."
        return HttpResponse(words, "text/plain; charset=utf-8", 429)
    labels = tuple(edition.label(at) for at in sheets)
    council, version = edition.agenda.council, f"version {edition.number}"
    title = f"Det, der nævner {name}, {council}, møde {edition.day}, {version}"
    content = cut(edition.file, sheets, labels, title)
    answer = FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=file_name(f"{council} {edition.slug} {name} {version}", "pdf"),
        content_type="application/pdf",
    )
    return guarded(answer, is_public=False)
