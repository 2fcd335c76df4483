"""Spreadsheets of a contract: fetch one, send one back, see what it does, let it.

The secretariat fetches all of it; a house fetches what it is asked, and fills it in.

Source: docs/rules.md R-147, R-148, R-149.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import EDITORS, seats_only
from accounts.choices import Role
from core.errors import RuleViolationError
from core.formats import counted, listed
from core.notices import say, warn
from resultcontracts.models import ContractImport, Goal
from resultcontracts.services import sheet_files
from resultcontracts.services import sheets as service
from resultcontracts.sheets.kinds import kinds_of
from resultcontracts.views.finding import get_contract

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from core.sheets.back.files import Handed
    from core.sheets.back.findings import Preview
    from resultcontracts.models import Contract, Round

START: Final = "resultcontracts/sheets.html"
PAGE: Final = "resultcontracts/sheet.html"
ROWS: Final = 50
"""Rows of each list that one page shows."""
LATEST: Final = 10
NAMED: Final = 5
DIGITS: Final = 4
CHANGED_MEANWHILE: Final = "Portalen er ændret imens, så intet er indlæst. Se, hvad filen gør nu, og bekræft igen."
REFUSED_BY_A_RULE: Final = (
    "Noget kunne ikke gemmes, så intet er indlæst. Det står under ”Kan ikke indlæses” med "
    "grunden. Resten kan indlæses."
)

writers_only = seats_only(*EDITORS, Role.REPORTER)


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def sheets(request: PortalRequest, contract: str) -> HttpResponse:
    """Show where spreadsheets are fetched and sent back; take one in."""
    own = get_contract(request, contract)
    about = _asked(request, own)
    if request.method != "POST":
        return _start(request, own, about)
    if _is_house(request) and about is None:
        raise Http404
    upload: Any = request.FILES.get("file")
    if upload is None:
        return _start(request, own, about, "Vælg en fil.")
    try:
        path = Path(upload.temporary_file_path())
        row = service.take_in(
            own, about=about, path=path, name=upload.name, by=request.user
        )
    except RuleViolationError as error:
        return _start(request, own, about, str(error))
    return redirect(row)


def _start(
    request: PortalRequest, own: Contract, about: Round | None, error: str = ""
) -> HttpResponse:
    rows = ContractImport.objects.visible_to(request.seat).filter(contract=own)
    is_house = _is_house(request)
    goals = _goals(request, own).order_by("number")
    context = {
        "contract": own,
        "is_house": is_house,
        "is_asked": not is_house or about is not None,
        "sheets": kinds_of(is_house=is_house),
        "goals": [] if is_house else list(goals.values_list("number", "title")),
        "latest": rows.defer("content", "refused")[:LATEST],
        "error": error,
    }
    return render(request, START, context, status=422 if error else 200)


def _goals(request: PortalRequest, own: Contract) -> Any:
    return Goal.objects.visible_to(request.seat).filter(contract=own)


@require_POST
@writers_only
def sheet_file(request: PortalRequest, contract: str) -> HttpResponse:
    """Hand the contract out: as a workbook, or one sheet as CSV."""
    own = get_contract(request, contract)
    about = _asked(request, own)
    if _is_house(request) and about is None:
        raise Http404
    wanted = request.POST.get("ark", "")
    goal = _number(request.POST.get("maal", ""))
    if wanted and wanted not in {k.key for k in kinds_of(is_house=about is not None)}:
        raise Http404
    if goal and not _goals(request, own).filter(number=goal).exists():
        raise Http404
    try:
        handed = sheet_files.hand_out(
            own, about=about, sheet=wanted, goal=goal, by=request.user
        )
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect("resultcontracts:sheets", own.slug)
    return _file(handed)


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def sheet(request: PortalRequest, contract: str, pk: int) -> HttpResponse:
    """Show what a file would do, or did; write it."""
    row = _import(request, contract, pk)
    if request.method != "POST":
        return _page(request, row)
    seen = request.POST.get("set", "")
    try:
        done = service.confirm(row.pk, fingerprint=seen, by=request.user)
    except RuleViolationError as error:
        return _page(request, row, str(error), status=409)
    except service.OtherwiseError:
        before = len(row.refused)
        row.refresh_from_db(fields=["refused", "done_at", "result"])
        is_rule = len(row.refused) > before
        words = REFUSED_BY_A_RULE if is_rule else CHANGED_MEANWHILE
        return _page(request, row, words, status=409)
    fields = counted(done.field_count, "felt", "felter")
    rows = counted(len(done.result), "række", "rækker")
    say(request, f"{fields} i {rows} er indlæst.")
    return redirect(done)


def _page(
    request: PortalRequest, row: ContractImport, problem: str = "", status: int = 200
) -> HttpResponse:
    found, export = service.look(row) if row.is_waiting else (None, None)
    context = {
        "contract": row.contract,
        "is_house": _is_house(request),
        "row": row,
        "found": found,
        "export": export,
        "problem": problem,
        "done": _paged(request, row.result),
        **(_lists(request, found) if found else {}),
    }
    return render(request, PAGE, context, status=status)


def _lists(request: PortalRequest, found: Preview) -> dict[str, Any]:
    every = [*found.wrong, *found.stale]
    left = _paged(request, every, "rest")
    return {
        "left_count": len(every),
        "wrong": [each for each in left if hasattr(each, "problems")],
        "stale": [each for each in left if hasattr(each, "readings")],
        "left": left,
        "changes": _paged(request, found.changes),
        "results": sum(change.kind.key == "results" for change in found.changes),
        "same": [
            (name, found.unchanged[name], all_) for name, all_ in found.rows.items()
        ],
    }


def _paged(request: PortalRequest, rows: Any, name: str = "side") -> Any:
    return Paginator(rows, ROWS).get_page(request.GET.get(name))


@require_safe
@writers_only
def sheet_rest(request: PortalRequest, contract: str, pk: int) -> HttpResponse:
    """Hand out the rows that cannot come in, with why."""
    row = _import(request, contract, pk)
    handed = sheet_files.left_over(row) if row.is_waiting else None
    if handed is None:
        raise Http404
    return _file(handed)


@require_POST
@writers_only
def sheet_undo(request: PortalRequest, contract: str, pk: int) -> HttpResponse:
    """Take back what a file changed."""
    row = _import(request, contract, pk)
    try:
        left = service.undo(row.pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect(row)
    if left:
        names = listed(list(left[:NAMED])) + (" …" if len(left) > NAMED else "")
        warn(
            request,
            f"Indlæsningen er fortrudt, men ikke i {names}: det er rettet eller "
            "godkendt siden.",
        )
    else:
        say(request, "Indlæsningen er fortrudt. Alt står, som det gjorde før.")
    return redirect(row)


def _is_house(request: PortalRequest) -> bool:
    return request.seat.role == Role.REPORTER


def _asked(request: PortalRequest, own: Contract) -> Round | None:
    """Give what a house is asked now; the secretariat is asked nothing."""
    return service.open_round(own) if _is_house(request) else None


def _import(request: PortalRequest, contract: str, pk: int) -> ContractImport:
    own = get_contract(request, contract)
    rows = ContractImport.objects.visible_to(request.seat).select_related("round")
    row = get_object_or_404(rows, pk=pk, contract=own)
    row.contract = own
    return row


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) <= DIGITS
    return int(text) if is_number else 0


def _file(handed: Handed) -> HttpResponse:
    answer = HttpResponse(handed.data, content_type=handed.content_type)
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=handed.name
    )
    return answer
