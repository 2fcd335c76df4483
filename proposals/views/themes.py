"""Themes of the catalogue of proposals: create, edit, remove, and undo."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import editors_only
from core.asked import REMOVE, removal_by_word
from core.conflict import Place, save_form
from core.deleted import deletion_of
from core.gone import Lost, given_back, labels_of
from proposals.choices import CatalogueKind
from proposals.forms import NewThemeForm, ThemeForm
from proposals.models import Theme
from proposals.queries.catalogue import catalogue_of
from proposals.services import themes
from proposals.views.common import or_404, refusal
from proposals.views.posted import number_of, posted
from proposals.views.telling import at_status, changed_meanwhile, or_warn, tell, told

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from proposals.models import Catalogue

FORM = "proposals/theme_form.html"
LIST = "proposals:catalogue"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def theme_new(request: PortalRequest) -> HttpResponse:
    """Create a theme."""
    own = _catalogue(request)
    form = NewThemeForm(posted(request), catalogue=own)
    if request.method == "POST" and form.is_valid():
        row = themes.create_theme(own.pk, by=request.user, **form.values)
        removal = reverse("proposals:theme-removal", args=[row.key])
        undo = {"version": str(row.version), **REMOVE}
        tell(request, f"Temaet ”{row.title}” er oprettet.", url=removal, **undo)
        return redirect(f"{reverse(LIST)}#tema-{row.number}")
    status = 422 if request.method == "POST" else 200
    return render(request, FORM, {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def theme_edit(request: PortalRequest, key: str) -> HttpResponse:
    """Edit a theme's number and title."""
    own = _catalogue(request)
    row = own.themes.filter(key=key).first()
    row = row or given_back(request, _lost(request, own, key))
    if isinstance(row, HttpResponse):
        return row
    form = ThemeForm.of(row, posted(request))
    status = 200
    if request.method == "POST":
        save = partial(themes.edit_theme, row.pk, by=request.user)
        trail = ((reverse(LIST), "Forslag"),)
        place = Place(f"temaet ”{row.title}”", request.path, trail)
        saved = save_form(request, form, row, save, place)
        if isinstance(saved, HttpResponse):
            return saved
        if saved is not None:
            tell(request, told(saved, form, f"Temaet ”{saved.row.title}” er gemt."))
            return redirect(f"{reverse(LIST)}#tema-{saved.row.number}")
        status = refusal(form)
    context = {"form": form, "theme": row, "why_not": themes.why_not_removed(row)}
    return render(request, FORM, context, status=status)


@require_POST
@editors_only
@removal_by_word
def theme_removal(request: PortalRequest, key: str) -> HttpResponse:
    """Delete a theme without proposals, or bring it back."""
    own = _catalogue(request)
    if pk := request.POST.get("undo", ""):
        with or_404():
            row = themes.restore_theme(own.pk, number_of(pk), by=request.user)
        tell(request, f"Temaet ”{row.title}” er tilbage.")
        return at_status(LIST)
    row = get_object_or_404(own.themes, key=key)
    if changed_meanwhile(request, row, ("number", "title"), f"Temaet ”{row.title}”"):
        return at_status(LIST)
    with or_warn(request):
        themes.remove_theme(row.pk, by=request.user)
        words = f"Temaet ”{row.title}” er slettet."
        tell(request, words, url=request.path, undo=row.pk)
    return redirect(LIST)


def _lost(request: PortalRequest, own: Catalogue, key: str) -> Lost:
    """A theme that may have been deleted while somebody wrote in it."""
    return Lost(
        name="Temaet",
        deletion=deletion_of(Theme, catalogue=own, key=key),
        restore=partial(themes.restore_theme, own.pk, by=request.user),
        labels=labels_of(ThemeForm),
        back=reverse(LIST),
    )


def _catalogue(request: PortalRequest) -> Catalogue:
    own = catalogue_of(request.seat, CatalogueKind.SIMPLIFICATION)
    if own is None:
        raise Http404
    return own
