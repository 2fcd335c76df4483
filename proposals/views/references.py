"""References that were typed with a number: make them follow, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.access import editors_only
from proposals.references import TOKEN
from proposals.services.references import follow_typed, unfollow
from proposals.views.common import get_record, or_404
from proposals.views.telling import or_warn, tell

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest


@require_POST
@editors_only
def typed(request: PortalRequest, of: str, number: int) -> HttpResponse:
    """Make a typed "forslag 9" a reference, or take that back."""
    record = get_record(request, of, number)
    at, words = request.POST.get("at", ""), request.POST.get("typed", "")
    token = request.POST.get("undo", "")
    with or_404(), or_warn(request):
        if TOKEN.fullmatch(token):
            unfollow(record, at=at, typed=words, token=token, by=request.user)
            tell(request, f"”{words}” er igen skrevet med tal.")
        else:
            name = follow_typed(record, at=at, typed=words, by=request.user)
            said = f"”{words}” er nu en henvisning til {name.text}, {name.title}."
            undo = {"at": at, "typed": words, "undo": name.token}
            tell(request, said, url=request.path, **undo)
    return redirect(f"{record.get_absolute_url()}#links")
