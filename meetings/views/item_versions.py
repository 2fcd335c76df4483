"""The versions of an item: listed, two compared, one brought back; items that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core.errors import ConflictError, RuleViolationError
from core.notices import say
from meetings.forms.agenda import ItemForm
from meetings.forms.readers import reader_choices
from meetings.people import people_of
from meetings.queries import item_by_pk
from meetings.revisions.page import History
from meetings.revisions.reading import removed_items, versions_of
from meetings.services import agenda
from meetings.services.life import locked_words
from meetings.views.finding import own_meeting_or_404
from meetings.views.items import item_or_404
from meetings.views.meetings import name_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import AgendaItem, Meeting

PAGE, GONE = "meetings/item_versions.html", "meetings/items_gone.html"
CHOOSE: Final = "Vælg to forskellige versioner."
CHANGED: Final = (
    "Punktet er gemt af en anden imens. Her er forskellen til den nye version."
)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def item_versions(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Show an item's versions; ``fra`` and ``til`` are compared, ``gendan`` comes back."""
    meeting = own_meeting_or_404(request, slug)
    row = _row(request, meeting, number)
    if request.method == "POST":
        return _bring_back(request, meeting, row)
    return _show(request, row)


@require_safe
@editors_only
def items_gone(request: PortalRequest, slug: str) -> HttpResponse:
    """List the items that were removed from a meeting's agenda."""
    meeting = own_meeting_or_404(request, slug)
    context = {
        "meeting": meeting,
        "meeting_title": name_of(meeting),
        "rows": removed_items(meeting),
        "words": locked_words(meeting) if meeting.is_locked else "",
    }
    return render(request, GONE, context)


def _row(request: PortalRequest, meeting: Meeting, number: str) -> AgendaItem:
    """Give the item at the number, or with ``punkt`` the very one, also a removed one.

    Raises:
        Http404: there is none.
    """
    pk = request.GET.get("punkt", "")
    found = item_by_pk(meeting, pk) if pk else item_or_404(request, meeting, number)
    if found is None:
        raise Http404
    return found


def _show(
    request: PortalRequest,
    row: AgendaItem,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    meeting = row.section.meeting
    history = _history(row)
    asked = request.POST if request.method == "POST" else request.GET
    back = history.at(asked.get("gendan", ""))
    pair, refused = _pair(request, history)
    if back is not None and meeting.is_locked:
        back = None
    context = {
        "item": row,
        "meeting": meeting,
        "meeting_title": name_of(meeting),
        "words": locked_words(meeting) if meeting.is_locked else "",
        "history": history,
        "rows": history.rows,
        "back": back,
        "returning": history.returning(row, back) if back else (),
        "picks": "vaelg" in asked,
        "picked": asked.getlist("felt"),
        "error": error,
        "refused": refused,
        **pair,
    }
    return render(request, PAGE, context, status=422 if refused else status)


def _history(row: AgendaItem) -> History:
    form, versions = ItemForm(instance=row), versions_of(row)
    if any(version.event.closed_readers for version in versions):
        readers: Any = form.fields["closed_readers"]
        council = row.section.meeting.council_id
        readers.choices = reader_choices(people_of(council).seats)
    return History(form, versions)


def _pair(request: PortalRequest, history: History) -> tuple[dict[str, Any], str]:
    """Give what is compared, and why nothing is; by default the two newest versions."""
    begun, until = request.GET.get("fra", ""), request.GET.get("til", "")
    newest = [str(version.number) for version in history.versions[:2]]
    shown = {"to": until or newest[0], "since": begun or newest[-1]}
    if not (begun or until):
        return shown, ""
    one, other = history.at(begun), history.at(until)
    if one is None or other is None or one is other:
        return shown, CHOOSE
    changes = history.compared(one, other)
    both = {"one": one, "other": other, "changes": changes}
    return {**shown, **both, "same": history.same(changes)}, ""


def _bring_back(
    request: PortalRequest, meeting: Meeting, row: AgendaItem
) -> HttpResponse:
    """Save a version's fields as the newest; what somebody saved meanwhile is asked about."""
    number, seen = request.POST.get("gendan", ""), request.POST.get("version", "")
    if not (number.isdecimal() and seen.isdecimal() and len(number + seen) < 12):  # noqa: PLR2004
        raise Http404
    history = _history(row)
    every = [group.name for group in history.form.groups]
    names = request.POST.getlist("felt") if "vaelg" in request.POST else every
    fields = history.fields_of(names)
    if history.at(number) is None:
        raise Http404
    if not fields:
        return _show(request, row, error="Vælg mindst ét felt.", status=422)
    try:
        saved = agenda.bring_back_version(
            row.pk,
            number=int(number),
            fields=fields,
            version=int(seen),
            by=request.user,
        )
    except ConflictError:
        fresh = _row(request, meeting, row.slug)
        return _show(request, fresh, error=CHANGED, status=409)
    except (RuleViolationError, ValidationError) as error:
        words = error.messages if isinstance(error, ValidationError) else [str(error)]
        return _show(request, row, error=" ".join(words), status=422)
    if saved.row.version == row.version:
        say(request, f"Punkt {row.number} er allerede som version {number}.")
    else:
        told = f"Version {number} er gendannet som version {saved.row.version}."
        say(request, f"Punkt {row.number}: {told}")
    return redirect("meetings:item-versions", meeting.slug, row.slug)
