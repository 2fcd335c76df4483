"""What was sent in: approved, or sent back with a reason; an approval taken back.

Source: docs/rules.md R-141, R-183.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core.errors import RuleViolationError
from core.notices import say
from resultcontracts.choices import MeasurementState as State
from resultcontracts.forms.calls import ReopenForm, ReturnForm
from resultcontracts.forms.report import TOLD_KINDS
from resultcontracts.queries.asked import questions
from resultcontracts.queries.held import measurements_of
from resultcontracts.services import measurements as service
from resultcontracts.services.reopening import locked_by, reopen
from resultcontracts.services.round_letters import answer_of
from resultcontracts.standing.absent import absent_sentence
from resultcontracts.views.finding import get_contract

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from resultcontracts.models import Contract, Measurement
    from resultcontracts.queries.asked import Question

LIST: Final = "resultcontracts/calls/approvals.html"
ONE: Final = "resultcontracts/calls/approval.html"
RETURN, REOPEN = "retur", "fortryd"
SHOWN: Final = 10
"""How many of the newest approvals the list has."""


@require_safe
@editors_only
def approvals(request: PortalRequest, contract: str) -> HttpResponse:
    """Show what was sent in and waits, the oldest first, and what was approved last."""
    own = get_contract(request, contract)
    rows, done = list(_waiting(own)), list(_approved(own))
    _read, asked = questions(own)
    by_pk = {each.row.pk: each for each in asked}
    lines = [_line(row, by_pk[row.measure_id], own, request) for row in rows]
    last = [_line(row, by_pk[row.measure_id], own, request) for row in done]
    return render(request, LIST, {"contract": own, "lines": lines, "last": last})


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def approval(request: PortalRequest, contract: str, pk: int) -> HttpResponse:
    """Show one, and approve it, send it back, or take the approval back."""
    own = get_contract(request, contract)
    row = _with(measurements_of(own)).filter(pk=pk).first()
    if row is None or row.state == State.DRAFT:
        raise Http404
    til = request.POST.get("til")
    form = ReturnForm(request.POST if til == RETURN else None)
    reopening = ReopenForm(request.POST if til == REOPEN else None)
    problem, status = "", 200
    if request.method == "POST":
        status = 422
        try:
            said = _decided(request, row, form, reopening)
            if said:
                return _done(request, own, said, row)
        except service.MeanwhileError as error:
            problem, status = str(error), 409
            row = _with(measurements_of(own)).get(pk=pk)
        except RuleViolationError as error:
            problem = str(error)
    _read, asked = questions(own, {row.measure_id})
    is_approved = row.state == State.APPROVED
    context = {
        "contract": own,
        "line": _line(row, asked[0], own, request),
        "form": form,
        "reopening": reopening,
        "lock": locked_by(row) if is_approved else "",
        "problem": problem,
    }
    return render(request, ONE, context, status=status)


def _decided(
    request: PortalRequest, row: Measurement, form: ReturnForm, reopening: ReopenForm
) -> str:
    """Do what was chosen, and say it; "" where a form lacks its reason."""
    version, label = _version(request), f"Målepunkt {row.measure.label}"
    by = request.user
    if form.is_bound:
        if not form.is_valid():
            return ""
        service.return_(
            row.pk, version=version, reason=form.cleaned_data["reason"], by=by
        )
        return f"{label} er sendt retur."
    if reopening.is_bound:
        if not reopening.is_valid():
            return ""
        reopen(row.pk, version=version, reason=reopening.cleaned_data["why"], by=by)
        return f"{label}: godkendelsen er fortrudt, og tallet venter igen."
    service.approve(row.pk, version=version, by=by)
    return f"{label} er godkendt og tæller fra i dag."


def _done(
    request: PortalRequest, own: Contract, text: str, row: Measurement
) -> HttpResponse:
    mail = " Indberetteren får en mail." if row.asked_in_id else ""
    say(request, f"{text}{mail}")
    return redirect("resultcontracts:approvals", own.slug)


def _version(request: PortalRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004


def _rows(rows: Any) -> Any:
    return rows.select_related(
        "measure__goal__contract", "approved_by", "corrects__measure"
    )


def _with(rows: Any) -> Any:
    return _rows(rows).prefetch_related("evidence")


def _waiting(own: Contract) -> Any:
    rows = measurements_of(own).filter(state=State.SUBMITTED)
    return _with(rows).order_by("submitted_at", "pk")


def _approved(own: Contract) -> Any:
    rows = measurements_of(own).filter(state=State.APPROVED)
    return _rows(rows).order_by("-approved_at", "-pk")[:SHOWN]


def _line(
    row: Measurement, asked: Question, own: Contract, request: PortalRequest
) -> dict[str, Any]:
    is_told = row.measure.kind in TOLD_KINDS
    return {
        "row": row,
        "asked": asked,
        "said": row.told if is_told else answer_of(row),
        "prints": _prints(row, own) if row.missing and not is_told else "",
        "before": answer_of(row.corrects) if row.corrects else "",
        "is_own": row.entered_by == str(request.user) and not row.entered_through,
        "is_waiting": row.state == State.SUBMITTED,
    }


def _prints(row: Measurement, own: Contract) -> str:
    return absent_sentence(
        row.missing,
        house=own.house.name,
        measured_by=row.measure.measured_by,
        expected=row.expected,
        told=row.told,
    )
