"""Downloads of a sent version: everything, what is chosen, and tables as data."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.tries import may_ask
from core.file_names import file_name
from core.zipped import stream
from meetings.addresses import address
from meetings.choices import PaperKind
from meetings.exports.bundle import bundle
from meetings.exports.cover import cover_of
from meetings.exports.everything import leading_to
from meetings.exports.tables import as_csv, as_json
from meetings.models import Minutes
from meetings.models.taken import closing_minutes
from meetings.receipts.receipt import grouped, receipt_of
from meetings.views.files import cut, guarded, send_paper
from meetings.views.finding import (
    published_or_404,
    readable_edition_or_404,
    refuse_closed,
    whole_or_gone,
)

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from accounts.access import VisitorRequest
    from meetings.editions.edition import Edition, Part

PAGE: Final = "meetings/downloads.html"
# Cutting pages out takes the server a second.
RATE: Final = "30/m/ip"
ROUTES: Final = {"pdf": "selection", "zip": "bundle"}


def _chosen(request: VisitorRequest, edition: Edition) -> tuple[Part, ...]:
    """Give the appendices that the address names, by themselves or by their item.

    Raises:
        Http404: one of them is not in this version.
    """
    items = {part.item.slug for part in edition.parts}
    asked, by_item = request.GET.getlist("bilag"), request.GET.getlist("punkt")
    if not (set(asked) <= set(edition.by_slug) and set(by_item) <= items):
        raise Http404
    return tuple(
        part
        for part in edition.parts
        if part.appendix.slug in asked or part.item.slug in by_item
    )


@require_safe
@login_not_required
def downloads(request: VisitorRequest, slug: str) -> HttpResponse:
    """Offer all that can be fetched; with ``?som=`` lead to what was chosen."""
    edition = whole_or_gone(published_or_404(request, slug))
    chosen, route = _chosen(request, edition), ROUTES.get(request.GET.get("som", ""))
    if route and chosen:
        names = urlencode([("bilag", part.appendix.slug) for part in chosen])
        leads_to = address(route, edition)
        return redirect(f"{leads_to}{'&' if '?' in leads_to else '?'}{names}")
    context = {
        "edition": edition,
        "council_name": edition.agenda.council,
        "groups": [
            (item, edition.parts_of(item))
            for item in edition.agenda.items
            if edition.parts_of(item)
        ],
        "chosen": {part.appendix.slug for part in chosen},
        **_minutes(request, edition),
        "error": "Vælg mindst ét bilag." if route else "",
    }
    return render(request, PAGE, context, status=422 if route else 200)


def _minutes(request: VisitorRequest, edition: Edition) -> dict[str, object]:
    """Give the approved minutes that the reader may fetch, with their checksum: 1 query."""
    rows = (
        Minutes.objects.visible_to(request.user)
        .latest()
        .filter(meeting__slug=edition.slug, meeting__council__slug=edition.council_slug)
    )
    rows = rows.exclude(Exists(closing_minutes())).select_related("paper")
    found = None if edition.volume else rows.first()
    if found is None:
        return {"minutes": None}
    return {"minutes": found, "minutes_checksum": grouped(found.paper.file)}


@require_safe
@login_not_required
def selection(request: VisitorRequest, slug: str) -> HttpResponseBase:
    """Download some appendices as one PDF, each page as it lies in the packet."""
    edition = whole_or_gone(published_or_404(request, slug))
    chosen = _chosen(request, edition)
    if not chosen:
        raise Http404
    if not may_ask(request, "selection", RATE):
        words = "Der er hentet mange udvalg herfra. Vent et minut, og prøv igen."
        return HttpResponse(words, "text/plain; charset=utf-8", 429)
    words = ", ".join(part.appendix.label for part in chosen)
    sheets = [
        at for part in chosen for at in range(part.first_page, part.last_page + 1)
    ]
    labels = tuple(edition.label(at) for at in sheets)
    title = f"{words}, {edition.agenda.council}, møde {edition.day}, version {edition.number}"
    content = cut(edition.file, tuple(sheets), labels, title, cover_of(edition, chosen))
    answer = FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=file_name(_name(edition, "udvalgte bilag"), "pdf"),
        content_type="application/pdf",
    )
    return guarded(answer, is_public=edition.is_public)


def _name(edition: Edition, what: str) -> str:
    lead = "lukket, " if edition.volume else ""
    return (
        f"{edition.agenda.council} {edition.slug} {lead}{what} version {edition.number}"
    )


@require_safe
@login_not_required
def bundle_file(request: VisitorRequest, slug: str) -> HttpResponseBase:
    """Download everything, or what is chosen, as a zip.

    Everything was made once; what is chosen, and a closed packet's, is made as it is sent.

    Raises:
        Http404: everything is not made yet.
    """
    edition = whole_or_gone(published_or_404(request, slug))
    chosen = _chosen(request, edition)
    if not chosen and not edition.volume:
        made = edition.papers.get(PaperKind.BUNDLE)
        if made is None:
            raise Http404
        name, is_public = _name(edition, "alt"), edition.is_public
        return send_paper(
            request, made["file"], name, is_public=is_public, ending="zip"
        )
    receipt = receipt_of(edition, request.user)
    entries = bundle(edition, receipt, leading_to(edition), chosen)
    answer = StreamingHttpResponse(stream(entries), content_type="application/zip")
    what = "udvalgte bilag" if chosen else "alle bilag"
    name = file_name(_name(edition, what), "zip")
    answer["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003
    return guarded(answer, is_public=edition.is_public)


def _generated_or_404(
    request: VisitorRequest, slug: str, bilag: str
) -> tuple[Edition, Part]:
    edition = readable_edition_or_404(request, slug)
    part = edition.by_slug.get(bilag)
    if part is None:
        refuse_closed(edition, bilag)
    if part is None or not part.document:
        raise Http404
    return replace(edition, is_public=edition.is_public and not part.is_closed), part


@require_safe
@login_not_required
def table_file(request: VisitorRequest, slug: str, bilag: str) -> HttpResponseBase:
    """Download a generated appendix as CSV."""
    edition, part = _generated_or_404(request, slug, bilag)
    answer = FileResponse(
        io.BytesIO(as_csv(part)),
        as_attachment=True,
        filename=file_name(f"{part.appendix.label} {part.appendix.title}", "csv"),
        content_type="text/csv; charset=utf-8",
    )
    return guarded(answer, is_public=edition.is_published and edition.is_public)


@require_safe
@login_not_required
def data(request: VisitorRequest, slug: str, bilag: str) -> HttpResponseBase:
    """Give a generated appendix as JSON."""
    edition, part = _generated_or_404(request, slug, bilag)
    here = leading_to(edition)
    found = as_json(
        edition, part, lambda *route: request.build_absolute_uri(here(*route))
    )
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})
