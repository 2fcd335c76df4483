"""The page of one goal, and where one figure comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from resultcontracts.queries.goalpage.figure import figure_page
from resultcontracts.views.finding import readers_only
from resultcontracts.views.goal_shown import page_or_404, show

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest


@require_safe
@readers_only
def goal(request: PortalRequest, contract: str, number: int) -> HttpResponse:
    """Show where a goal stands, by what, and where each figure comes from."""
    return show(request, page_or_404(request, contract, number))


@require_safe
@readers_only
def figure(request: PortalRequest, contract: str, pk: int) -> HttpResponse:
    """Show where one figure comes from, at an address that stays."""
    found = figure_page(request.seat, request.user, contract, pk)
    if found is None:
        raise Http404
    page, line, origin = found
    context = {"page": page, "line": line, "origin": origin}
    return render(request, "resultcontracts/figure.html", context)
