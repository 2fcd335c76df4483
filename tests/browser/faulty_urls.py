"""The portal's addresses, and one for each thing that can go wrong in any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.urls import path

from kkr import errors, urls

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500


def failing(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    """A view in which ``error`` happens."""

    def view(request: HttpRequest) -> NoReturn:
        del request
        raise error

    return login_not_required(view)


FAILING = {
    400: failing(BadRequest("no form of ours")),
    403: failing(PermissionDenied()),
    429: login_not_required(errors.too_many),
    500: failing(RuntimeError("a flaw in the program")),
    503: failing(OperationalError("the database is gone")),
}
urlpatterns = [
    *urls.urlpatterns,
    *(path(f"fejl/{status}/", view) for status, view in FAILING.items()),
    path("fejl/csrf/", login_not_required(errors.csrf_failure)),
]
