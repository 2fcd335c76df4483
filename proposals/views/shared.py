"""What units share: edit it for all of them, or take it out of some."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core import formats
from core.conflict import save_form
from core.forms import BACK
from proposals.choices import CatalogueKind
from proposals.forms import SharedPointForm
from proposals.queries.catalogue import catalogue_of
from proposals.queries.units import sentences_of
from proposals.services import shared
from proposals.views.common import number_of, place, posted, tell, told

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from proposals.models import SharedPoint

FORM = "proposals/shared_point.html"
REMOVAL = "proposals/shared_removal.html"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def shared_point(request: PortalRequest, key: str) -> HttpResponse:
    """Edit what units share: first the sentences that come of it, then saving."""
    row = _shared(request, key)
    form = SharedPointForm.of(row, posted(request))
    if form.is_valid() and "confirmed" in request.POST:
        save = partial(shared.edit_stem, row.pk, by=request.user)
        named = place(request, None, f"”{row.name}”")
        saved = save_form(request, form, row, save, named)
        if isinstance(saved, HttpResponse):
            return saved
        if saved is not None:
            words = f"”{saved.row.name}” er gemt i alle enheder."
            tell(request, told(saved, form, words))
            return redirect("proposals:units")
    return _form(request, row, form)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def shared_removal(request: PortalRequest, key: str) -> HttpResponse:
    """Ask which units lose a shared point, and take it out of those."""
    row = _shared(request, key)
    if asked := request.POST.get("undo", ""):
        shared.restore_to_units(row.pk, points=_numbers(asked.split()), by=request.user)
        tell(request, f"”{row.name}” er tilbage.")
        return redirect("proposals:units")
    chosen = _numbers(request.POST.getlist("point"))
    if chosen:
        gone = shared.remove_from_units(row.pk, points=chosen, by=request.user)
        count = formats.counted(len(gone), "sted", "steder")
        undo = " ".join(map(str, gone))
        tell(request, f"”{row.name}” er slettet {count}.", url=request.path, undo=undo)
        return redirect("proposals:units")
    error = ["Vælg mindst én enhed."] if request.method == "POST" else []
    context = {
        "shared": row,
        "sentences": sentences_of(row, row.stem),
        "error": error,
    }
    return render(request, REMOVAL, context, status=422 if error else 200)


def _form(
    request: PortalRequest, row: SharedPoint, form: SharedPointForm
) -> HttpResponse:
    """Show the form, or the sentences that would come of it."""
    is_valid = form.is_bound and form.is_valid()
    context: dict[str, Any] = {
        "shared": row,
        "form": form,
        "is_preview": is_valid and not {"again", BACK} & set(request.POST),
        "sentences": sentences_of(
            row, form.cleaned_data["stem"] if is_valid else row.stem
        ),
    }
    is_refused = form.is_bound and not is_valid
    return render(request, FORM, context, status=422 if is_refused else 200)


def _shared(request: PortalRequest, key: str) -> SharedPoint:
    own = catalogue_of(request.seat, CatalogueKind.COOPERATION)
    if own is None:
        raise Http404
    return get_object_or_404(own.shared_points, key=key)


def _numbers(words: list[str]) -> list[int]:
    return [number for word in words if (number := number_of(word))]
