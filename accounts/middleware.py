"""Which seat the user acts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.utils.functional import SimpleLazyObject

from accounts.models import Membership

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

SEAT = "seat"


def seat(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put the user's seats on the request: ``request.seats``, and ``request.seat``.

    They come with the user (``accounts.backend``); somebody who signs in with this very
    request costs one query more. Outsiders have no seat: ``None``.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        lazy = cast("Any", request)
        lazy.seats = SimpleLazyObject(lambda: _seats(request))
        lazy.seat = SimpleLazyObject(lambda: _chosen(request, lazy.seats))
        return get_response(request)

    return middleware


def _seats(request: HttpRequest) -> tuple[Membership, ...]:
    if not request.user.is_authenticated:
        return ()
    known: tuple[Membership, ...] | None = getattr(request.user, "own_seats", None)
    if known is not None:
        return known
    rows = Membership.objects.filter(user=request.user)
    return tuple(rows.select_related("user", "council", "municipality", "organisation"))


def _chosen(request: HttpRequest, seats: tuple[Membership, ...]) -> Membership | None:
    chosen = request.session.get(SEAT)
    for own in seats:
        if own.council.slug == chosen:
            return own
    return seats[0] if seats else None
