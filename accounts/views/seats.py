"""Which of one's seats one acts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.middleware import SEAT
from core.notices import say

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest


@require_POST
def seat_choice(request: PortalRequest) -> HttpResponse:
    """Act from another of one's councils: ``council`` is its slug. Back to the home page."""
    chosen = request.POST.get("council", "")
    for own in request.seats:
        if own.council.slug == chosen:
            request.session[SEAT] = chosen
            say(request, f"Du arbejder nu i {own.council}.")
            return redirect("home")
    raise Http404
