"""Where an appendix stands: moved, removed and put back, withdrawn once it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.access import editors_only
from core.asked import asked_by, removal_by_word
from core.errors import RuleViolationError
from core.notices import Undo, say, warn
from meetings.services import appendices as service
from meetings.services.carrying import carry_appendix
from meetings.views.appendices import appendix_or_404, at_bilag, back_at_item

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from meetings.models import Appendix

WITHDRAW = {"withdraw": "ja"}
"""The fields of a form that withdraws something."""


@require_POST
@editors_only
def appendix_order(
    request: PortalRequest,
    slug: str,
    number: str,  # noqa: ARG001 -- of the item; the appendix is known by its pk
    pk: int,
) -> HttpResponse:
    """Move an appendix within its item, one place or to a ``position``; or to an ``item``."""
    row = appendix_or_404(request, slug, pk)
    if row.position is None:
        raise Http404
    if "item" in request.POST:
        return _carried(request, row)
    step = {"op": -1, "ned": 1}.get(request.POST.get("direction", ""))
    to = request.POST.get("position", "")
    wanted = row.position + step if step else int(to) if _is_place(to) else row.position
    try:
        moved = service.move_appendix(row.pk, to=wanted, by=request.user)
    except RuleViolationError as error:
        return _refused(request, row, error)
    if moved.position == row.position:
        words = f"{row.label} står, hvor det stod."
        return back_at_item(request, row.item, words, changed=pk)
    words = f"{row.label} er flyttet og hedder nu {moved.number}."
    undo = Undo(request.path, "Fortryd flytning", {"position": str(row.position)})
    return back_at_item(request, row.item, words, undo, pk)


def _carried(request: PortalRequest, row: Appendix) -> HttpResponse:
    """Let an appendix go to another item of the meeting."""
    left, to = row.item, request.POST.get("item", "")
    try:
        moved = carry_appendix(
            row.pk, to=int(to) if _is_key(to) else 0, by=request.user
        )
    except RuleViolationError as error:
        return _refused(request, row, error)
    here = moved.item
    words = f"{row.label} er flyttet og hedder nu {here.number} {moved.number}."
    # What was closed with its item is open where that is not.
    if left.is_closed and not here.is_closed and not moved.closed:
        words = f"{words} Det er åbent nu."
    undo = Undo(request.path, "Flyt det tilbage", {"item": str(left.pk)})
    say(request, words, undo=undo)
    return redirect(f"{here.get_absolute_url()}#bilag")


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) < 10  # noqa: PLR2004


def _is_place(text: str) -> bool:
    return text.isdecimal() and len(text) < 4  # noqa: PLR2004


@require_POST
@editors_only
@removal_by_word
def appendix_removal(
    request: PortalRequest,
    slug: str,
    number: str,  # noqa: ARG001 -- of the item; the appendix is known by its pk
    pk: int,
) -> HttpResponse:
    """Take an appendix out, or with ``undo`` put it back."""
    row = appendix_or_404(request, slug, pk)
    try:
        if "undo" in request.POST:
            back = service.restore_appendix(row.pk, by=request.user)
            words = f"{row.item.number} {back.number} er sat ind igen."
            return back_at_item(request, row.item, words, changed=pk)
        service.remove_appendix(row.pk, by=request.user)
    except RuleViolationError as error:
        return _refused(request, row, error)
    undo = Undo(request.path, "Fortryd", {"undo": "1"})
    return back_at_item(request, row.item, f"{row.label} er fjernet.", undo)


@require_POST
@editors_only
@asked_by("withdraw", WITHDRAW["withdraw"], unless="undo")
def appendix_withdrawal(
    request: PortalRequest,
    slug: str,
    number: str,  # noqa: ARG001 -- of the item; the appendix is known by its pk
    pk: int,
) -> HttpResponse:
    """Withdraw a sent appendix from the next version, or with ``undo`` let it stand."""
    row = appendix_or_404(request, slug, pk)
    if row.position is None:
        raise Http404
    try:
        if "undo" in request.POST:
            service.reinstate_appendix(row.pk, by=request.user)
            words = f"{row.label} gælder igen."
            undo = Undo(request.path, fields=WITHDRAW)
            return back_at_item(request, row.item, words, undo, pk)
        service.withdraw_appendix(row.pk, by=request.user)
    except RuleViolationError as error:
        return _refused(request, row, error)
    words = f"{row.label} er trukket tilbage. Nummeret og siderne står som udgået i næste version."
    undo = Undo(request.path, fields={"undo": "1"})
    return back_at_item(request, row.item, words, undo, pk)


def _refused(
    request: PortalRequest, row: Appendix, error: RuleViolationError
) -> HttpResponse:
    """Say why it cannot be done; what is typed beside it stays."""
    warn(request, str(error))
    return at_bilag(request, row.item, changed=row.pk)
