"""What units share: edit it for all of them, or take it out of some."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core import formats
from core.conflict import Place, blame, save_form
from core.forms import BACK
from core.notices import warn
from proposals.choices import CatalogueKind
from proposals.forms import NewSharedPointForm, SharedPointForm, UnitsForm
from proposals.queries.catalogue import catalogue_of
from proposals.queries.shared import sentences_of
from proposals.services import shared
from proposals.views.common import inserts, with_references
from proposals.views.posted import numbers_of, posted
from proposals.views.telling import at_status, tell, told

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.access import PortalRequest
    from proposals.models import Catalogue, SharedPoint

FORM = "proposals/shared_point.html"
NEW = "proposals/shared_new.html"
REMOVAL = "proposals/shared_removal.html"
ADDED = 1
"""The version of a point that was added and nobody has edited since."""


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def shared_point(request: PortalRequest, key: str) -> HttpResponse:
    """Edit what units share: first the sentences that come of it, then saving."""
    row = _shared(request, key)
    form = with_references(request, SharedPointForm.of(row, posted(request)))
    if inserts(form):
        return _form(request, row, form)
    if form.is_valid() and "confirmed" in request.POST:
        save = partial(shared.edit_stem, row.pk, by=request.user)
        trail = ((reverse("proposals:units"), "Samdriftskataloget"),)
        named = Place(f"”{row.name}”", request.path, trail)
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
def shared_new(request: PortalRequest) -> HttpResponse:
    """Create an attention point that units share."""
    own = _catalogue(request)
    form = NewSharedPointForm(posted(request), units=own.units.all())
    with_references(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            row = shared.create_shared(own.pk, by=request.user, **form.values)
        except ValidationError as error:
            blame(form, error)
        else:
            points = row.points.values_list("pk", flat=True)
            _tell_added(request, row, tuple(points), f"”{row.name}” er oprettet i")
            return redirect("proposals:units")
    status = 422 if request.method == "POST" else 200
    return render(request, NEW, {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def shared_units(request: PortalRequest, key: str) -> HttpResponse:
    """Let more units have a shared point."""
    row = _shared(request, key)
    has = row.points.filter(position__isnull=False).values("unit")
    form = UnitsForm(posted(request), units=row.catalogue.units.exclude(pk__in=has))
    if request.method == "POST" and form.is_valid():
        added = shared.add_to_units(row.pk, by=request.user, **form.values)
        _tell_added(request, row, added, f"”{row.name}” er føjet til")
        return redirect("proposals:units")
    status = 422 if request.method == "POST" else 200
    return render(request, NEW, {"form": form, "shared": row}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def shared_removal(request: PortalRequest, key: str) -> HttpResponse:
    """Ask which units lose a shared point, and take it out of those."""
    row = _shared(request, key)
    if asked := request.POST.get("undo", ""):
        shared.restore_to_units(
            row.pk, points=numbers_of(asked.split()), by=request.user
        )
        tell(request, f"”{row.name}” er tilbage.")
        return at_status("proposals:units")
    undone = request.POST.get("points", "")
    chosen = numbers_of(undone.split() or request.POST.getlist("point"))
    if chosen:
        _remove(request, row, chosen, seen=ADDED if undone else 0)
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


def _remove(
    request: PortalRequest, row: SharedPoint, chosen: Collection[int], *, seen: int
) -> None:
    """Take a shared point out of units; say in how many, and where it was edited since."""
    gone = shared.remove_from_units(row.pk, points=chosen, seen=seen, by=request.user)
    if count := len(gone):
        where = formats.counted(count, "sted", "steder")
        undo = " ".join(map(str, gone))
        tell(request, f"”{row.name}” er slettet {where}.", url=request.path, undo=undo)
    stays = row.points.filter(pk__in=chosen, position__isnull=False).count()
    if stays:
        where = formats.counted(stays, "sted", "steder")
        text = f"”{row.name}” er rettet {where} imens og er ikke slettet der."
        warn(request, text)


def _tell_added(
    request: PortalRequest, row: SharedPoint, points: tuple[int, ...], words: str
) -> None:
    """Say in how many units a shared point stands now; undo takes it out of those."""
    where = formats.counted(len(points), "enhed", "enheder")
    url = reverse("proposals:shared-removal", args=[row.key])
    tell(request, f"{words} {where}.", url=url, points=" ".join(map(str, points)))


def _shared(request: PortalRequest, key: str) -> SharedPoint:
    return get_object_or_404(_catalogue(request).shared_points, key=key)


def _catalogue(request: PortalRequest) -> Catalogue:
    own = catalogue_of(request.seat, CatalogueKind.COOPERATION)
    if own is None:
        raise Http404
    return own
