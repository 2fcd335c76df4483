"""The list of co-operation units, and one unit: read, create, edit, remove."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import editors_only
from core.conflict import save_form
from proposals.choices import CatalogueKind
from proposals.forms import NewUnitForm, UnitForm
from proposals.models import CooperationUnit
from proposals.queries import units as queries
from proposals.queries.catalogue import catalogue_of
from proposals.services import units
from proposals.views.common import (
    UNIT,
    get_record,
    number_of,
    place,
    posted,
    refusal,
    show,
    tell,
    told,
)

if TYPE_CHECKING:
    from accounts.access import PortalRequest

LIST = "proposals/units.html"
FORM = "proposals/unit_form.html"


@require_safe
@editors_only
def unit_list(request: PortalRequest) -> HttpResponse:
    """Show the council's units, how they hang together, and what they share."""
    own = catalogue_of(request.seat, CatalogueKind.COOPERATION)
    listed = queries.unit_list(own) if own else None
    return render(request, LIST, {"catalogue": own, "listed": listed})


@require_safe
@editors_only
def unit(request: PortalRequest, number: int) -> HttpResponse:
    """Show one unit, to be read and edited in place."""
    record = get_record(request, UNIT, number)
    return show(request, record, changed=request.GET.get("fokus", ""))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def unit_new(request: PortalRequest) -> HttpResponse:
    """Create a unit."""
    own = catalogue_of(request.seat, CatalogueKind.COOPERATION)
    if own is None:
        return redirect("proposals:units")
    form = NewUnitForm(posted(request))
    if request.method == "POST" and form.is_valid():
        row = units.create_unit(own.pk, by=request.user, **form.cleaned_data)
        tell(request, f"Samdriftsenhed {row.number} er oprettet.")
        return redirect(row)
    status = 422 if request.method == "POST" else 200
    return render(request, FORM, {"form": form, "catalogue": own}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def unit_edit(request: PortalRequest, number: int) -> HttpResponse:
    """Edit the plain fields of a unit."""
    record = cast("CooperationUnit", get_record(request, UNIT, number))
    form = UnitForm(posted(request), unit=record)
    if request.method != "POST":
        return render(request, FORM, {"form": form, "record": record})
    save = partial(units.edit_unit, record.pk, by=request.user)
    saved = save_form(request, form, record, save, place(request, record, str(record)))
    if isinstance(saved, HttpResponse):
        return saved
    if saved is None:
        context = {"form": form, "record": record}
        return render(request, FORM, context, status=refusal(form))
    tell(request, told(saved, form, f"Samdriftsenhed {saved.row.number} er gemt."))
    return redirect(saved.row)


@require_POST
@editors_only
def unit_removal(request: PortalRequest, number: int) -> HttpResponse:
    """Take a unit out of the catalogue, or put it back."""
    if pk := request.POST.get("undo", ""):
        rows = CooperationUnit.objects.visible_to(request.user)
        row = get_object_or_404(
            rows,
            pk=number_of(pk),
            catalogue__council=request.seat.council,
        )
        row = units.restore_unit(row.pk, by=request.user)
        tell(request, f"Samdriftsenhed {row.number} er tilbage.")
        return redirect(row)
    record = get_record(request, UNIT, number)
    units.remove_unit(record.pk, by=request.user)
    tell(
        request,
        f"Samdriftsenhed {number} er slettet.",
        url=request.path,
        undo=record.pk,
    )
    return redirect(reverse("proposals:units"))
