"""Calls for figures: what is missing, the call, reminders, a letter, and a list.

Source: docs/rules.md R-142, R-143.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core import clock, formats
from core.conflict import blame
from core.errors import RuleViolationError
from core.file_names import file_name
from core.notices import say
from core.sheets import semicolons
from resultcontracts.choices import RoundLetterKind as Kind
from resultcontracts.forms.calls import LetterForm
from resultcontracts.models import Round
from resultcontracts.queries.calls import NEAR, NEEDED, UNANSWERED, board_of
from resultcontracts.services import round_letters
from resultcontracts.services import rounds as service
from resultcontracts.views.finding import get_contract

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from resultcontracts.queries.calls import Board, CallLine
    from resultcontracts.services.round_letters import Letter

PAGE: Final = "resultcontracts/calls/page.html"
LETTER: Final = "resultcontracts/calls/letter.html"
ASK: Final = "resultcontracts/calls/ask.html"
HEAD: Final = (
    "Målepunkt", "Navn", "Hvorfor", "Svarer", "Måler", "Skulle være her", "Over tiden",
    "Seneste kontakt",
)  # fmt: skip


@require_safe
@editors_only
def calls(request: PortalRequest, contract: str) -> HttpResponse:
    """Show what is missing, for which meeting, and who owes it since when."""
    board = board_of(get_contract(request, contract))
    return render(request, PAGE, _of(board) | _words(board))


@require_safe
@editors_only
def calls_csv(request: PortalRequest, contract: str) -> HttpResponse:
    """Give the same as a list."""
    board = board_of(get_contract(request, contract))
    rows = [
        (
            each.label, each.asked.row.name, name, each.who, each.who_note, each.due,
            each.due_note, each.contact.text,
        )
        for name, lines in board.groups
        for each in lines
    ]  # fmt: skip
    answer = HttpResponse(semicolons.written(HEAD, rows), "text/csv; charset=utf-8")
    name = file_name(f"{board.contract.title} opkald {clock.today()}", "csv")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def send(request: PortalRequest, contract: str) -> HttpResponse:
    """Show the call before it is sent, then send it."""
    board = _board(request, contract)
    return _letter(request, board, board.to_call, Kind.CALLED)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def remind(request: PortalRequest, contract: str) -> HttpResponse:
    """Show a reminder of one figure, or of all over time, then send it."""
    board = _board(request, contract)
    key = (request.POST or request.GET).get("maal", "")
    lines = board.to_remind
    if key:
        lines = [
            each
            for each in board.lines
            if each.key == key and each.asked.row.is_asked_for and each.is_missing
        ]
        if not lines:
            raise Http404
    is_question = bool(key) and lines[0].group == UNANSWERED
    is_first = is_question and not lines[0].contact.is_asked
    kind = Kind.ASKED if is_first else Kind.REMINDER
    return _letter(request, board, lines, kind, key)


def _board(request: PortalRequest, contract: str) -> Board:
    board = board_of(get_contract(request, contract))
    if board.meeting is None:
        raise Http404
    return board


def _letter(
    request: PortalRequest,
    board: Board,
    lines: list[CallLine],
    kind: Kind,
    key: str = "",
) -> HttpResponse:
    assert board.meeting is not None  # noqa: S101 -- asked before
    problem, status = "", 200
    if request.method == "POST":
        pks = [each.asked.row.pk for each in lines]
        told: dict[str, Any] = {"measures": pks, "by": request.user}
        try:
            if kind == Kind.CALLED:
                service.call(board.contract, board.meeting, **told)
            else:
                service.remind(board.contract, board.meeting, kind=kind, **told)
        except RuleViolationError as error:
            problem, status = str(error), 422
        else:
            say(request, f"{kind.label} er skrevet og sendes nu.")
            return redirect("resultcontracts:calls", board.contract.slug)
    context = _of(board) | {
        "kind": kind,
        "lines": lines,
        "key": key,
        "problem": problem,
        "letter": _draft(board, lines, kind) if lines else None,
        "is_reminder": kind != Kind.CALLED,
    }
    return render(request, LETTER, context, status=status)


def _draft(board: Board, lines: list[CallLine], kind: Kind, **more: Any) -> Letter:
    about = Round(contract=board.contract, meeting=board.meeting)
    rows = [each.asked.row for each in lines]
    return round_letters.draft(kind, about, rows, **{"has_link": True, **more})


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def ask(request: PortalRequest, contract: str, measure: str) -> HttpResponse:
    """Write to somebody who measures, where the agreement does not name the council."""
    board = _board(request, contract)
    assert board.meeting is not None  # noqa: S101 -- asked before
    line = next(
        (
            each
            for each in board.lines
            if each.key == measure and not each.asked.row.is_asked_for
        ),
        None,
    )
    if line is None:
        raise Http404
    words = _draft(board, [line], Kind.ASKED, has_link=False)
    begun = {"subject": words.subject, "body": words.body}
    form = LetterForm(request.POST or None, initial=begun)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                service.ask_elsewhere(
                    board.contract,
                    board.meeting,
                    measure=line.asked.row,
                    by=request.user,
                    **form.values,
                )
            except (RuleViolationError, ValidationError) as error:
                blame(form, error)
            else:
                say(request, f"Brevet om {line.label} er skrevet og sendes nu.")
                return redirect("resultcontracts:calls", board.contract.slug)
    context = _of(board) | {"form": form, "line": line}
    return render(request, ASK, context, status=status)


def _of(board: Board) -> dict[str, Any]:
    return {
        "board": board,
        "contract": board.contract,
        "meeting": board.meeting,
        "days": board.days,
    }


def _words(board: Board) -> dict[str, Any]:
    """Give the headline, the sentence under it, and the days in order."""
    if board.days is None:
        return {"headline": "Ingen opkald. Der er intet kommende møde.", "steps": []}
    return {
        "headline": _headline(board),
        "below": _below(board),
        "steps": _steps(board),
        "needed": NEEDED,
        "call_words": _call_words(board),
    }


def _call_words(board: Board) -> str:
    """Say who sends the call, and when; "" where it has gone or there is nothing to ask."""
    days = board.days
    if days is None or not board.waits_to_be_called:
        return ""
    day = f"{formats.weekday(days.calls_on)} {formats.long_date(days.calls_on)}"
    if board.contact is None:
        return "Opkaldet kan ikke sendes, før I har skrevet, hvem der svarer."
    if board.is_called_by_itself_now:
        return f"Portalen sender selv opkaldet i morgen tidlig til {board.contact['name']}."
    if board.is_called_by_itself:
        return f"Portalen sender selv opkaldet {day} til {board.contact['name']}."
    return "I sender selv opkaldet."


def _headline(board: Board) -> str:
    assert board.days is not None  # noqa: S101 -- asked before
    assert board.meeting is not None  # noqa: S101
    count, late, today = len(board.missing), len(board.late), clock.today()
    if not count and not late:
        day = formats.long_date(board.meeting.held_on)
        return f"Ingen tal mangler til mødet {day}."
    parts = []
    if count:
        left = (board.days.due_on - today).days
        day = formats.weekday(board.days.due_on)
        if left == 0:
            day = "i dag"
        elif not 0 < left <= NEAR:
            day = f"{day} {formats.long_date(board.days.due_on)}"
        verb = "skal være" if left >= 0 else "skulle have været"
        parts.append(f"{formats.number(count)} tal {verb} her {day}")
    if late:
        parts.append(f"{formats.number(late)}{'' if count else ' tal'} er over tiden")
    return f"{', '.join(parts)}."


def _below(board: Board) -> str:
    found = []
    if board.late:
        oldest = board.late[0]
        name = oldest.asked.row.name
        long = formats.counted(oldest.months, "måned", "måneder", "under en måned")
        found.append(f"Ældst er {oldest.label}, {name[:1].lower()}{name[1:]}: {long}.")
    if count := len(board.unanswered):
        more = " mere" if board.late or board.missing else ""
        found.append(
            f"{formats.number(count)} tal{more} er indberettet uden det, "
            "kontrakten spørger om."
        )
    return " ".join(found)


def _steps(board: Board) -> list[dict[str, Any]]:
    days, today = board.days, clock.today()
    assert days is not None  # noqa: S101 -- asked before
    call = "Opkald sendt" if board.is_called else "Opkald sendes"
    names = {
        days.calls_on: call,
        days.due_on: "Tal skal være her",
        days.sends_on: "Bilag sendes",
        days.held_on: "Møde i KKR",
    }
    missing = len(board.missing)
    if today not in names:
        names[today] = (
            f"{formats.number(missing)} mangler" if missing else "Intet mangler"
        )
    return [
        {
            "when": ("I dag, " if day == today else "") + formats.short_date(day),
            "what": names[day],
            "is_now": day == today,
        }
        for day in sorted(names)
    ]
