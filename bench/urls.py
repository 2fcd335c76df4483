"""The portal's addresses, and one that answers with nothing: what all else is held against."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

EMPTY = "/bench/empty/"


def empty(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer whoever is signed in with nothing, after all the middleware."""
    return HttpResponse()


urlpatterns = [
    path(EMPTY.removeprefix("/"), empty),
    path("", include("kkr.urls")),
]
