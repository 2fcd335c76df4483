"""Files that leave the portal: the packet, each appendix, pictures of pages.

The file's name in storage never leaves; what is sent is found through an edition that
the asker may read.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from documents.storage import files
from meetings import reading
from meetings.views.finding import edition_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from accounts.access import VisitorRequest
    from meetings.reading import Edition


@require_safe
@login_not_required
def packet_file(request: VisitorRequest, slug: str) -> HttpResponseBase:
    """Download the whole packet."""
    edition = edition_or_404(request, slug)
    name = f"{edition.agenda.council} {edition.agenda.slug} Bilagspakke"
    return _send(request, edition, edition.file, name)


@require_safe
@login_not_required
def appendix_file(request: VisitorRequest, slug: str, bilag: str) -> HttpResponseBase:
    """Download one appendix as it lies in the packet."""
    edition = edition_or_404(request, slug)
    part = edition.by_slug.get(bilag)
    if part is None:
        raise Http404
    name = f"{part.appendix.label} {part.appendix.title}"
    return _send(request, edition, part.file, name)


@require_safe
@login_not_required
def page_picture(request: VisitorRequest, slug: str, page: int) -> HttpResponseBase:
    """Show one page of the packet as a picture."""
    edition = edition_or_404(request, slug)
    picture = reading.picture(edition, page)
    if picture is None:
        raise Http404
    return _send(request, edition, picture.file, "")


def _send(
    request: VisitorRequest, edition: Edition, name: str, shown_as: str
) -> HttpResponseBase:
    """Send a stored file; ``shown_as`` is a PDF's title for the reader, "" for a picture."""
    etag = f'"{hashlib.sha256(f"etag {name}".encode()).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        opened = files().open(name)
        kind = "application/pdf" if shown_as else "image/png"
        answer = cast(
            "HttpResponse",
            FileResponse(
                opened,
                as_attachment=bool(shown_as),
                filename=_safe(shown_as) or "side.png",
                content_type=kind,
            ),
        )
    answer["ETag"] = etag
    answer["Cache-Control"] = (
        "public, no-cache" if edition.is_published else "no-store, private"
    )
    # A file is nobody's page: it may neither run anything nor reach this site.
    answer._csp_config = {**settings.SECURE_CSP, "sandbox": True}  # type: ignore[attr-defined]  # noqa: SLF001
    return answer


def _safe(name: str) -> str:
    """Give a PDF's name that every file system takes: no separators, no control marks."""
    if not name:
        return ""
    kept = "".join(" " if char in '/\\:*?"<>|' else char for char in name)
    shown = " ".join("".join(c for c in kept if c.isprintable()).split())
    return f"{shown}.pdf"
