"""Calls for positions: written, sent, reminded of, taken away; ``deadlines`` has the rest."""

from __future__ import annotations

from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.asked import removal_by_word
from core.conflict import merged_words, save_form
from core.drafts.keeping import close_posted
from core.drafts.offering import offer
from core.errors import RuleViolationError
from core.formats import counted
from core.notices import say, warn
from proposals.choices import CallLetterKind
from proposals.forms.calls import CallForm
from proposals.services import call_letters
from proposals.services import calls as service
from proposals.views.call_pages import changed_unseen, named, page, with_call
from proposals.views.positions import get_board
from proposals.views.posted import posted

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from accounts.models import Municipality
    from proposals.models import PositionCall
    from proposals.queries.positions import Board

FORM: Final = "proposals/positions/call_form.html"
MAIL: Final = "proposals/positions/call_mail.html"


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
    return page(request, FORM, board, status=status, form=form, call=own)


def _saved(
    request: PortalRequest, board: Board, own: PositionCall | None, form: CallForm
) -> HttpResponse | None:
    """Save a call and go on to its mail; None where the form is to be shown again."""
    goes_on = redirect("proposals:positions-mail", board.of)
    if own is not None:
        save = partial(service.edit_call, own.pk, by=request.user)
        saved = save_form(request, form, own, save, named(request, board))
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
    board, row = with_call(request, of)
    if not row.is_draft:
        warn(request, service.SENT)
        return redirect("proposals:positions", of)
    problem = changed_unseen(request, row)
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
    return page(
        request, MAIL, board, status=status, call=row, post=post, problem=problem
    )


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def reminder(request: PortalRequest, of: str) -> HttpResponse:
    """Show the reminder before it is sent, then remind who lacks answers."""
    board, row = with_call(request, of, has_stances=True)
    if not row.is_open:
        warn(request, service.NOT_OPEN)
        return redirect("proposals:positions", of)
    problem = changed_unseen(request, row)
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
    return page(
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


@require_http_methods(["POST"])
@editors_only
@removal_by_word
def call_removal(request: PortalRequest, of: str) -> HttpResponse:
    """Take away a call that nobody was sent."""
    _board, row = with_call(request, of)
    if problem := changed_unseen(request, row):
        warn(request, problem)
        return redirect("proposals:positions-call", of)
    try:
        service.remove_call(row.pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
    else:
        say(request, "Udkastet til et opkald er fjernet.")
    return redirect("proposals:positions", of)


def _places(board: Board, pks: list[int]) -> list[Municipality]:
    wanted = set(pks)
    return [place for place in board.municipalities if place.pk in wanted]


def _mails(count: int) -> str:
    words = counted(count, "kommune får en mail", "kommuner får en mail", "ingen")
    return f"{words[:1].upper()}{words[1:]}." if count else "Ingen fik en mail."
