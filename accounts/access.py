"""Who may do what: decorators for views. Deny first."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest

from accounts.choices import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpResponse

    from accounts.models import Membership, User

EDITORS = (Role.SECRETARIAT, Role.CHIEF)


class VisitorRequest(HttpRequest):
    """A request of anybody (types only); ``seat`` is falsy for those who sit nowhere."""

    user: User | AnonymousUser
    seat: Membership | None
    seats: tuple[Membership, ...]
    htmx: Any


class PortalRequest(VisitorRequest):
    """A request of somebody who is signed in and sits somewhere (types only)."""

    user: User
    seat: Membership


def seats_only(
    *roles: Role,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let in only these roles; for others there is no such page, and they get 404."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            own = cast("Any", request).seat
            if not own or own.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        # What a test of all routes reads: whom each lets in.
        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return decorate


editors_only = seats_only(*EDITORS)


def may_upload(request: HttpRequest) -> bool:
    """Whether files of this request are taken in: its user edits from the chosen seat."""
    seat: Membership | None = getattr(request, "seat", None)
    return seat.may_edit if seat else False
