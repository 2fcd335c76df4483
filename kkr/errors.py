"""Answers to what went wrong. Each says only what is known, and loses nothing typed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError
from django.middleware.csrf import get_token
from django.shortcuts import render

from core import clock
from core.posted import Posted, posted_fields

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Field name → its Danish label, for text that is shown again when saving failed.
LABELS = {
    "title": "Titel",
    "summary": "Resumé",
    "recommendation": "Indstilling",
    "case": "Sagsfremstilling",
    "economy": "Økonomi",
    "process": "Videre proces",
    "addressee": "Svaret sendes til",
    "responsible": "Ansvarlig",
    "idea": "Ideen",
    "text": "Tekst",
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400: the browser sent what no form of ours sends."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403: the page exists for others; what one may not *see* is a 404."""
    return render(request, "403.html", {"typed": _typed(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: the same for missing and for forbidden; what was typed is not lost."""
    return render(request, "404.html", {"typed": _typed(request)}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 on a form whose token is missing or old; the typed text is on the page."""
    context = {"fields": _posted(request), "action": request.path}
    return render(request, "403_csrf.html", context, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 with the posted text when the database cannot be reached."""
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return render(None, "500.html", status=500)
    context = {
        "now": clock.now(),
        "fields": _posted(request),
        "action": request.get_full_path(),
        "is_saving": request.method == "POST",
        "csrf_token": get_token(request),
    }
    response = render(None, "503.html", context, status=503)
    response["Retry-After"] = "5"
    return response


def _posted(request: HttpRequest) -> tuple[Posted, ...]:
    return posted_fields(request.POST, LABELS) if request.method == "POST" else ()


def _typed(request: HttpRequest) -> tuple[Posted, ...]:
    """Give the texts of a form whose page is gone, to be copied and not sent again."""
    return tuple(field for field in _posted(request) if field.label and field.value)
