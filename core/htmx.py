"""Page or partial: one URL serves both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.shortcuts import render
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

VARY = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")


def wants_partial(request: HttpRequest) -> bool:
    """Tell whether htmx will swap the answer into a part of the page."""
    hx = cast("Any", request).htmx
    return bool(hx) and not hx.boosted and not hx.history_restore_request


def render_hx(
    request: HttpRequest,
    template: str,
    partial: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render ``template``, or only its ``partial`` when htmx asks for a part.

    The view names the partial; the browser never does.
    """
    name = f"{template}#{partial}" if wants_partial(request) else template
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, VARY)
    return response
