"""A list as it is drawn, and its saved views: keep, rename, share, delete, undo."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import editors_only
from core.asked import REMOVE, removal_by_word
from core.conflict import Place, save_form
from core.deleted import deletion_of
from core.errors import RuleViolationError
from core.gone import Lost, given_back, labels_of
from proposals.forms import NewViewForm, ViewForm
from proposals.lists.actions import actions_for
from proposals.lists.page import LISTS, list_page
from proposals.models import SavedView
from proposals.services import saved_views
from proposals.views.common import or_404, refusal
from proposals.views.kinds import KINDS
from proposals.views.posted import number_of, posted
from proposals.views.telling import (
    at_status,
    changed_meanwhile,
    or_warn,
    problems,
    tell,
    told,
)

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from proposals.lists.page import ListPage

FORM = "proposals/saved_view.html"


def list_context(shown: ListPage | None) -> dict[str, Any]:
    """Give what the template of a list needs; without a catalogue it offers one."""
    if shown is None:
        return {"catalogue": None, "listed": None}
    return {
        "catalogue": shown.catalogue,
        "listed": shown.listed,
        "list": shown,
        "actions": actions_for(shown.kind.word),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def view_new(request: PortalRequest, of: str) -> HttpResponse:
    """Give what the list shows a name; the address holds what that is."""
    shown = list_page(request.seat, LISTS[of], request.GET)
    if shown is None:
        raise Http404
    form = NewViewForm(posted(request))
    if request.method == "POST" and form.is_valid():
        create = partial(saved_views.create_view, request.seat, by=request.user)
        kind, query = shown.kind.catalogue, shown.asked.query
        try:
            row = create(kind=kind, query=query, **form.values)
        except (RuleViolationError, ValidationError) as error:
            form.add_error(None, problems(error))
        else:
            removal = reverse("proposals:view-removal", args=[of, row.pk])
            undo = {"version": str(row.version), **REMOVE}
            tell(request, f"Visningen ”{row.name}” er gemt.", url=removal, **undo)
            return redirect(row)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "list": shown, "of": of, "list_name": KINDS[of].list_name}
    return render(request, FORM, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def view_edit(request: PortalRequest, of: str, pk: int) -> HttpResponse:
    """Rename a view, share it, or take it to oneself."""
    own = SavedView.objects.visible_to(request.seat)
    row = own.filter(kind=LISTS[of].catalogue, pk=pk).first()
    row = row or given_back(request, _lost(request, of, pk))
    if isinstance(row, HttpResponse):
        return row
    form = ViewForm.of(row, request.user, posted(request))
    status = 200
    if request.method == "POST":
        save = partial(saved_views.edit_view, pk, by=request.user)
        kind = KINDS[of]
        trail = ((reverse(kind.list_url), kind.list_name),)
        place = Place(f"visningen ”{row.name}”", request.path, trail)
        saved = save_form(request, form, row, save, place)
        if isinstance(saved, HttpResponse):
            return saved
        if saved is not None:
            tell(request, told(saved, form, f"Visningen ”{saved.row.name}” er gemt."))
            return redirect(saved.row)
        status = refusal(form)
    context = {"form": form, "view": row, "of": of, "list_name": KINDS[of].list_name}
    return render(request, FORM, context, status=status)


@require_POST
@editors_only
@removal_by_word
def view_removal(request: PortalRequest, of: str, pk: int) -> HttpResponse:
    """Delete a view, or bring it back."""
    if gone := request.POST.get("undo", ""):
        with or_404(), or_warn(request):
            row = saved_views.restore_view(
                request.seat, number_of(gone), by=request.user
            )
            tell(request, f"Visningen ”{row.name}” er tilbage.")
        return at_status(KINDS[of].list_url)
    row = _view(request, of, pk)
    said = f"Visningen ”{row.name}”"
    if changed_meanwhile(request, row, ("name", "is_shared"), said):
        return at_status(KINDS[of].list_url)
    saved_views.remove_view(row.pk, by=request.user)
    words = f"Visningen ”{row.name}” er slettet."
    tell(request, words, url=request.path, undo=row.pk)
    return redirect(KINDS[of].list_url)


def _lost(request: PortalRequest, of: str, pk: int) -> Lost:
    """A view that may have been deleted while somebody gave it another name."""
    seat, kind = request.seat, LISTS[of].catalogue
    whose = Q(is_shared=True) | Q(user=seat.user_id)
    wanted = {"council": seat.council_id, "kind": kind, "pgh_obj_id": pk}
    return Lost(
        name="Visningen",
        deletion=deletion_of(SavedView, whose, **wanted),
        restore=partial(saved_views.restore_view, seat, by=request.user),
        labels=labels_of(ViewForm),
        back=reverse(KINDS[of].list_url),
    )


def _view(request: PortalRequest, of: str, pk: int) -> SavedView:
    own = SavedView.objects.visible_to(request.seat)
    return get_object_or_404(own, kind=LISTS[of].catalogue, pk=pk)
