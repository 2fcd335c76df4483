"""What everybody may read: published meetings, their items and appendices.

Made of publication rows and of nothing else. What a draft holds answers as what does not
exist; only an appendix is shown to its editors as their latest packet has it.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from accounts.access import editors_only
from accounts.choices import Role
from core.notices import warn
from documents import codec
from documents.page import html_of, with_beside, with_foot
from meetings.closed.preview import as_member, closed_items
from meetings.editions import closed, listing, reading, versions
from meetings.editions.newly import newly_in
from meetings.editions.notes import beside_item, beside_part
from meetings.editions.records import links_beside, permanent_links
from meetings.models import LastRead
from meetings.packets.marks import SentBefore, before_edition, marked_item
from meetings.views.finding import (
    own_meeting_or_404,
    readable_edition_or_404,
    readable_or_404,
    refuse_closed,
)
from meetings.words import outside_words

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from accounts.access import PortalRequest, VisitorRequest
    from meetings.agenda import AgendaItem
    from meetings.editions.edition import Edition
    from meetings.editions.versions import Gone

    type Named = tuple[tuple[str, str], ...]

ROWS = 20
# What the preview shows as everybody will see it, not as a member will.
AS_PUBLIC = "alle"
BESIDE = "meetings/note_beside.html"
PERMANENT = "meetings/permanent_link.html"


@require_safe
@login_not_required
def published_list(request: VisitorRequest) -> HttpResponse:
    """List the published meetings, the latest first: all councils' or, with ``?kkr=``, one's."""
    asked, councils = request.GET.get("kkr", ""), listing.publishing_councils()
    chosen = next((council for council in councils if council.slug == asked), None)
    if asked and chosen is None:
        raise Http404
    published = listing.published_rows(request.user)
    if chosen is not None:
        published = published.filter(meeting__council=chosen)
    page = Paginator(published, ROWS).get_page(request.GET.get("side"))
    own = reading.own_council(request.seat or None)
    rows = [listing.as_row(row, own) for row in page.object_list]
    context: dict[str, object] = {"page": page, "rows": rows}
    context |= {"councils": councils, "chosen": chosen}
    if chosen is not None or (len(councils) > 1 and not request.seat):
        context["council_name"] = chosen.name if chosen is not None else ""
    return render(request, "meetings/public_list.html", context)


@require_safe
@login_not_required
def published_meeting(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show a meeting as it was published, to everybody alike."""
    edition = readable_or_404(request, slug)
    context = _of(edition) | {
        "readability": _readability(edition),
        "outside": outside_words([part.appendix for part in edition.parts]),
        "newly": newly_in(edition),
        "read": _read(request, edition),
    }
    return render(request, "meetings/public_meeting.html", context)


def _read(request: VisitorRequest, edition: Edition) -> LastRead | None:
    """Give what the user has said to have read of the meeting: one query at most."""
    if not request.user.is_authenticated:
        return None
    rows = LastRead.objects.visible_to(request.user).filter(
        meeting__slug=edition.slug, meeting__council__slug=edition.council_slug
    )
    return rows.first()


@require_safe
@login_not_required
def published_item(request: VisitorRequest, slug: str, number: str) -> HttpResponse:
    """Show one item with all its texts as they were published."""
    edition = readable_or_404(request, slug)
    refuse_closed(edition, number)
    item = edition.item(number)
    if item is None:
        return gone_or_404(
            request, edition, versions.gone_item(edition, request.user, number)
        )
    beside = beside_item(edition, request.user, number)
    context = _of_item(edition, item) | {"beside": beside, "newly": newly_in(edition)}
    return render(request, "meetings/public_item.html", context)


