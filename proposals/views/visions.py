"""Visions: the list, one vision, and which of them a record serves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import editors_only
from core.asked import removal_by_word
from core.conflict import Place, save_form
from core.deleted import deletion_of
from core.gone import Lost, given_back, labels_of
from proposals.forms import NewVisionForm, ServedForm, VisionForm
from proposals.models import Vision
from proposals.queries.visions import vision_list
from proposals.services import visions
from proposals.views.common import answer, get_record, or_404, refusal, show
from proposals.views.posted import number_of, posted
from proposals.views.telling import at_status, tell, told

if TYPE_CHECKING:
    from accounts.access import PortalRequest

FORM = "proposals/vision_form.html"
LIST = "proposals:visions"


@require_safe
@editors_only
def vision_page(request: PortalRequest) -> HttpResponse:
    """Show the council's visions, and what serves each."""
    context = {"rows": vision_list(request.seat)}
    return render(request, "proposals/visions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def vision_new(request: PortalRequest) -> HttpResponse:
    """Create a vision."""
    form = NewVisionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        row = visions.create_vision(
            request.seat.council_id, by=request.user, **form.values
        )
        tell(request, f"Vision {row.number} er oprettet.")
        return redirect(f"{reverse(LIST)}#vision-{row.number}")
    status = 422 if request.method == "POST" else 200
    return render(request, FORM, {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def vision_edit(request: PortalRequest, key: str) -> HttpResponse:
    """Edit a vision's number and titles."""
    row = Vision.objects.visible_to(request.seat).filter(key=key).first()
    row = row or given_back(request, _lost(request, key))
    if isinstance(row, HttpResponse):
        return row
    form = VisionForm.of(row, posted(request))
    status = 200
    if request.method == "POST":
        save = partial(visions.edit_vision, row.pk, by=request.user)
        trail = ((reverse(LIST), "Visioner"),)
        place = Place(str(row), request.path, trail)
        saved = save_form(request, form, row, save, place)
        if isinstance(saved, HttpResponse):
            return saved
        if saved is not None:
            tell(request, told(saved, form, f"Vision {saved.row.number} er gemt."))
            return redirect(f"{reverse(LIST)}#vision-{saved.row.number}")
        status = refusal(form)
    return render(request, FORM, {"form": form, "vision": row}, status=status)


@require_POST
@editors_only
@removal_by_word
def vision_removal(request: PortalRequest, key: str) -> HttpResponse:
    """Delete a vision, or bring it back with what served it."""
    if pk := request.POST.get("undo", ""):
        with or_404():
            row = visions.restore_vision(
                request.seat.council_id, number_of(pk), by=request.user
            )
        tell(request, f"Vision {row.number} er tilbage.")
        return at_status(LIST)
    row = get_object_or_404(Vision.objects.visible_to(request.seat), key=key)
    visions.remove_vision(row.pk, by=request.user)
    words = f"Vision {row.number} er slettet."
    tell(request, words, url=request.path, undo=row.pk)
    return redirect(LIST)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def served(request: PortalRequest, of: str, number: int) -> HttpResponse:
    """Say which visions a proposal or a unit serves."""
    record: Any = get_record(request, of, number)
    rows = Vision.objects.visible_to(request.seat)
    links = record.vision_links.values_list("vision", flat=True)
    form = ServedForm(
        posted(request),
        choices=[(row.pk, f"{row.number}. {row.title}") for row in rows],
        own=list(links),
    )
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        opened = "visions"
        return show(request, record, opened, opened=opened, form=form, status=status)
    merged = visions.link_visions(record, by=request.user, **form.values)
    words = "Visionerne er gemt."
    tell(request, f"{words} Flettet med en andens rettelser." if merged else words)
    return answer(request, record, "visions", "visions")


def _lost(request: PortalRequest, key: str) -> Lost:
    """A vision that may have been deleted while somebody wrote in it."""
    council = request.seat.council_id
    return Lost(
        name="Visionen",
        deletion=deletion_of(Vision, council=council, key=key),
        restore=partial(visions.restore_vision, council, by=request.user),
        labels=labels_of(VisionForm),
        back=reverse(LIST),
    )
