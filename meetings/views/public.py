"""What everybody may read: published meetings, their items and appendices.

Made of publication rows and of nothing else. What a draft holds answers as what does not
exist; only an appendix is shown to its editors as their latest packet has it.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents import codec
from documents.page import html_of
from meetings import reading
from meetings.views.finding import edition_or_404, published_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from accounts.access import VisitorRequest
    from meetings.reading import Edition

ROWS = 20


@require_safe
@login_not_required
def published_list(request: VisitorRequest) -> HttpResponse:
    """List the published meetings of all councils, the latest first."""
    found = Paginator(reading.published_rows(request.user), ROWS)
    page = found.get_page(request.GET.get("side"))
    own = reading.own_council(request.seat or None)
    rows = [reading.as_row(row, own) for row in page.object_list]
    context = {"page": page, "rows": rows}
    return render(request, "meetings/public_list.html", context)


@require_safe
@login_not_required
def published_meeting(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show a meeting as it was published, to everybody alike."""
    edition = published_or_404(request, slug)
    context = {"edition": edition, "readability": _readability(edition)}
    return render(request, "meetings/public_meeting.html", context)


@require_safe
@login_not_required
def published_item(request: VisitorRequest, slug: str, number: str) -> HttpResponse:
    """Show one item with all its texts as they were published."""
    edition = published_or_404(request, slug)
    item = edition.item(number)
    if item is None:
        raise Http404
    context = {"edition": edition, "item": item, "parts": edition.parts_of(item)}
    return render(request, "meetings/public_item.html", context)


@require_safe
@login_not_required
def appendix_page(request: VisitorRequest, slug: str, bilag: str) -> HttpResponse:
    """Show an appendix as a page: its Document, or what is known of a file."""
    edition = edition_or_404(request, slug)
    part = edition.by_slug.get(bilag)
    if part is None:
        raise Http404
    context: dict[str, object] = {"edition": edition, "part": part}
    if not part.document:
        return render(request, "meetings/public_file.html", context)
    context["body"] = _body(part.document, tuple(part.pages.items()))
    return render(request, "meetings/public_document.html", context)


@lru_cache(maxsize=32)
def _body(document: str, pages: tuple[tuple[str, int], ...]) -> SafeString:
    """Write a stored Document as a page; what is stored never changes, so neither does this."""
    return html_of(codec.loads(document), dict(pages))


def _readability(edition: Edition) -> dict[str, int]:
    """How many appendices can be read aloud, in part, or not; and how many are files."""
    levels = Counter(part.appendix.readability[0] for part in edition.parts)
    files = sum(not part.appendix.is_generated for part in edition.parts)
    return {name: levels[name] for name in ("ok", "partial", "none")} | {"files": files}
