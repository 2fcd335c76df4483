"""A replaced file beside the one before, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.packets.changes.beside import files_beside
from meetings.views.changes import pair_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import VisitorRequest

PAGE: Final = "meetings/changes_pages.html"


@require_safe
@login_not_required
def changes_pages(request: VisitorRequest, slug: str, bilag: str) -> HttpResponse:
    """Show the pages of two files that took one place, those that differ first.

    Raises:
        Http404: the versions are not there to be compared, or it is the same file.
        WithdrawnError: one of the versions is closed.
    """
    pair = pair_or_404(request, slug)
    found = files_beside(pair.old, pair.new, bilag) if pair.new else None
    if found is None:
        raise Http404
    context = {
        "pair": pair,
        "old": pair.old,
        "new": pair.new,
        "edition": pair.new,
        "compared": found,
        "council_name": pair.old.agenda.council,
    }
    return render(request, PAGE, context)
