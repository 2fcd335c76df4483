"""What every answer gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.utils.cache import patch_cache_control

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    type GetResponse = Callable[[HttpRequest], HttpResponse]


def htmx_redirects(get_response: GetResponse) -> GetResponse:
    """Make htmx follow a redirect as a whole page.

    Left alone, the browser follows it inside the request, and htmx swaps what it finds
    (say, the sign-in page) into a corner of the page.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        hx = cast("Any", request).htmx
        if hx and not hx.boosted and "Location" in response.headers:
            response.status_code = 200
            response.headers["HX-Redirect"] = response.headers["Location"]
            del response.headers["Location"]
        return response

    return middleware


def private_by_default(get_response: GetResponse) -> GetResponse:
    """Forbid caches to keep what no view has called public."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "Cache-Control" not in response.headers:
            patch_cache_control(response, no_store=True, private=True)
        return response

    return middleware
