"""The agenda with all texts: as a page, as a PDF, and in one file with its appendices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.page import html_of
from meetings.choices import PaperKind
from meetings.minutes.document import agenda_document
from meetings.minutes.printing import papers_of
from meetings.views.files import is_old_draft, send_old_draft, send_paper
from meetings.views.finding import edition_or_404, whole_or_gone

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from accounts.access import VisitorRequest
    from meetings.editions.edition import Edition

PAGE: Final = "meetings/agenda_read.html"


@require_safe
@login_not_required
def agenda(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show the agenda with all its texts, as it was sent; editors as it was built."""
    edition = edition_or_404(request, slug)
    context = {
        "edition": edition,
        "council_name": edition.agenda.council,
        "body": html_of(agenda_document(edition)),
        "papers": papers_of(edition),
    }
    return render(request, PAGE, context)


def _name(edition: Edition, what: str) -> str:
    return f"{edition.agenda.council} {edition.agenda.slug} {what}"


@require_safe
@login_not_required
def agenda_file(request: VisitorRequest, slug: str) -> HttpResponseBase:
    """Download the agenda."""
    return _send(request, slug, PaperKind.AGENDA)


@require_safe
@login_not_required
def whole_file(request: VisitorRequest, slug: str) -> HttpResponseBase:
    """Download agenda and appendices in one file."""
    return _send(request, slug, PaperKind.WHOLE)


def _send(request: VisitorRequest, slug: str, kind: PaperKind) -> HttpResponseBase:
    """Send what is printed of that kind.

    Raises:
        Http404: it is not made yet, or there is nothing to read.
        WithdrawnError: something that it prints is taken down.
    """
    edition = whole_or_gone(edition_or_404(request, slug))
    found = papers_of(edition).get(kind)
    if found is None:
        raise Http404
    if is_old_draft(request, slug, edition):
        return send_old_draft(edition, found.file, _name(edition, kind.label))
    is_public = edition.is_published and edition.is_public
    return send_paper(
        request, found.file, _name(edition, kind.label), is_public=is_public
    )
