"""Positions: the matrix, one record's answers, one field of the matrix.

The secretariat and the directors read them; for others there is no such page.

Source: docs/rules.md R-94.
"""

from __future__ import annotations

from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import seats_only
from accounts.choices import Role
from core.conflict import Place, merged_words, save_form
from core.drafts.offering import offer
from core.errors import RuleViolationError
from core.htmx import render_hx, wants_partial
from core.notices import Undo, say
from proposals.forms.positions import PositionForm
from proposals.queries import cells
from proposals.queries.allowed import said
from proposals.queries.matrix import Cut, cut, cut_at, row_of
from proposals.queries.positions import Board, board_of
from proposals.queries.sent import sent_in
from proposals.services import positions as service
from proposals.views.common import record_key
from proposals.views.common import refusal as refusal_of
from proposals.views.kinds import KINDS
from proposals.views.posted import posted

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from core.versions import Saved
    from meetings.editions.records import Shown
    from proposals.models import Position
    from proposals.queries.cells import OpenCell

MATRIX: Final = "proposals/positions/matrix.html"
RECORD: Final = "proposals/positions/record.html"
CELL: Final = "proposals/positions/cell.html"
readers_only = seats_only(Role.SECRETARIAT, Role.CHIEF, Role.DIRECTOR)


def get_board(request: PortalRequest, of: str, **what: bool) -> Board:
    """Give what the seat may read of a kind's positions.

    Args:
        what: as ``board_of`` takes it.

    Raises:
        Http404: there is no such catalogue, or nothing was called for.
    """
    board = board_of(request.seat, of, **what)
    if board is None:
        raise Http404
    return board


def trail_of(of: str, *, may_edit: bool) -> tuple[tuple[str, str], ...]:
    """Give the way to a page below the matrix."""
    kind = KINDS[of]
    before = (reverse(kind.list_url), kind.list_name)
    if not may_edit:
        before = (reverse("proposals:own-positions"), "Jeres holdninger")
    return (before, (reverse("proposals:positions", args=[of]), "Holdninger"))


@require_safe
@readers_only
def matrix(request: PortalRequest, of: str) -> HttpResponse:
    """Show who thinks what, and who is silent; ``?side=`` rows, ``?kommuner=`` columns."""
    board = get_board(request, of)
    shown = cut(board, request.GET.get("side", ""), request.GET.get("kommuner", ""))
    return render(request, MATRIX, _context(request, shown))


@require_safe
@readers_only
def record(request: PortalRequest, of: str, number: int) -> HttpResponse:
    """Show what each municipality thinks of one record, and why."""
    found = cells.record_of_seat(request.seat, of, number)
    if found is None:
        raise Http404
    row, _calls = found
    places = request.seat.council.municipalities.order_by("sort_key", "pk")
    known = cells.positions_on(request.seat, row)
    rows = [(place, known.get(place.pk)) for place in places]
    context = {
        "of": of,
        "record": row,
        "rows": rows,
        "tally": cells.tally_of(rows),
        "url": reverse("proposals:positions-record", args=[of, number]),
        "trail": trail_of(of, may_edit=request.seat.may_edit),
        "sent": _sent(request, row),
    }
    return render(request, RECORD, context)


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def cell(request: PortalRequest, of: str, number: int, code: int) -> HttpResponse:
    """Show one field with its reason, and let who may write in it; ``?luk`` closes it."""
    if request.method == "GET" and "luk" in request.GET and wants_partial(request):
        return _closed(request, of, number, code)
    found = _found(request, of, number, code)
    row, refusal = _begun(request, found)
    form = PositionForm(
        posted(request),
        instance=copy(row),
        signer="" if request.seat.may_edit else str(request.user),
        is_correction=found.is_correction,
    )
    if request.method != "POST":
        return _opened(request, of, found, form)
    saved = _saved(request, of, found, form, row)
    if isinstance(saved, HttpResponse):
        return saved
    if saved is not None:
        return _answer(request, of, found, form, saved)
    if refusal and form.is_valid():
        # It closed while somebody wrote: what they wrote stays, with the reason.
        form.add_error(None, refusal)
    return _opened(request, of, found, form, status=refusal_of(form))


def _found(request: PortalRequest, of: str, number: int, code: int) -> OpenCell:
    """Give a field that the seat may see, and write in if it is sent.

    Raises:
        Http404: there is none.
    """
    key = record_key(request)
    found = cells.open_cell(request.seat, of, number, code, key=key)
    if found is None or (request.method == "POST" and not _is_own(request, found)):
        raise Http404
    return found


def _is_own(request: PortalRequest, found: OpenCell) -> bool:
    """Whether the seat answers for the municipality."""
    seat = request.seat
    return seat.may_edit or seat.municipality_id == found.cell.municipality.pk


