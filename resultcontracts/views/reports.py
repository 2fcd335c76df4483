"""A goal's report in words, edited.

Source: docs/rules.md R-138.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.conflict import Place, merged_words, save_form
from core.drafts.offering import key_of, offer
from core.errors import RuleViolationError
from core.formats import number
from core.notices import Undo, say, warn
from resultcontracts.forms.reports import ReportForm
from resultcontracts.queries.contracts import contract_rows
from resultcontracts.queries.prose import flags_of, labels_of
from resultcontracts.services import reports
from resultcontracts.views.finding import get_contract

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from resultcontracts.queries.contracts import ContractRows, GoalRow, MeasureRow

PAGE: Final = "resultcontracts/report_form.html"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def report(request: PortalRequest, contract: str, goal: int) -> HttpResponse:
    """Edit what the report says of a goal, put a reference in, or take an edit back."""
    read = contract_rows(get_contract(request, contract))
    row = read.by_number.get(goal)
    if row is None:
        raise Http404
    if "undo" in request.POST:
        return _undone(request, read, row)
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, goal=row, labels=_offered(read, row))
    status = 200
    if form.inserts:
        form.insert()
    elif request.method == "POST":
        save = partial(reports.edit_report, row.row.pk, by=request.user)
        place = Place(
            f"rapportens ord om mål {goal}",
            request.path,
            ((_home(read), read.contract.title),),
        )
        saved = save_form(request, form, row.row, save, place)
        if isinstance(saved, HttpResponse):
            return saved
        if saved is not None:
            words = f"Rapportens ord om mål {goal} er gemt."
            said = f"{words} {merged_words(saved, form)}".rstrip()
            fields = {"undo": str(saved.row.version)}
            undo = Undo(request.path, fields=fields) if saved.is_written else None
            say(request, said, undo=undo)
            return redirect(f"{request.path}#status")
        status = 200 if form.goes_back else 422
    offer(
        request, form, f"rapportens ord om mål {goal}", key=f"{key_of(row.row)}:report"
    )
    text = str(form["report"].value() or "")
    context = {
        "read": read,
        "goal": row,
        "form": form,
        "flags": flags_of(row, read, labels_of(read), text),
    }
    return render(request, PAGE, context, status=status)


def _home(read: ContractRows) -> str:
    return read.contract.get_absolute_url()


def _offered(read: ContractRows, goal: GoalRow) -> list[tuple[str, str]]:
    """Give what can be referred to, the goal's own measures first."""
    rows = [goal, *(other for other in read.goals if other is not goal)]
    return [(each.label, _named(each, row)) for row in rows for each in row.measures]


def _named(each: MeasureRow, goal: GoalRow) -> str:
    standing = goal.standing.measures[goal.measures.index(each)]
    result = standing.reading.text if standing.reading else "intet tal"
    own = each.row
    name = f"{own.name}, {own.segment}" if own.segment else own.name
    return f"{each.label} {name}: {result}"


def _undone(request: PortalRequest, read: ContractRows, goal: GoalRow) -> HttpResponse:
    text = request.POST["undo"]
    version = int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004
    try:
        reports.undo_report(goal.row.pk, version=version, by=request.user)
        say(request, f"Rettelsen af mål {number(goal.number)} er fortrudt.")
    except RuleViolationError as error:
        warn(request, str(error))
    args = [read.contract.slug, goal.number]
    return redirect(f"{reverse('resultcontracts:goal-report', args=args)}#status")
