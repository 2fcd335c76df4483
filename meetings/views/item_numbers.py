"""Numbers in an item's texts: pointed out while one writes, used or given a source."""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.access import editors_only
from core.errors import RuleViolationError
from core.htmx import wants_partial
from core.notices import say, warn
from core.widgets import posted_html
from meetings.checking.looking import Refused, look
from meetings.forms.agenda import TEXTS, ItemForm
from meetings.services import stated
from meetings.views.finding import own_meeting_or_404
from meetings.views.item_page import show_item, show_numbers
from meetings.views.items import item_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from accounts.access import PortalRequest
    from meetings.models import AgendaItem

NO_SOURCE: Final = "Skriv, hvor tallet er fra."
# As the row has it.
MOST: Final = 60


@require_POST
@editors_only
def item_numbers(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Say which numbers of the texts, as they are typed, nothing gives.

    ``behold`` ("case:840.000") keeps one with its source, ``fortryd`` takes that back,
    and ``brug`` ("case:840.000:843.513") puts another in its place. Nothing else of the
    form is saved, and nothing typed is lost.
    """
    row = item_or_404(request, own_meeting_or_404(request, slug), number)
    data: Any = request.POST
    if "version" not in data:
        return redirect(row)
    refused = None
    try:
        if "behold" in data:
            refused = _keep(request, row)
        elif "fortryd" in data:
            _take_back(request, row)
        elif "brug" in data:
            data = _used(data)
    except RuleViolationError as error:
        warn(request, str(error))
    texts = {name: posted_html(data, name) or "" for name in TEXTS}
    found, status = look(row, texts, refused), 422 if refused else 200
    field = request.GET.get("felt", "")
    if wants_partial(request) and field in TEXTS:
        return show_numbers(request, row, found.fields[field], status=status)
    form = ItemForm(data, instance=copy(row))
    return show_item(request, row, form=form, numbers=found, status=status)


def _named(text: str) -> tuple[str, str]:
    """Read "case:840.000".

    Raises:
        Http404: it names no text, or no number.
    """
    field, _, number = text.partition(":")
    if field not in TEXTS or not 0 < len(number) <= MOST:
        raise Http404
    return field, number


def _keep(request: PortalRequest, row: AgendaItem) -> Refused | None:
    """Write the source of a number; give what is wrong with it, if anything is."""
    field, number = _named(request.POST["behold"])
    source = request.POST.get(f"kilde-{field}-{number}", "").strip()
    if not source:
        return Refused(field, number, NO_SOURCE)
    try:
        stated.give_source(row.pk, number=number, source=source, by=request.user)
    except ValidationError as error:
        return Refused(field, number, " ".join(error.messages), source)
    say(request, f"Kilden til {number} er gemt.")
    return None


def _take_back(request: PortalRequest, row: AgendaItem) -> None:
    _, number = _named(request.POST["fortryd"])
    try:
        stated.take_source_back(row.pk, number=number, by=request.user)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    say(request, f"Kilden til {number} er fjernet.")


def _used(data: QueryDict) -> QueryDict:
    """Put the nearest number in the place of one that is typed, in the posted text."""
    typed, _, near = str(data["brug"]).rpartition(":")
    field, number = _named(typed)
    changed = data.copy()
    for name in (field, f"{field}_html"):
        changed[name] = _replaced(data.get(name, ""), number, near)
    return changed


def _replaced(text: str, number: str, near: str) -> str:
    """Give a text with another number wherever one stands by itself."""
    spaced = re.escape(number).replace(r"\ ", r"(?:\s|&nbsp;)")
    pattern = rf"(?<![\w.,]){spaced}(?!\w|[.,]\d)"
    return re.sub(pattern, lambda _: near, text)
