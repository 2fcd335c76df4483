"""Acts that take something away are asked for by a word, never by what a form left out."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import render

from core.htmx import wants_partial
from core.posted import posted_fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    type View = Callable[..., HttpResponse]

REMOVE: Final = {"remove": "ja"}
"""The fields of a form that removes something."""


def asked_by(name: str, *words: str, unless: str = "") -> Callable[[View], View]:
    """Let a POST in only if its field ``name`` is one of these words.

    Any other is answered with 422, and nothing is changed.

    Args:
        unless: a field that asks for something else, such as "undo", if it is filled in.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            said = request.POST.get(name) in words or bool(request.POST.get(unless))
            if said:
                return view(request, *args, **kwargs)
            return _not_understood(request)

        return asked

    return decorate


removal_by_word = asked_by("remove", REMOVE["remove"], unless="undo")


def _not_understood(request: HttpRequest) -> HttpResponse:
    typed = [field for field in posted_fields(request.POST, {}) if field.label]
    response = render(request, "422.html", {"typed": typed}, status=422)
    if wants_partial(request):
        response["HX-Retarget"] = "body"
        response["HX-Reswap"] = "innerHTML"
    return response
