"""What minutes say of closed items, for those who may read them; for others it is 404.

Who may read some of the items reads those; the PDF is for those who may read all.

Source: docs/rules.md R-53.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render

from documents import codec
from documents.page import html_of
from meetings.closed.access import reading_of
from meetings.closed.volumes import CLOSED_WORD
from meetings.editions.withdrawn import CLOSED, WithdrawnError, withdrawn
from meetings.minutes.document import closed_document
from meetings.models import ClosedMinutes
from meetings.models.taken import closing_minutes, latest_of
from meetings.views.files import send_paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse, HttpResponseBase

    from accounts.access import VisitorRequest
    from documents.tree import Document
    from meetings.editions.edition import Edition
    from meetings.minutes.value import Written
    from meetings.models import Meeting, Minutes

READ = "meetings/minutes_read.html"


def may_read_some(request: VisitorRequest, row: Minutes) -> bool:
    """Whether minutes say something of closed items to whoever asks: one query, or none."""
    if not request.user.is_authenticated:
        return False
    found = _find(request, row)
    return found is not None and any(map(_reading(found), found.access))


def read_closed(
    request: VisitorRequest, edition: Edition, row: Minutes, own: Meeting | None
) -> HttpResponse:
    """Show what the minutes say of the closed items that the user may read.

    Raises:
        Http404: there is nothing, or it is not for whoever asks.
    """
    closed = _closed_or_404(request, edition, row)
    may_read = _reading(closed)
    document = codec.loads(closed.paper.document)
    shown = _only(document, may_read)
    if not shown.sections:
        raise Http404
    context = {
        "edition": replace(edition, volume=CLOSED_WORD),
        "council_name": edition.agenda.council,
        "row": row,
        "closed": closed,
        "is_all": all(map(may_read, closed.access)),
        "body": html_of(shown),
        "meeting": own,
    }
    return render(request, READ, context)


def preview_closed(
    request: VisitorRequest, found: Written, own: Meeting
) -> HttpResponse:
    """Show the editors the closed minutes as they will be read.

    Raises:
        Http404: nothing is closed.
    """
    document = closed_document(found)
    if document is None or found.behind is None:
        raise Http404
    edition = replace(found.edition, volume=CLOSED_WORD)
    context = {"edition": edition, "row": None, "meeting": own, "closed": True}
    return render(request, READ, {**context, "body": html_of(document)})


def send_closed(
    request: VisitorRequest, edition: Edition, row: Minutes
) -> HttpResponseBase:
    """Send the closed minutes to whoever may read all that stands in them.

    Raises:
        Http404: there are none, or they are not for whoever asks.
    """
    closed = _closed_or_404(request, edition, row)
    if not all(map(_reading(closed), closed.access)):
        raise Http404
    name = f"{edition.agenda.council} {edition.slug} Lukket referat"
    return send_paper(request, closed.paper.file, name, is_public=False)


def _closed_or_404(
    request: VisitorRequest, edition: Edition, row: Minutes
) -> ClosedMinutes:
    """Give what somebody may read some of; what is taken down of it is told to them.

    Raises:
        Http404: there is nothing, or none of it is for whoever asks.
        WithdrawnError: it is taken down, or something is that it holds.
    """
    found: Any = _find(request, row)
    if found is None or not any(map(_reading(found), found.access)):
        raise Http404
    if found.taken:
        told = withdrawn(found.taken)
        if told.item_key and not _reading(found)(told.item_key):
            # Of an item that is not for them they are told nothing.
            told = replace(
                told, name="Noget i det lukkede referat", title=CLOSED, reason=""
            )
        raise WithdrawnError(told, edition, is_minutes=True)
    own: ClosedMinutes = found
    return own


def _find(request: VisitorRequest, row: Minutes) -> ClosedMinutes | None:
    rows = ClosedMinutes.objects.visible_to(request.user).filter(minutes=row)
    rows = rows.annotate(taken=latest_of(closing_minutes(closed="")))
    return rows.select_related("paper").first()


def _reading(closed: ClosedMinutes) -> Callable[[str], bool]:
    annotated: Any = closed
    return reading_of(annotated.seat, closed.access)


def _only(document: Document, may_read: Callable[[str], bool]) -> Document:
    """Leave out the items that are not for whoever asks."""
    sections = (
        each for each in document.sections if may_read(each.key.removeprefix("item:"))
    )
    return replace(document, sections=tuple(sections))
