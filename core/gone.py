"""What somebody deleted while another wrote in it: the text is given back.

Source: docs/rules.md R-94.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.forms import CharField
from django.http import Http404, HttpResponse
from django.shortcuts import render

from core.conflict import problems
from core.drafts.keeping import keep_posted
from core.errors import RuleViolationError
from core.htmx import wants_partial
from core.notices import say
from core.posted import Posted, posted_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.forms import BaseForm
    from django.http import HttpRequest

    from core.deleted import Deletion

TEMPLATE: Final = "components/gone.html"
RESTORE: Final = "restore"


@dataclass(frozen=True, slots=True)
class Lost:
    """What may have been deleted while somebody wrote in it.

    Attributes:
        name: "Visionen", as a sentence begins with it.
        deletion: None: there has been no such thing, or it is not the user's to see.
        restore: the service that brings the row back.
        labels: fields to write in, and what they are called.
        back: where it was read.
    """

    name: str
    deletion: Deletion | None
    restore: Callable[[int], Any]
    labels: Mapping[str, str]
    back: str


def labels_of(form: type[BaseForm]) -> dict[str, str]:
    """Give the fields of a form that one writes words in, with their labels."""
    return {
        name: str(field.label)
        for name, field in form.base_fields.items()  # type: ignore[attr-defined]
        if isinstance(field, CharField)
    }


def given_back(request: HttpRequest, lost: Lost) -> Any:
    """Answer a form whose row is not there any more.

    Returns:
        The row, brought back because the user asked for that; or the page with the
        text, 409, from where that is asked for.

    Raises:
        Http404: nothing was written, or there has been no such row.
    """
    if request.method != "POST" or "undo" in request.POST or lost.deletion is None:
        raise Http404
    if RESTORE not in request.POST:
        return _page(request, lost, lost.deletion, ())
    try:
        row = lost.restore(lost.deletion.pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except (RuleViolationError, ValidationError) as error:
        return _page(request, lost, lost.deletion, problems(error))
    say(request, f"{lost.name} er sat ind igen.")
    return row


def _page(
    request: HttpRequest, lost: Lost, gone: Deletion, why_not: list[str] | tuple[()]
) -> HttpResponse:
    """Show what was written, who deleted what it was written in, and the way back."""
    written = {k: v for k, v in lost.labels.items() if any(request.POST.getlist(k))}
    sent = posted_fields(request.POST, written)
    own = tuple(field for field in sent if field.name != RESTORE)
    context = {
        "lost": lost,
        "gone": gone,
        "why_not": why_not,
        "fields": (*own, Posted(RESTORE, "ja")),
        "kept": keep_posted(request),
    }
    response = render(request, TEMPLATE, context, status=409)
    if wants_partial(request):
        response["HX-Retarget"] = "body"
        response["HX-Reswap"] = "innerHTML show:window:top"
    return response
