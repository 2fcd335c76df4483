"""One record of a catalogue, whatever its kind: read, create, edit, remove."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import editors_only
from core import formats
from core.asked import removal_by_word
from core.conflict import save_form
from core.drafts.keeping import close_posted
from core.drafts.offering import key_of, offer
from proposals.queries.catalogue import catalogue_of
from proposals.queries.records import referring
from proposals.services import records
from proposals.views.common import get_record, place, refusal, show, with_references
from proposals.views.kinds import KINDS
from proposals.views.posted import number_of, posted
from proposals.views.public import or_as_sent
from proposals.views.telling import at_status, tell, told
from proposals.words import LINK_WORDS

if TYPE_CHECKING:
    from accounts.access import PortalRequest

# The form of a record's plain fields, beside those of its texts.
DETAILS = "oplysninger"


@require_safe
@or_as_sent()
@editors_only
def record(request: PortalRequest, of: str, number: int) -> HttpResponse:
    """Show one record, to be read and edited in place."""
    row = get_record(request, of, number)
    return show(request, row, changed=request.GET.get("fokus", ""))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def record_new(request: PortalRequest, of: str) -> HttpResponse:
    """Create a record."""
    kind = KINDS[of]
    own = catalogue_of(request.seat, kind.model.catalogue_kind)
    if own is None:
        return redirect(kind.list_url)
    initial = {"theme": request.GET.get("tema")}
    form = kind.new_form(posted(request), catalogue=own, initial=initial)
    with_references(request, form)
    if request.method == "POST" and form.is_valid():
        row = kind.create(own.pk, by=request.user, **form.values)
        close_posted(request)
        tell(request, f"{kind.name} {row.number} er oprettet.")
        return redirect(row)
    status = 422 if request.method == "POST" else 200
    offer(request, form, f"{of}, ny", key=f"proposals.{of}:ny:{own.pk}")
    context = {"form": form, "list_url": kind.list_url}
    return render(request, kind.form_page, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def record_edit(request: PortalRequest, of: str, number: int) -> HttpResponse:
    """Edit the plain fields of a record on a page of their own."""
    kind, row = KINDS[of], get_record(request, of, number)
    form = with_references(request, kind.form(posted(request), record=row))
    status = 200
    if request.method == "POST":
        save = partial(records.edit_record, row, by=request.user)
        saved: Any = save_form(request, form, row, save, place(request, row))
        if isinstance(saved, HttpResponse):
            return saved
        if saved is not None:
            tell(request, told(saved, form, f"{kind.name} {saved.row.number} er gemt."))
            return redirect(saved.row)
        status = refusal(form)
    offer(request, form, f"{row}, oplysninger", key=key_of(row), part=DETAILS)
    context = {"form": form, "record": row}
    return render(request, kind.form_page, context, status=status)


@require_POST
@editors_only
@removal_by_word
def record_removal(request: PortalRequest, of: str, number: int) -> HttpResponse:
    """Take a record out of its catalogue, or put it back."""
    kind = KINDS[of]
    if pk := request.POST.get("undo", ""):
        rows: Any = kind.model._default_manager  # noqa: SLF001
        gone = get_object_or_404(rows.visible_to(request.seat), pk=number_of(pk))
        row = records.restore_record(gone, by=request.user)
        tell(request, f"{kind.name} {row.number} er tilbage.")
        return at_status(row)
    row = get_record(request, of, number)
    records.remove_record(row, by=request.user)
    words = f"{kind.name} {number} er slettet."
    if left := referring(row):
        numbers = formats.listed([str(other) for other in left])
        words += f" {LINK_WORDS[row.owner].left.format(numbers)}"
    tell(request, words, url=request.path, undo=row.pk)
    return redirect(kind.list_url)