@require_safe
@editors_only
def preview(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the editors a meeting as its readers will, made of the latest packet."""
    edition = _built_or_404(request, slug)
    context = _of(edition) | {
        "readability": _readability(edition),
        "outside": outside_words([part.appendix for part in edition.parts]),
        "is_preview": True,
        "is_as_public": request.GET.get("som") == AS_PUBLIC,
    }
    return render(request, "meetings/public_meeting.html", context)


@require_safe
@editors_only
def preview_item(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Show the editors one item as its readers will, made of the latest packet.

    With ``?punkt=`` it is the item of that key, whatever its number was when it was built.
    """
    if key := request.GET.get("punkt", ""):
        return _led_to_built(request, slug, key)
    edition = _built_or_404(request, slug)
    item = edition.item(number)
    if item is None:
        raise Http404
    context = _of_item(edition, item) | {"is_preview": True}
    context["is_as_public"] = request.GET.get("som") == AS_PUBLIC
    context["has_parts"] &= edition.is_published
    return render(request, "meetings/public_item.html", context)


def _led_to_built(request: PortalRequest, slug: str, key: str) -> HttpResponse:
    """Lead to an item in the latest packet, or to where it is said that it is in none."""
    meeting = own_meeting_or_404(request, slug)
    edition = closed.built_for(meeting, as_member(closed_items(meeting)))
    if edition is None:
        warn(request, "Pakken er ikke bygget endnu. Byg den for at se punktet.")
        return redirect("meetings:packet", slug)
    for item in edition.agenda.items:
        if item.key == key:
            return redirect("meetings:preview-item", slug, item.slug)
    words = (
        "Punktet står ikke i den pakke, der er bygget, eller medlemmer kan ikke se det."
    )
    warn(request, words)
    return redirect("meetings:preview", slug)


def _built_or_404(request: PortalRequest, slug: str) -> Edition:
    meeting = own_meeting_or_404(request, slug)
    is_public = request.GET.get("som") == AS_PUBLIC
    rows = () if is_public else closed_items(meeting)
    edition = closed.built_for(meeting, as_member(rows))
    if edition is None:
        raise Http404
    return edition


@require_safe
@login_not_required
def appendix_page(request: VisitorRequest, slug: str, bilag: str) -> HttpResponse:
    """Show an appendix as a page: its Document, or what is known of a file."""
    edition = readable_edition_or_404(request, slug)
    part = edition.by_slug.get(bilag)
    if part is None:
        refuse_closed(edition, bilag)
        return gone_or_404(
            request, edition, versions.gone_appendix(edition, request.user, bilag)
        )
    beside = beside_part(edition, request.user, part) if edition.is_published else {}
    context = _of(edition) | {"part": part, "beside": beside.get("")}
    if not part.document:
        return render(request, "meetings/public_file.html", context)
    before = before_edition(edition, part)
    body, changed = _body(
        part.document,
        tuple(part.pages.items()),
        tuple(part.within.items()),
        (before.number, before.at, before.documents.get(bilag, "")),
        tuple(links_beside(edition, part).items()),
        is_led=_follows_figures(request, edition),
    )
    records = {
        key: render_to_string(BESIDE, {"edition": edition, "beside": each})
        for key, each in beside.items()
        if key
    }
    body = with_beside(body, records) if records else body
    links = {
        key: render_to_string(PERMANENT, {"path": path})
        for key, path in permanent_links(edition, part).items()
    }
    body = with_foot(body, links) if links else body
    context["noted"] = [
        shown for key, each in beside.items() if key for shown in each.notes
    ]
    context |= {"body": body, "before": before, "changed_count": changed}
    return render(request, "meetings/public_document.html", context)


def _follows_figures(request: VisitorRequest, edition: Edition) -> bool:
    """Whether the reader works for the council that met: then figures are explained.

    Source: docs/rules.md R-179.
    """
    seat = request.seat or None
    if seat is None or seat.role == Role.MEMBER:
        return False
    return bool(seat.council.name == edition.agenda.council)


def gone_or_404(
    request: VisitorRequest, edition: Edition, gone: Gone | None, status: int = 200
) -> HttpResponse:
    """Say where something stood that is no longer in what is read.

    Raises:
        Http404: it was never sent.
    """
    if gone is None:
        raise Http404
    context = _of(edition) | {"gone": gone}
    return render(request, "meetings/public_gone.html", context, status=status)


def _of(edition: Edition) -> dict[str, object]:
    """Give what every page of an edition needs: the bar names the council that met."""
    return {"edition": edition, "council_name": edition.agenda.council}


@lru_cache(maxsize=32)
def _body(
    document: str,
    pages: Named,
    own_pages: Named,
    before: tuple[int, Any, str],
    beside: Named,
    *,
    is_led: bool,
) -> tuple[SafeString, int]:
    """Write a stored Document as a page; what is stored never changes, so neither does this.

    Args:
        before: number, time and document of the version it is marked against.
        beside: addresses of what it refers to in other appendices.
        is_led: figures lead to where they are from.

    Returns:
        The page, and how many of its sections have changed.
    """
    number, at, old = before
    tree = codec.loads(document)
    marked = SentBefore(number, at, {"": old}).marks("", tree)
    body = html_of(
        tree, dict(pages), dict(own_pages), marked, dict(beside), is_led=is_led
    )
    return body, len(marked)


def _of_item(edition: Edition, item: AgendaItem) -> dict[str, Any]:
    """Give what the page of an item needs."""
    return _of(edition) | {
        "item": item,
        "lines": edition.lines_of(item),
        "marked": marked_item(edition, item),
        "has_parts": bool(edition.parts_of(item)),
        "is_closed": item.has_closed,
        "item_notice": edition.notice_of(item),
    }


def _readability(edition: Edition) -> dict[str, int]:
    """How many appendices can be read aloud, in part, or not."""
    levels = Counter(part.appendix.readability[0] for part in edition.parts)
    return {name: levels[name] for name in ("ok", "partial", "none")}
