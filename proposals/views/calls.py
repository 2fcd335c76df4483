"""Calls for positions: written, sent, reminded of, given more time, closed."""

from __future__ import annotations

from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.asked import removal_by_word
from core.conflict import Place, merged_words, save_form
from core.drafts.keeping import close_posted
from core.drafts.offering import offer
from core.errors import RuleViolationError
from core.formats import counted, long_date
from core.notices import say, warn
from proposals.choices import CallLetterKind
from proposals.forms.calls import CallForm, DeadlineForm, ReminderForm
from proposals.services import call_letters
from proposals.services import calls as service
from proposals.views.common import number_of, posted, seen_otherwise
from proposals.views.positions import get_board, trail_of

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from accounts.models import Municipality
    from proposals.models import PositionCall
    from proposals.queries.positions import Board

FORM: Final = "proposals/positions/call_form.html"
MAIL: Final = "proposals/positions/call_mail.html"
DEADLINE: Final = "proposals/positions/deadline.html"
CLOSE: Final = "proposals/positions/close.html"
WORDS: Final = ("due_on", "remind_before", "note", "records", "municipalities")
NO_REMINDER: Final = "Portalen minder ikke selv om fristen."


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def call(request: PortalRequest, of: str) -> HttpResponse:
    """Write a call, or go on with one that nobody was sent."""
    board = get_board(request, of, has_stances=False)
    row = board.call
    if row is not None and row.is_open:
        warn(request, service.SENT)
        return redirect("proposals:positions", of)
    own = row if row is not None and row.is_draft else None
    form = CallForm(
        posted(request),
        instance=copy(own) if own else None,
        choices=board.records,
        places=board.municipalities,
    )
    if request.method == "POST":
        answer = _saved(request, board, own, form)
        if answer is not None:
            return answer
    key = f"proposals.positioncall:{board.catalogue.pk}"
    offer(request, form, "et opkald om holdninger", key=key)
    status = 422 if request.method == "POST" and not form.goes_back else 200
    return _page(request, FORM, board, status=status, form=form, call=own)


