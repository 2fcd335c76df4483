"""What was sent and is taken down answers 410, wherever it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone

from meetings.editions.withdrawn import WithdrawnError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

GONE: Final = 410
# Who asks again learns the same; no copy is kept, and no list of results shows it.
ROBOTS: Final = "noindex, noarchive, nosnippet"


class Withdrawn:
    """Turn a :class:`WithdrawnError` of a view into the page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Answer with what stood there, when and why; programs get it as JSON."""
        if not isinstance(exception, WithdrawnError):
            return None
        answer = (
            JsonResponse(_told(exception), json_dumps_params={"ensure_ascii": False})
            if request.path.endswith(".json")
            else _page(request, exception)
        )
        answer.status_code = GONE
        answer["X-Robots-Tag"] = ROBOTS
        return answer


def _page(request: HttpRequest, found: WithdrawnError) -> HttpResponse:
    context: dict[str, object] = {
        "edition": found.edition,
        "closed": found.closed,
        "is_whole": found.is_whole,
        "is_trace": found.is_trace,
        "is_minutes": found.is_minutes,
        "is_held": found.is_held,
    }
    if found.edition is not None:
        context["council_name"] = found.edition.agenda.council
    return render(request, "meetings/public_withdrawn.html", context)


def _told(found: WithdrawnError) -> dict[str, str]:
    closed = found.closed
    return {
        "type": "withdrawn",
        "name": closed.name,
        "title": closed.title,
        "withdrawn_at": timezone.localtime(closed.at).isoformat(),
        "reason": closed.reason,
    }
