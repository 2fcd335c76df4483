"""Decisions item by item, and answers before the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.conflict import Place, merged_words, save_form
from core.drafts.offering import offer
from core.errors import RuleViolationError
from core.notices import say, warn
from core.versions import Saved
from meetings.forms.minutes import AnswerBeforeForm, DecisionForm
from meetings.minutes.proposed import proposed
from meetings.minutes.value import decision_of
from meetings.services import decisions as service
from meetings.services.writing import NotWritingError
from meetings.views.finding import own_meeting_or_404
from meetings.views.items import item_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import AgendaItem, Decision

DECISION = "meetings/decision.html"
ANSWER = "meetings/answer_before.html"
# What the drafts of a decision's two forms are told apart by.
PARTS = {DECISION: "beslutning", ANSWER: "svar"}


def at_decision(row: AgendaItem) -> str:
    """Give the address of an item's decision on the page of the minutes."""
    page = reverse("meetings:minutes", args=[row.section.meeting.slug])
    return f"{page}#punkt-{row.slug}"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def decision(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Write what was decided on an item, or use what is proposed."""
    own = own_meeting_or_404(request, slug)
    row = item_or_404(request, own, number)
    if "forslag" in request.POST:
        return _use_proposal(request, row)
    return _edit(request, row, DecisionForm, service.write_decision, DECISION)


def _use_proposal(request: PortalRequest, row: AgendaItem) -> HttpResponse:
    try:
        service.use_proposal(row.pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
    else:
        say(request, f"Beslutningen til punkt {row.number} er skrevet.")
    return redirect(at_decision(row))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def answer_before(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Write down an answer that had to be given before the meeting."""
    own = own_meeting_or_404(request, slug)
    row = item_or_404(request, own, number)
    return _edit(request, row, AnswerBeforeForm, service.record_answer, ANSWER)


def _edit(
    request: PortalRequest, row: AgendaItem, kind: Any, write: Any, template: str
) -> HttpResponse:
    """Show one of the decision's forms, or save what was sent from it."""
    status, refused = 200, ""
    if request.method == "POST":
        try:
            own = service.begin_decision(row.pk, by=request.user)
        except NotWritingError as error:
            own, refused = decision_of(row), str(error)
        own.item = row
        form = kind(request.POST, instance=own)
        answer = None if refused else _save(request, row, form, own, write)
        if isinstance(answer, Saved):
            merged = merged_words(answer, form)
            say(request, f"Punkt {row.number} er gemt. {merged}".strip())
            return redirect(_after(row, template))
        if answer is not None:
            return answer
        if refused:
            form.add_error(None, refused)
        status = 422
    else:
        own = decision_of(row)
        form = kind(instance=own, initial=_initial(row, own, template))
    name = f"beslutningen til punkt {row.number}, {row.section.meeting.name}"
    offer(request, form, name, key=f"meetings.decision:{row.pk}", part=PARTS[template])
    context = {"form": form, "item": row, "meeting": row.section.meeting}
    context["back"] = _after(row, template)
    return render(request, template, context, status=status)


def _after(row: AgendaItem, template: str) -> str:
    """An answer is also written before there are minutes: then back to the item."""
    is_early = template == ANSWER and not row.section.meeting.is_locked
    return str(row.get_absolute_url()) if is_early else at_decision(row)


def _initial(row: AgendaItem, own: Decision, template: str) -> dict[str, Any]:
    """Begin an empty decision as what is proposed."""
    who = row.section.meeting.who
    found = proposed(row, who) if template == DECISION else None
    if found is None or own.outcome:
        return {}
    return {"outcome": found.outcome, "text": own.text or found.text}


def _save(
    request: PortalRequest, row: AgendaItem, form: Any, own: Decision, write: Any
) -> Saved[Decision] | HttpResponse | None:
    meeting = row.section.meeting
    trail = (
        (reverse("meetings:list"), "Møder"),
        (meeting.get_absolute_url(), meeting.name),
        (reverse("meetings:minutes", args=[meeting.slug]), "Referat"),
    )
    place = Place(f"beslutningen til punkt {row.number}", request.path, trail)

    def save(**values: Any) -> Saved[Decision]:
        saved: Saved[Decision] = write(own.pk, by=request.user, **values)
        return saved

    return save_form(request, form, own, save, place)
