"""The deadline of a call for positions: moved, reminded of, and its end."""

from __future__ import annotations

from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.conflict import merged_words, save_form
from core.errors import RuleViolationError
from core.formats import long_date
from core.notices import say, warn
from proposals.forms.calls import DeadlineForm, ReminderForm
from proposals.services import calls as service
from proposals.views.call_pages import changed_unseen, named, page, with_call
from proposals.views.posted import number_of, posted

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from proposals.models import PositionCall
    from proposals.queries.positions import Board

DEADLINE: Final = "proposals/positions/deadline.html"
CLOSE: Final = "proposals/positions/close.html"
NO_REMINDER: Final = "Portalen minder ikke selv om fristen."


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def deadline(request: PortalRequest, of: str) -> HttpResponse:
    """Give more time, open a closed call again, or say when the portal reminds of it."""
    board, row = with_call(request, of)
    if row.is_draft:
        return redirect("proposals:positions-call", of)
    if request.method == "POST" and "remind_before" in request.POST:
        return _reminder_days(request, board, row)
    form = DeadlineForm(posted(request), initial={"version": row.version})
    status = 200
    if request.method == "POST":
        status = 422
        if answer := _new_deadline(request, board, row, form):
            return answer
        if _is_closed_unseen(request, row):
            status, form = 409, _read_again(form, row)
    days = ReminderForm(instance=copy(row))
    return page(request, DEADLINE, board, status=status, call=row, form=form, days=days)


def _new_deadline(
    request: PortalRequest, board: Board, row: PositionCall, form: DeadlineForm
) -> HttpResponse | None:
    """Give more time; None where the form is to be shown again."""
    save = partial(service.set_deadline, row.pk, by=request.user)
    saved = save_form(request, form, row, save, named(request, board))
    if saved is None or isinstance(saved, HttpResponse):
        return saved
    day = long_date(saved.row.due_on)
    say(
        request,
        f"Kommunerne kan svare til og med {day}. {merged_words(saved, form)}".rstrip(),
    )
    return redirect("proposals:positions", board.of)


def _is_closed_unseen(request: PortalRequest, row: PositionCall) -> bool:
    """Whether somebody closed a call while its deadline was written."""
    seen = number_of(request.POST.get("version", ""))
    return row.closed_at is not None and service.closed_since(row, seen)


def _read_again(form: DeadlineForm, row: PositionCall) -> DeadlineForm:
    """The form as it was sent, over the call as it stands now, with what happened."""
    data = {**dict(form.data.items()), "version": str(row.version)}
    fresh = DeadlineForm(data)
    fresh.is_valid()
    fresh.add_error(None, service.meanwhile(row))
    return fresh


def _reminder_days(
    request: PortalRequest, board: Board, row: PositionCall
) -> HttpResponse:
    """Save when the portal reminds of the call, which is asked for on the same page."""
    if not row.is_open:
        warn(request, service.NOT_OPEN)
        return redirect("proposals:positions", board.of)
    form = ReminderForm(request.POST, instance=copy(row))
    save = partial(service.set_reminder, row.pk, by=request.user)
    saved = save_form(request, form, row, save, named(request, board))
    if isinstance(saved, HttpResponse):
        return saved
    if saved is None:
        deadline = DeadlineForm(initial={"version": row.version})
        also = {"call": row, "form": deadline, "days": form}
        return page(request, DEADLINE, board, status=422, **also)
    day = saved.row.next_reminder
    when = (
        f"Portalen minder dem, der mangler, {long_date(day)}." if day else NO_REMINDER
    )
    say(request, f"{when} {merged_words(saved, form)}".rstrip())
    return redirect("proposals:positions", board.of)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def closing(request: PortalRequest, of: str) -> HttpResponse:
    """Ask once, then close a call before its day."""
    board, row = with_call(request, of, has_stances=True)
    if not row.is_open:
        warn(request, service.NOT_OPEN)
        return redirect("proposals:positions", of)
    problem = changed_unseen(request, row)
    if request.method == "POST" and not problem:
        try:
            service.close_call(row.pk, by=request.user)
        except RuleViolationError as error:
            warn(request, str(error))
        else:
            say(request, "Opkaldet er lukket. Nu kan kun sekretariatet rette.")
        return redirect("proposals:positions", of)
    status = 409 if problem else 200
    return page(request, CLOSE, board, status=status, call=row, problem=problem)
