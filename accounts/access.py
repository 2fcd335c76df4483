"""Who may do what: decorators for views. Deny first."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

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
    """Let in only these roles; others get 403, and 404 comes from ``visible_to``."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            own = cast("Any", request).seat
            if not own or own.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


editors_only = seats_only(*EDITORS)
