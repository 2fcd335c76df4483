"""What every answer gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urldefrag

from django.utils.cache import patch_cache_control

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    type GetResponse = Callable[[HttpRequest], HttpResponse]


def htmx_redirects(get_response: GetResponse) -> GetResponse:
    """Make htmx follow a redirect as a whole page.

    Left alone, the browser follows it inside the request, and htmx swaps what it finds
    (say, the sign-in page) into a corner of the page. A redirect to another place on the
    same page (``#item-2-1``) would only scroll: the page is fetched anew as well.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        hx = cast("Any", request).htmx
        if hx and not hx.boosted and "Location" in response.headers:
            response.status_code = 200
            target = response.headers["Location"]
            response.headers["HX-Redirect"] = target
            if is_on_page(target, hx.current_url_abs_path):
                response.headers["HX-Refresh"] = "true"
            del response.headers["Location"]
        return response

    return middleware


def is_on_page(target: str, page: str | None) -> bool:
    """Whether a browser that shows ``page`` would merely scroll to ``target``."""
    address, fragment = urldefrag(target)
    return bool(fragment) and page is not None and address == urldefrag(page).url


def private_by_default(get_response: GetResponse) -> GetResponse:
    """Forbid caches to keep what no view has called public, and browsers to guess types."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "Cache-Control" not in response.headers:
            patch_cache_control(response, no_store=True, private=True)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        # No other site may put what we answer into a page of its own.
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # What is taken down must not live on as a search engine's copy.
        response.headers.setdefault("X-Robots-Tag", "noarchive")
        return response

    return middleware
