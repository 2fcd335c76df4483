"""How a proposal's title reads in other places: written down, deleted, brought back.

Source: docs/rules.md R-108.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.asked import REMOVE
from proposals.forms import TitleReadingForm
from proposals.services import titles
from proposals.views.common import add_part, answer, get_proposal, or_404
from proposals.views.posted import number_of, posted
from proposals.views.telling import or_warn, tell

if TYPE_CHECKING:
    from accounts.access import PortalRequest

PART = "readings"
ASKED = "proposals/evidence_removal.html"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def reading_new(request: PortalRequest, number: int) -> HttpResponse:
    """Write down how the title reads in another place."""
    record = get_proposal(request, number)
    form, add = TitleReadingForm(posted(request)), partial(titles.add_reading, record)
    row = add_part(request, record, PART, form, add, opened="reading-new")
    if isinstance(row, HttpResponse):
        return row
    url = reverse("proposals:reading-removal", args=[record.number, row.pk])
    tell(request, f"Titlen fra {row.place} er skrevet.", url=url, **REMOVE)
    return answer(request, record, PART, PART)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def reading_removal(request: PortalRequest, number: int, pk: int) -> HttpResponse:
    """Ask whether a reading shall be deleted, delete it, or bring it back."""
    record = get_proposal(request, number)
    if request.POST.get("undo"):
        with or_404(), or_warn(request):
            row = titles.restore_reading(
                record, number_of(request.POST["undo"]), by=request.user
            )
            tell(request, f"Titlen fra {row.place} er tilbage.")
        return answer(request, record, PART, PART)
    row = get_object_or_404(record.readings, pk=pk)
    if request.POST.get("remove") == REMOVE["remove"]:
        titles.remove_reading(row.pk, by=request.user)
        said = f"Titlen fra {row.place} er slettet."
        tell(request, said, url=request.path, undo=row.pk)
        return answer(request, record, PART, PART)
    url = record.get_absolute_url()
    context = {
        "what": "en læsning af titlen",
        "where": [f"{row.place}: ”{row.text}”"],
        "back": f"{url}#{PART}",
        "trail": (
            (reverse("proposals:catalogue"), "Forslag"),
            (url, str(record.number)),
        ),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, ASKED, context, status=status)
