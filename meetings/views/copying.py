"""Taking an item on to another meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.errors import RuleViolationError
from core.notices import say
from meetings.forms.life import CopyForm
from meetings.services import copying as service
from meetings.views.finding import own_meeting_or_404
from meetings.views.items import at_item, item_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest

PAGE = "meetings/item_copy.html"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def item_copy(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Copy or move an item, with its appendices, to another meeting."""
    meeting = own_meeting_or_404(request, slug)
    row = item_or_404(request, meeting, number)
    form = CopyForm(request.POST or None, meeting=meeting, user=request.user)
    if request.method == "POST" and form.is_valid():
        target, way = form.cleaned_data["to"], form.cleaned_data["way"]
        take = service.carry_item if way == "carry" else service.copy_item
        try:
            made = take(row.pk, to=target.pk, by=request.user)
        except RuleViolationError as error:
            form.add_error(None, str(error))
        else:
            done = "flyttet" if way == "carry" else "kopieret"
            words = f"Punkt {row.number} er {done} til {target.name} og hedder {made.number} der."
            say(request, words)
            return redirect(at_item(made))
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "item": row,
        "meeting": meeting,
        "has_choice": form.fields["to"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return render(request, PAGE, context, status=status)
