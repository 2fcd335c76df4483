"""Items to begin from: the list, and saving an item as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import editors_only
from core.asked import removal_by_word
from core.notices import Undo, say, warn
from meetings.models import ItemTemplate
from meetings.services import templates as service
from meetings.views.finding import own_meeting_or_404
from meetings.views.items import item_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest

LIST, PAGE = "meetings/templates.html", "meetings/item_template.html"


class NameForm(forms.Form):
    """What a template is called."""

    name = forms.CharField(
        label="Skabelonens navn",
        max_length=80,
        help_text="Fx: Godkendelse af referat.",
        error_messages={"required": "Skriv et navn."},
    )


@require_safe
@editors_only
def template_list(request: PortalRequest) -> HttpResponse:
    """List the council's templates, those that were removed in a fold."""
    found = ItemTemplate.objects.visible_to(request.user).order_by("name", "pk")
    own = list(found.filter(council=request.seat.council))
    context = {
        "rows": [row for row in own if not row.is_removed],
        "gone": [row for row in own if row.is_removed],
    }
    return render(request, LIST, context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def item_template(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Save an item's type and texts as a template."""
    meeting = own_meeting_or_404(request, slug)
    row = item_or_404(request, meeting, number)
    form = NameForm(request.POST or None, initial={"name": row.title[:80]})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            service.save_as_template(row.pk, name=name, by=request.user)
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            say(
                request,
                f"Skabelonen ”{name}” er gemt. Nye punkter kan begynde med den.",
            )
            return redirect(row)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "item": row, "meeting": meeting}
    return render(request, PAGE, context, status=status)


@require_POST
@editors_only
@removal_by_word
def template_removal(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a template away, or with ``undo`` put it back."""
    rows = ItemTemplate.objects.visible_to(request.user)
    row = rows.filter(council=request.seat.council, pk=pk).first()
    if row is None:
        raise Http404
    if "undo" in request.POST:
        try:
            service.restore_template(pk, by=request.user)
        except ValidationError as error:
            warn(request, " ".join(error.messages))
        else:
            say(request, f"Skabelonen ”{row}” er sat ind igen.")
    else:
        service.remove_template(pk, by=request.user)
        undo = Undo(request.path, "Fortryd", {"undo": "1"})
        say(request, f"Skabelonen ”{row}” er fjernet.", undo=undo)
    return redirect("meetings:templates")
