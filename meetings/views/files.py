"""Files that leave the portal: the packet, each appendix, pictures of pages.

The file's name in storage never leaves; what is sent is found through an edition that
the asker may read.
"""

from __future__ import annotations

import hashlib
import io
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core.file_names import file_name
from documents import codec
from documents.fonts import fonts_folder
from documents.foreign import path_of
from documents.joining.excerpt import excerpt
from documents.storage import files
from documents.tree import Picture, walk
from meetings.editions import closed, reading, versions
from meetings.editions.withdrawn import WithdrawnError
from meetings.models import Publication
from meetings.packets.changes.versions import changes_between, known_of
from meetings.packets.outdated import SUFFIX, is_outdated_draft, said_on_paper
from meetings.views.changes import pair_or_404
from meetings.views.finding import (
    edition_or_404,
    file_or_gone,
    own_meeting,
    readable_edition_or_404,
    refuse_closed,
    whole_or_gone,
)
from meetings.views.public import gone_or_404

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse, HttpResponseBase

    from accounts.access import VisitorRequest
    from documents.joining.cover import Cover
    from meetings.editions.edition import Edition


@require_safe
@login_not_required
def packet_file(request: VisitorRequest, slug: str) -> HttpResponseBase:
    """Download the whole packet."""
    edition = whole_or_gone(edition_or_404(request, slug))
    what = "Lukket bilagspakke" if edition.volume else "Bilagspakke"
    name = f"{edition.agenda.council} {edition.agenda.slug} {what}"
    if edition.version:
        name = f"{name} version {edition.version}"
    if is_old_draft(request, slug, edition):
        return send_old_draft(edition, edition.file, name)
    return send_file(request, edition, edition.file, name)


@require_safe
@login_not_required
def appendix_file(request: VisitorRequest, slug: str, bilag: str) -> HttpResponseBase:
    """Download one appendix as it lies in the packet.

    In place of one that was sent and is out of it, 404 comes with where it stood.
    """
    edition = readable_edition_or_404(request, slug)
    part = edition.by_slug.get(bilag)
    if part is None:
        refuse_closed(edition, bilag)
        gone = versions.gone_appendix(edition, request.user, bilag)
        return gone_or_404(request, edition, gone, status=404)
    file_or_gone(edition, bilag)
    name = f"{part.appendix.label} {part.appendix.title}"
    if is_old_draft(request, slug, edition):
        return send_old_draft(edition, part.file, name)
    of = replace(edition, is_public=edition.is_public and not part.is_closed)
    return send_file(request, of, part.file, name)


@require_safe
@login_not_required
def appendix_picture(
    request: VisitorRequest, slug: str, bilag: str, name: str
) -> HttpResponseBase:
    """Show a picture that stands in an appendix the user may read, in any version of it."""
    file, _, ending = name.partition(".")
    for edition in _editions(request, slug):
        part = edition.by_slug.get(bilag)
        if part is None or not part.document or file not in part.document:
            continue
        if (file, ending) in pictures_in(part.document):
            kind = f"image/{ending}"
            of = replace(edition, is_public=edition.is_public and not part.is_closed)
            return send_file(request, of, file, "", kind)
    raise Http404


def _editions(request: VisitorRequest, slug: str) -> Iterator[Edition]:
    """Give what the user may read of the meetings of a day, what holds first."""
    with suppress(Http404, WithdrawnError):
        yield readable_edition_or_404(request, slug)
    rows = Publication.objects.visible_to(request.user).filter(meeting__slug=slug)
    for row in rows.select_related("meeting__council").order_by("-number"):
        sent = reading.of_publication(row)
        if sent.whole_seal is None:
            yield closed.for_reader(sent, request.user)


@lru_cache(maxsize=32)
def pictures_in(document: str) -> frozenset[tuple[str, str]]:
    """Give name and format of the pictures in a stored Document."""
    found = (b for _, section in walk(codec.loads(document)) for b in section.blocks)
    return frozenset((b.file, b.format) for b in found if isinstance(b, Picture))