def _opened(
    request: PortalRequest,
    of: str,
    found: OpenCell,
    form: PositionForm,
    *,
    status: int = 200,
) -> HttpResponse:
    if found.may_edit:
        offer(request, form, str(found.cell), key=_key(found))
    context = {
        "of": of,
        "open": found,
        "form": form,
        "is_own": _is_own(request, found),
        "url": _url(of, found),
        "closed_url": f"{_matrix_url(of)}#raekke-{found.cell.record.number}",
        "trail": trail_of(of, may_edit=request.seat.may_edit),
    }
    return render_hx(request, CELL, "opened", context, status=status)


def _begun(request: PortalRequest, found: OpenCell) -> tuple[Position, str]:
    """Give the field's row, and why nothing can be written in it.

    When something is sent there is a row, so that two who answer at once meet in it.
    """
    if request.method != "POST" or found.row.pk or not found.may_edit:
        return found.row, found.refusal
    try:
        row = service.begun(found.cell, seat=request.seat, by=request.user)
    except RuleViolationError as error:
        return found.row, str(error)
    return row, ""


def _saved(
    request: PortalRequest, of: str, found: OpenCell, form: PositionForm, row: Position
) -> Saved[Position] | HttpResponse | None:
    if not row.pk or not found.may_edit:
        return None
    save = partial(service.give, found.cell, seat=request.seat, by=request.user)
    place = Place(
        str(found.cell),
        _url(of, found),
        trail_of(of, may_edit=request.seat.may_edit),
    )
    return save_form(request, form, row, save, place)


def _answer(
    request: PortalRequest,
    of: str,
    found: OpenCell,
    form: PositionForm,
    saved: Saved[Position],
) -> HttpResponse:
    """Say what was saved: the row and the counts for htmx, otherwise the page again."""
    words = f"{said(found.cell, saved.row)}. {merged_words(saved, form)}".rstrip()
    say(request, words, undo=_undo(of, found, saved.row))
    board = get_board(request, of)
    shown = cut_at(board, found.cell.record.pk, found.cell.municipality.pk)
    if not wants_partial(request):
        query = {"side": shown.page, "kommuner": shown.block}
        query = {name: at for name, at in query.items() if at > 1}
        tail = f"?{urlencode(query)}" if query else ""
        return redirect(f"{_matrix_url(of)}{tail}#raekke-{found.cell.record.number}")
    return _row_again(request, shown, found.cell.record.pk, _url(of, found))


def _closed(request: PortalRequest, of: str, number: int, code: int) -> HttpResponse:
    """Close a field that was opened under its row; the focus goes back to it."""
    board = get_board(request, of)
    record_pk = next((r.pk for r in board.records if r.number == number), 0)
    place_pk = next((m.pk for m in board.municipalities if m.code == code), 0)
    if not record_pk or not place_pk:
        raise Http404
    shown = cut_at(board, record_pk, place_pk)
    return _row_again(request, shown, record_pk, request.path)


def _row_again(
    request: PortalRequest, shown: Cut, record_pk: int, changed: str
) -> HttpResponse:
    """Give a row with its counts anew, for htmx; the field that was open has the focus."""
    board = shown.board
    line = next(r for r in board.records if r.pk == record_pk)
    context = _context(request, shown)
    context["row"] = row_of(board, line, shown.places)
    context["changed"] = changed
    return render_hx(request, MATRIX, "saved", context)


def _undo(of: str, found: OpenCell, row: Position) -> Undo | None:
    """Give the step back; a correction needs a reason, and is taken back by hand."""
    if found.is_correction or row.version == found.row.version:
        return None
    before = found.row
    fields = {
        "stance": before.stance,
        "reason": before.reason,
        "signer": before.signer,
        "given_on": before.given_on.strftime("%d.%m.%Y") if before.given_on else "",
        "version": str(row.version),
        "record": found.cell.record.key,
    }
    return Undo(_url(of, found), "Fortryd", fields)


def _context(request: PortalRequest, shown: Cut) -> dict[str, Any]:
    seat, board = request.seat, shown.board
    own = None
    if not seat.may_edit and seat.municipality is not None:
        args = [board.of, seat.municipality.code]
        own = reverse("proposals:positions-of", args=args)
    return {
        "of": board.of,
        "board": board,
        "cut": shown,
        "may_edit": seat.may_edit,
        "own_url": own,
        "own_pk": seat.municipality_id,
    }


def _sent(request: PortalRequest, row: Any) -> tuple[Shown, ...]:
    return sent_in(f"{row.owner}:{row.key}", request.user, request.seat).rows


def _key(found: OpenCell) -> str:
    own = found.cell
    return (
        f"proposals.position:{own.record.owner}:{own.record.pk}:{own.municipality.pk}"
    )


def _url(of: str, found: OpenCell) -> str:
    """Where the field is now, whatever number its record had when it was opened."""
    cell = found.cell
    args = [of, cell.record.number, cell.municipality.code]
    return reverse("proposals:positions-cell", args=args)


def _matrix_url(of: str) -> str:
    return reverse("proposals:positions", args=[of])
