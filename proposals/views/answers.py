"""All that one municipality thinks, in one form: its director's page.

Source: docs/rules.md R-89.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core.conflict import problems
from core.drafts.keeping import close_posted
from core.drafts.offering import offer
from core.errors import RuleViolationError
from core.formats import counted, listed
from core.notices import say
from proposals.forms.answers import AnswersForm
from proposals.queries import cells
from proposals.queries.allowed import allowed
from proposals.queries.answer_pages import answer_page
from proposals.queries.record_lines import with_texts
from proposals.services import positions as service
from proposals.views.positions import get_board, readers_only, trail_of
from proposals.views.posted import posted

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from accounts.models import Municipality
    from proposals.queries.answer_pages import AnswerPage
    from proposals.queries.positions import Board

PAGE: Final = "proposals/positions/answers.html"
NEEDS_REASON: Final = (
    "Opkaldet er lukket, og svaret er ikke gemt. Ret det i matrixen, og skriv hvorfor."
)


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def answers(request: PortalRequest, of: str, code: int) -> HttpResponse:
    """Show one municipality's stances, what is missing first, and save those changed."""
    board = get_board(request, of, has_stances=False)
    place = next((row for row in board.municipalities if row.code == code), None)
    seat = request.seat
    if place is None or not (seat.may_edit or seat.municipality_id == place.pk):
        raise Http404
    refused = _refused(request, board, place)
    rows = cells.positions_from(seat, of, place, board.records)
    page = answer_page(board.records, rows, refused, request.GET.get("side", ""))
    form = AnswersForm(
        posted(request),
        records=with_texts(board.catalogue, page.records_of(request.POST)),
        refused=refused,
        rows=rows,
        signer="" if seat.may_edit else str(request.user),
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = _save(request, board, place, form)
            if status == 302:  # noqa: PLR2004 -- all is saved
                return _go_on(request, page)
            rows = cells.positions_from(seat, of, place, board.records)
            form.rows = rows
        else:
            form.say_refused()
    if form.records:
        key = f"proposals.positions:{of}:{board.catalogue.pk}:{place.pk}"
        offer(request, form, f"holdninger fra {place}", key=page.key_of(key))
    asked = {record.pk for record in form.records}
    shut = [record for record in page.records if record.pk not in asked]
    context = {
        "of": of,
        "board": board,
        "place": place,
        "form": form,
        "page": page,
        "answers": form.answers(),
        "settled": [(record, rows[record.pk]) for record in shut],
        "trail": trail_of(of, may_edit=seat.may_edit),
        "may_edit": seat.may_edit,
    }
    return render(request, PAGE, context, status=status)


def _go_on(request: PortalRequest, page: AnswerPage) -> HttpResponse:
    """Go to the page of answers that the pressed button names, else stay on this one."""
    if page.count == 1:
        return redirect(request.path)
    asked = page.within(request.POST.get("videre", ""))
    return redirect(f"{request.path}?side={asked or page.number}")


def _refused(
    request: PortalRequest, board: Board, place: Municipality
) -> dict[int, str]:
    """Give why the seat may not answer here now, by the record's pk, where it may not."""
    found = {}
    calls = [call for call in reversed(board.calls) if not call.is_draft]
    for record in board.records:
        try:
            if allowed(place, record.pk, calls, request.seat):
                found[record.pk] = NEEDS_REASON
        except RuleViolationError as error:
            found[record.pk] = str(error)
    return found


def _save(
    request: PortalRequest, board: Board, place: Municipality, form: AnswersForm
) -> int:
    """Write what was changed; give the status: 302, 409 where somebody else answered."""
    try:
        given = service.give_all(
            board.catalogue,
            place,
            list(form.changes()),
            seat=request.seat,
            by=request.user,
        )
    except (RuleViolationError, ValidationError) as error:
        form.add_error(None, problems(error))
        return 422
    if given.saved:
        say(request, f"{counted(len(given.saved), 'svar', 'svar')} er gemt.")
    form.written = set(given.saved)
    status = 302
    if late := form.say_refused():
        words = (
            f"{counted(late, 'svar', 'svar')} er ikke gemt. Det står herunder hvorfor."
        )
        form.add_error(None, words)
        status = 422
    if given.collided:
        form.collided = set(given.collided)
        named = listed([str(r.number) for r in form.records if r.pk in form.collided])
        words = f"En anden har svaret på {board.noun} {named}, siden du åbnede siden."
        form.add_error(None, f"{words} Vælg, hvad der skal gælde. Resten er gemt.")
        status = 409
    if status == 302:  # noqa: PLR2004
        close_posted(request)
        if not given.saved and "videre" not in request.POST:
            say(request, "Der var intet at gemme.")
    return status