@require_safe
@login_not_required
def page_picture(request: VisitorRequest, slug: str, page: int) -> HttpResponseBase:
    """Show one page of the packet as a picture."""
    edition = whole_or_gone(edition_or_404(request, slug))
    picture = reading.picture(edition, page, request.GET.get("v", ""))
    if picture is None:
        raise Http404
    return send_file(request, edition, picture.file, "")


@require_safe
@login_not_required
def changes_file(request: VisitorRequest, slug: str) -> HttpResponseBase:
    """Download only the pages that differ between two versions."""
    pair = pair_or_404(request, slug)
    if pair.new is None:
        raise Http404
    of = whole_or_gone(pair.new)
    found = changes_between(pair.old, pair.new, known_of(pair.old, pair.new))
    sheets = found.pages.sheets
    if not sheets:
        raise Http404
    name = f"{of.agenda.council} {of.agenda.slug} Ændrede sider"
    labels = tuple(of.label(sheet) for sheet in sheets)
    title = f"Ændrede sider siden version {pair.old.number}, {of.agenda.council}, møde {of.day}"
    content = cut(of.file, sheets, labels, title)
    answer = FileResponse(
        io.BytesIO(content), as_attachment=True, filename=file_name(name, "pdf"),
        content_type="application/pdf",
    )  # fmt: skip
    return guarded(
        answer, is_public=of.is_published and of.is_public and not pair.is_today
    )


@lru_cache(maxsize=4)
def cut(
    name: str,
    sheets: tuple[int, ...],
    labels: tuple[str, ...],
    title: str,
    cover: Cover | None = None,
) -> bytes:
    """Cut pages out of a stored packet; what is stored never changes, so neither does this."""
    return excerpt(
        path_of(name),
        sheets,
        labels=labels,
        title=title,
        cover=cover,
        fonts=fonts_folder(),
    )


def send_file(
    request: VisitorRequest,
    edition: Edition,
    name: str,
    shown_as: str,
    picture: str = "image/png",
) -> HttpResponseBase:
    """Send a stored file; ``shown_as`` is a PDF's title for the reader, "" for a picture."""
    etag = f'"{hashlib.sha256(f"etag {name}".encode()).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        opened = files().open(name)
        kind = "application/pdf" if shown_as else picture
        answer = cast(
            "HttpResponse",
            FileResponse(
                opened,
                as_attachment=bool(shown_as),
                filename=file_name(shown_as, "pdf") if shown_as else "side.png",
                content_type=kind,
            ),
        )
    answer["ETag"] = etag
    return guarded(answer, is_public=edition.is_published and edition.is_public)


def is_old_draft(request: VisitorRequest, slug: str, edition: Edition) -> bool:
    """Whether an editor fetches a draft that the records have left behind."""
    if edition.number:
        return False
    meeting = own_meeting(request, slug)
    return meeting is not None and is_outdated_draft(meeting, edition)


def send_old_draft(edition: Edition, name: str, shown_as: str) -> HttpResponseBase:
    """Send a PDF whose name and pages say that it is a draft, and outdated."""
    answer = FileResponse(
        io.BytesIO(said_on_paper(name, edition)),
        as_attachment=True,
        filename=file_name(f"{shown_as}{SUFFIX}", "pdf"),
        content_type="application/pdf",
    )
    return guarded(answer, is_public=False)


def send_paper(
    request: VisitorRequest,
    name: str,
    shown_as: str,
    *,
    is_public: bool,
    ending: str = "pdf",
) -> HttpResponseBase:
    """Send a stored file that is no part of a packet: an agenda, minutes, a zip."""
    etag = f'"{hashlib.sha256(f"etag {name}".encode()).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        opened = FileResponse(
            files().open(name),
            as_attachment=True,
            filename=file_name(shown_as, ending),
            content_type=f"application/{ending}",
        )
        answer = cast("HttpResponse", opened)
    answer["ETag"] = etag
    return guarded(answer, is_public=is_public)


def guarded(answer: HttpResponseBase, *, is_public: bool) -> HttpResponseBase:
    """Say who may keep it. A file is nobody's page: it may neither run anything nor reach us."""
    rule = "public, no-cache" if is_public else "no-store, private"
    answer["Cache-Control"] = rule
    answer._csp_config = {**settings.SECURE_CSP, "sandbox": True}  # type: ignore[attr-defined]  # noqa: SLF001
    return answer
