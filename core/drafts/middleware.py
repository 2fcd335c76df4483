"""What was refused is kept, whoever refused it and whatever for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.shortcuts import resolve_url

from core.drafts.keeping import keep_posted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from core.drafts.models import Draft
    from core.middleware import GetResponse

REFUSED: Final = 400
ADDRESSES: Final = ("Location", "HX-Redirect")


def keep_refused(get_response: GetResponse) -> GetResponse:
    """Keep the text of a form that was answered with an error, or with signing in.

    Its place is outside everything that may refuse: sessions, CSRF, sign-in, views.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "POST":
            return response
        to_sign_in = [name for name in ADDRESSES if _is_sign_in(response.get(name, ""))]
        if response.status_code < REFUSED and not to_sign_in:
            return response
        if (draft := keep_posted(request)) is not None:
            for name in to_sign_in:
                response[name] = sign_in(draft)
        return response

    return middleware


def sign_in(draft: Draft | None = None) -> str:
    """Give the address where one signs in, and goes on with ``draft``."""
    address = str(resolve_url(settings.LOGIN_URL))
    return f"{address}?{urlencode({'next': draft.address})}" if draft else address


def _is_sign_in(address: str) -> bool:
    """Whether an answer sends somebody to sign in who has yet to."""
    parts = urlsplit(address)
    return parts.path == sign_in() and "next" in parse_qs(parts.query)
