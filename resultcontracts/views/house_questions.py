"""A house is asked about what does not agree, and answers by link or signed in.

Source: docs/rules.md R-182.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.errors import RuleViolationError
from core.notices import say
from resultcontracts.contradictions.naming import slug_of, whom
from resultcontracts.forms.answers import AskForm, HouseAnswerForm
from resultcontracts.models import Round
from resultcontracts.queries.contracts import contract_rows
from resultcontracts.queries.contradictions import findings_of
from resultcontracts.queries.held import questions_of
from resultcontracts.queries.rounds import coming_meetings, contact_of, days_of
from resultcontracts.services import house_questions as service
from resultcontracts.views.finding import get_contract
from resultcontracts.views.reporting import (
    Desk,
    by_link,
    own_desk,
    reporters_only,
    shown_of,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from accounts.access import PortalRequest, VisitorRequest
    from resultcontracts.models import HouseQuestion
    from resultcontracts.queries.contradictions import Answered

ASK: Final = "resultcontracts/ask_house.html"
ANSWER: Final = "resultcontracts/reporting/question.html"
LETTER: Final = "vis"
NO_MEETING: Final = "Der er intet kommende møde at spørge til."


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def ask_house(request: PortalRequest, contract: str, finding: str) -> HttpResponse:
    """Write a question to the house about one finding, see the mail, and send it."""
    own = get_contract(request, contract)
    one = _one(findings_of(contract_rows(own)), finding)
    meeting = next(iter(coming_meetings(own)), None)
    last = one.asked_open
    form = AskForm(
        request.POST or None, initial={"text": last.row.text if last else ""}
    )
    problem, status = "" if meeting else NO_MEETING, 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and meeting is not None and LETTER not in request.POST:
            try:
                service.ask(
                    own,
                    meeting,
                    finding=one.finding,
                    whom=whom(one.finding),
                    text=form.cleaned_data["text"],
                    by=request.user,
                )
            except RuleViolationError as error:
                problem = str(error)
            else:
                say(request, f"{own.house} er spurgt. Mailen sendes nu.")
                home = reverse("resultcontracts:contradictions", args=[own.slug])
                return redirect(f"{home}#{slug_of(one.finding.key)}")
        elif form.is_valid() and meeting is not None:
            status = 200
    text = str(form["text"].value() or "")
    about = Round(contract=own, meeting=meeting) if meeting else None
    context = {
        "contract": own,
        "contact": contact_of(own),
        "each": one,
        "whom": whom(one.finding),
        "slug": slug_of(one.finding.key),
        "form": form,
        "problem": problem,
        "days": days_of(meeting) if meeting else None,
        "letter": service.draft(about, one.finding, whom(one.finding), text)
        if about
        else None,
    }
    return render(request, ASK, context, status=status)


def _one(found: tuple[Answered, ...], slug: str) -> Answered:
    for each in found:
        if slug_of(each.finding.key) == slug:
            return each
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def report_link_question(request: VisitorRequest, desk: Desk, pk: int) -> HttpResponse:
    """Ask whoever has the link about a finding, and take the answer."""
    return _question(request, desk, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@reporters_only
def own_question(request: PortalRequest, contract: str, pk: int) -> HttpResponse:
    """Ask a signed-in reporter about a finding, and take the answer."""
    desk = own_desk(request, contract)
    if desk is None:
        raise Http404
    return _question(request, desk, pk)


def _question(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    row: HouseQuestion | None = questions_of(desk.about).filter(pk=pk).first()
    if row is None:
        raise Http404
    begun = {"text": row.answer, "version": row.version}
    form = HouseAnswerForm(request.POST or None, initial=begun)
    meanwhile, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _answered(desk, row, form)
            except service.AnsweredMeanwhileError as error:
                meanwhile, status = error.row, 409
                form = _anew(form, error.row)
            except RuleViolationError as error:
                form.add_error("text", str(error))
            else:
                say(request, f"Svaret om {row.whom} er sendt. Tak.")
                return redirect(desk.home)
    context = shown_of(desk) | {
        "row": row,
        "form": form,
        "meanwhile": meanwhile,
        "page": desk.question(row.pk),
    }
    return render(request, ANSWER, context, status=status)


def _answered(desk: Desk, row: HouseQuestion, form: HouseAnswerForm) -> None:
    service.answer(
        row.pk,
        version=form.cleaned_data["version"] or 0,
        text=form.cleaned_data["text"],
        by=desk.by,
        through=desk.by_link,
    )


def _anew(form: HouseAnswerForm, row: HouseQuestion) -> HouseAnswerForm:
    """Give the form with what was typed, on top of what a colleague sent."""
    sent: Any = form.data
    data = sent.copy()
    data["version"] = str(row.version)
    return HouseAnswerForm(data)
