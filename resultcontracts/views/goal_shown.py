"""Finding a goal's page and showing it, with the reader's note open or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import render

from resultcontracts.models import Contract
from resultcontracts.queries.goalpage.page import goal_page
from resultcontracts.views.finding import get_contract

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from resultcontracts.queries.goalpage.page import GoalPage

PAGE: Final = "resultcontracts/goal.html"


def page_or_404(request: PortalRequest, contract: str, number: int) -> GoalPage:
    """Give the page of a goal.

    Raises:
        Http404: the user may see no such goal.
        SeveralError: the address names a year that has several contracts.
    """
    try:
        found = goal_page(request.seat, request.user, contract, number)
    except Contract.MultipleObjectsReturned:
        get_contract(request, contract)
        raise
    if found is None:
        raise Http404
    return found


def show(
    request: PortalRequest, page: GoalPage, *, status: int = 200, **also: Any
) -> HttpResponse:
    """Show the page of a goal; ``form`` is the open note, ``theirs`` what is saved."""
    return render(request, PAGE, {"page": page, **also}, status=status)
