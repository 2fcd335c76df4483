"""The way of a proposal after KKR: its page, and its steps written, edited, removed.

Source: docs/rules.md R-94.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import editors_only
from core.asked import REMOVE, removal_by_word
from core.errors import ChangedMeanwhileError
from core.notices import warn
from proposals.choices import Status
from proposals.forms import StepForm
from proposals.models import Step
from proposals.queries.deleted import was_deleted
from proposals.queries.steps import last_meeting, trail_of
from proposals.services import steps
from proposals.trail import since
from proposals.views.common import (
    add_part,
    answer,
    edit_part,
    get_proposal,
    or_404,
    show,
)
from proposals.views.posted import number_of, posted
from proposals.views.telling import or_warn, seen_in, tell, tell_edit, told

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from proposals.models import Proposal

BOARD = "tavle"
CHANGED = (
    "Skridtet ”{step}” er rettet af {by} imens og er ikke slettet. "
    "Tryk Slet igen, hvis det også skal væk."
)


@require_safe
@editors_only
def trail(request: PortalRequest, number: int) -> HttpResponse:
    """Show the whole way of a proposal, and what of it came since the last meeting."""
    record = get_proposal(request, number)
    rows, meeting = trail_of(record), last_meeting(request.seat.council)
    context = {
        "record": record,
        "trail": rows,
        "meeting": meeting,
        "new": since(rows, meeting.held_on) if meeting else (),
    }
    return render(request, "proposals/trail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def step_new(request: PortalRequest, number: int) -> HttpResponse:
    """Write down a step; ``?status=`` is chosen beforehand, ``?til=tavle`` goes back."""
    record = get_proposal(request, number)
    asked = request.GET.get("status", "")
    initial = {"status": asked} if asked in Status.values else {}
    council = request.seat.council
    form = StepForm(posted(request), council=council, initial=initial)
    form.goes_to = _goes_to(request)
    add = partial(steps.add_step, record)
    row = add_part(request, record, "trail", form, add, opened="step-new")
    if isinstance(row, HttpResponse):
        return row
    removal = reverse("proposals:step-removal", args=[record.number, row.pk])
    back = _back(form.goes_to)
    back |= {"version": str(row.version), **REMOVE}
    tell(request, f"Skridtet ”{row}” er tilføjet.", url=removal, **back)
    if form.goes_to == BOARD:
        return _board(record)
    return answer(request, record, "trail", f"step-{row.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def step_edit(request: PortalRequest, number: int, pk: int) -> HttpResponse:
    """Edit a step where it stands."""
    record = get_proposal(request, number)
    step = record.steps.select_related("meeting").filter(pk=pk).first()
    if step is None:
        return _gone(request, record, pk)
    if "undo" in request.POST:
        return _undone(request, record, pk)
    form = StepForm(posted(request), council=request.seat.council, step=step)
    opened = f"step-{pk}"
    save = partial(steps.edit_step, pk)
    saved = edit_part(
        request, record, "trail", form, save, step,
        name=f"skridtet ”{step}”", opened=opened,
    )  # fmt: skip
    if isinstance(saved, HttpResponse):
        return saved
    said = told(saved, form, f"Skridtet ”{saved.row}” er gemt.")
    tell_edit(request, said, saved)
    return answer(request, record, "trail", opened)


@require_POST
@editors_only
@removal_by_word
def step_removal(request: PortalRequest, number: int, pk: int) -> HttpResponse:
    """Delete a step, or bring it back."""
    record, goes_to = get_proposal(request, number), _goes_to(request)
    if "undo" in request.POST:
        with or_404():
            row = steps.restore_step(record, pk, by=request.user)
        tell(request, f"Skridtet ”{row}” er tilbage.")
        if goes_to == BOARD:
            return _board(record)
        return answer(request, record, "trail", f"step-{pk}")
    step = get_object_or_404(record.steps, pk=pk)
    try:
        steps.remove_step(step.pk, seen=seen_in(request), by=request.user)
    except ChangedMeanwhileError as error:
        step = record.steps.get(pk=pk)
        warn(request, CHANGED.format(step=step, by=error.by))
        if goes_to == BOARD:
            return _board(record)
        return answer(request, record, "trail", f"step-{pk}", status=409)
    said, back = f"Skridtet ”{step}” er slettet.", _back(goes_to)
    tell(request, said, url=request.path, undo=1, **back)
    if goes_to == BOARD:
        return _board(record)
    return answer(request, record, "trail", "trail")


def _undone(request: PortalRequest, record: Proposal, pk: int) -> HttpResponse:
    """Take back the edit that the status line told of."""
    version = number_of(request.POST.get("undo", ""))
    with or_warn(request):
        row = steps.undo_step(pk, version=version, by=request.user)
        tell(request, f"Rettelsen er fortrudt. Skridtet er ”{row}”.")
    return answer(request, record, "trail", f"step-{pk}")


def _gone(request: PortalRequest, record: Proposal, pk: int) -> HttpResponse:
    """Somebody deleted the step meanwhile: what was typed waits as a new one.

    Raises:
        Http404: nothing was typed, or the proposal has had no such step.
    """
    if "status" not in request.POST or not was_deleted(Step, record, pk):
        raise Http404
    form = StepForm(posted(request), council=request.seat.council)
    form.is_valid()
    form.add_error(
        None, "Skridtet er slettet, mens du skrev. Gem det som nyt, eller fortryd."
    )
    return show(request, record, "trail", opened="step-new", form=form, status=409)


def _board(record: Proposal) -> HttpResponse:
    return redirect(f"{reverse('proposals:board')}#forslag-{record.number}")


def _back(goes_to: str) -> dict[str, str]:
    """The field that leads an undo to where the user came from."""
    return {"til": goes_to} if goes_to else {}


def _goes_to(request: PortalRequest) -> str:
    """Where the user came from: the board, or ""."""
    asked = request.POST.get("til") or request.GET.get("til")
    return BOARD if asked == BOARD else ""