def _saved(
    request: PortalRequest, board: Board, own: PositionCall | None, form: CallForm
) -> HttpResponse | None:
    """Save a call and go on to its mail; None where the form is to be shown again."""
    goes_on = redirect("proposals:positions-mail", board.of)
    if own is not None:
        save = partial(service.edit_call, own.pk, by=request.user)
        saved = save_form(request, form, own, save, _named(request, board))
        if saved is None or isinstance(saved, HttpResponse):
            return saved
        say(request, f"Opkaldet er gemt. {merged_words(saved, form)}".rstrip())
        return goes_on
    if not form.is_valid():
        return None
    try:
        service.create_call(board.catalogue.pk, by=request.user, **form.values)
    except RuleViolationError as error:
        form.add_error(None, str(error))
        return None
    close_posted(request)
    say(request, "Opkaldet er gemt. Ingen er spurgt endnu.")
    return goes_on


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def mail(request: PortalRequest, of: str) -> HttpResponse:
    """Show the mail before it is sent, then call."""
    board, row = _with_call(request, of)
    if not row.is_draft:
        warn(request, service.SENT)
        return redirect("proposals:positions", of)
    problem = _changed_unseen(request, row)
    status = 409 if problem else 200
    if request.method == "POST" and not problem:
        try:
            written = service.send_call(row.pk, by=request.user)
        except RuleViolationError as error:
            problem, status = str(error), 422
        else:
            say(request, f"Opkaldet er åbent. {_mails(len(written))}")
            return redirect("proposals:positions", of)
    post = call_letters.post(
        CallLetterKind.CALLED, row, _places(board, row.municipalities)
    )
    return _page(
        request, MAIL, board, status=status, call=row, post=post, problem=problem
    )


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def reminder(request: PortalRequest, of: str) -> HttpResponse:
    """Show the reminder before it is sent, then remind who lacks answers."""
    board, row = _with_call(request, of, has_stances=True)
    if not row.is_open:
        warn(request, service.NOT_OPEN)
        return redirect("proposals:positions", of)
    problem = _changed_unseen(request, row)
    if request.method == "POST" and not problem:
        try:
            written = service.remind(row.pk, by=request.user)
        except RuleViolationError as error:
            warn(request, str(error))
        else:
            say(request, _mails(len(written)))
        return redirect("proposals:positions", of)
    waiting = [each.municipality.pk for each in board.lacking]
    pks = call_letters.to_remind(row, waiting)
    return _page(
        request,
        MAIL,
        board,
        status=409 if problem else 200,
        call=row,
        problem=problem,
        post=call_letters.post(
            CallLetterKind.REMINDER,
            row,
            _places(board, pks),
            {each.municipality.pk: each.what for each in board.lacking},
        ),
        is_reminder=True,
        reminded_today=len(waiting) - len(pks),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def deadline(request: PortalRequest, of: str) -> HttpResponse:
    """Give more time, open a closed call again, or say when the portal reminds of it."""
    board, row = _with_call(request, of)
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
    return _page(
        request, DEADLINE, board, status=status, call=row, form=form, days=days
    )


def _new_deadline(
    request: PortalRequest, board: Board, row: PositionCall, form: DeadlineForm
) -> HttpResponse | None:
    """Give more time; None where the form is to be shown again."""
    save = partial(service.set_deadline, row.pk, by=request.user)
    saved = save_form(request, form, row, save, _named(request, board))
    if saved is None or isinstance(saved, HttpResponse):
        return saved
    day = long_date(saved.row.due_on)
    say(
        request,
        f"Kommunerne kan svare til og med {day}. {merged_words(saved, form)}".rstrip(),
    )
    return redirect("proposals:positions", board.of)


def _changed_unseen(request: PortalRequest, row: PositionCall) -> str:
    """Say that somebody changed a call since the user read it; "" where nobody did."""
    if request.method != "POST" or not seen_otherwise(request, row, WORDS):
        return ""
    if row.is_draft:
        who = row.changed_by or "En anden"
        return f"{who} har rettet opkaldet imens. {service.READ_AGAIN}"
    return service.meanwhile(row)


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
    saved = save_form(request, form, row, save, _named(request, board))
    if isinstance(saved, HttpResponse):
        return saved
    if saved is None:
        deadline = DeadlineForm(initial={"version": row.version})
        also = {"call": row, "form": deadline, "days": form}
        return _page(request, DEADLINE, board, status=422, **also)
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
    board, row = _with_call(request, of, has_stances=True)
    if not row.is_open:
        warn(request, service.NOT_OPEN)
        return redirect("proposals:positions", of)
    problem = _changed_unseen(request, row)
    if request.method == "POST" and not problem:
        try:
            service.close_call(row.pk, by=request.user)
        except RuleViolationError as error:
            warn(request, str(error))
        else:
            say(request, "Opkaldet er lukket. Nu kan kun sekretariatet rette.")
        return redirect("proposals:positions", of)
    status = 409 if problem else 200
    return _page(request, CLOSE, board, status=status, call=row, problem=problem)


@require_http_methods(["POST"])
@editors_only
@removal_by_word
def call_removal(request: PortalRequest, of: str) -> HttpResponse:
    """Take away a call that nobody was sent."""
    _board, row = _with_call(request, of)
    if problem := _changed_unseen(request, row):
        warn(request, problem)
        return redirect("proposals:positions-call", of)
    try:
        service.remove_call(row.pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
    else:
        say(request, "Udkastet til et opkald er fjernet.")
    return redirect("proposals:positions", of)


def _with_call(
    request: PortalRequest, of: str, *, has_stances: bool = False
) -> tuple[Board, PositionCall]:
    board = get_board(request, of, has_stances=has_stances)
    if board.call is None:
        raise Http404
    return board, board.call


def _named(request: PortalRequest, board: Board) -> Place:
    """What a form of a call is about, should two people collide in it."""
    trail = trail_of(board.of, may_edit=True)
    return Place("opkaldet om holdninger", request.path, trail)


def _places(board: Board, pks: list[int]) -> list[Municipality]:
    wanted = set(pks)
    return [place for place in board.municipalities if place.pk in wanted]


def _page(
    request: PortalRequest,
    template: str,
    board: Board,
    *,
    status: int = 200,
    **also: Any,
) -> HttpResponse:
    context = {
        "of": board.of,
        "board": board,
        "trail": trail_of(board.of, may_edit=True),
        "back": reverse("proposals:positions", args=[board.of]),
        **also,
    }
    return render(request, template, context, status=status)


def _mails(count: int) -> str:
    words = counted(count, "kommune får en mail", "kommuner får en mail", "ingen")
    return f"{words[:1].upper()}{words[1:]}." if count else "Ingen fik en mail."
