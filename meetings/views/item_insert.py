"""Figures and references to put into an item's texts: searched, copied or inserted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.views.decorators.http import require_safe

from accounts.access import editors_only
from core.htmx import render_hx
from meetings.checking.insertable import find
from meetings.views.finding import own_meeting_or_404
from meetings.views.items import item_or_404
from meetings.views.meetings import name_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest

PAGE: Final = "meetings/item_insert.html"
MOST_LETTERS: Final = 100


@require_safe
@editors_only
def item_insert(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Search the meeting's figures, records and bilag; htmx gets the list alone."""
    meeting = own_meeting_or_404(request, slug)
    row = item_or_404(request, meeting, number)
    asked = " ".join(request.GET.get("q", "").split())[:MOST_LETTERS]
    context = {
        "item": row,
        "meeting": meeting,
        "meeting_title": name_of(meeting),
        "asked": asked,
        "found": find(row, asked) if asked else None,
    }
    return render_hx(request, PAGE, "found", context)
