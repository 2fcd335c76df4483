"""What the pages of a call for positions share: finding it, and what happened meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.conflict import Place
from proposals.services import calls as service
from proposals.views.positions import get_board, trail_of
from proposals.views.telling import seen_otherwise

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from proposals.models import PositionCall
    from proposals.queries.positions import Board

WORDS: Final = ("due_on", "remind_before", "note", "records", "municipalities")


def with_call(
    request: PortalRequest, of: str, *, has_stances: bool = False
) -> tuple[Board, PositionCall]:
    """Give the board with its latest call.

    Raises:
        Http404: there is none.
    """
    board = get_board(request, of, has_stances=has_stances)
    if board.call is None:
        raise Http404
    return board, board.call


def named(request: PortalRequest, board: Board) -> Place:
    """What a form of a call is about, should two people collide in it."""
    trail = trail_of(board.of, may_edit=True)
    return Place("opkaldet om holdninger", request.path, trail)


def changed_unseen(request: PortalRequest, row: PositionCall) -> str:
    """Say that somebody changed a call since the user read it; "" where nobody did."""
    if request.method != "POST" or not seen_otherwise(request, row, WORDS):
        return ""
    if row.is_draft:
        who = row.changed_by or "En anden"
        return f"{who} har rettet opkaldet imens. {service.READ_AGAIN}"
    return service.meanwhile(row)


def page(
    request: PortalRequest,
    template: str,
    board: Board,
    *,
    status: int = 200,
    **also: Any,
) -> HttpResponse:
    """Show a page of a call."""
    context = {
        "of": board.of,
        "board": board,
        "trail": trail_of(board.of, may_edit=True),
        "back": reverse("proposals:positions", args=[board.of]),
        **also,
    }
    return render(request, template, context, status=status)
