"""A director's own page of positions: what is asked, and what was answered.

Source: docs/rules.md R-109.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import seats_only
from accounts.choices import Role
from proposals.queries.own_calls import own_calls

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest


@require_safe
@seats_only(Role.DIRECTOR)
def own_positions(request: PortalRequest) -> HttpResponse:
    """Show what the director's municipality is asked, whether a call is open or not."""
    context = {"calls": own_calls(request.seat)}
    return render(request, "proposals/positions/own.html", context)
