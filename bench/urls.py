"""The portal's addresses, and two that answer with nothing: what all else is held against."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

EMPTY = "/bench/empty/"
EMPTY_PUBLIC = "/bench/empty/public/"


def empty(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer whoever is signed in with nothing, after all the middleware."""
    return HttpResponse()


@login_not_required
def empty_public(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer everybody with nothing."""
    return HttpResponse()


urlpatterns = [
    path(EMPTY.removeprefix("/"), empty),
    path(EMPTY_PUBLIC.removeprefix("/"), empty_public),
    path("", include("kkr.urls")),
]
