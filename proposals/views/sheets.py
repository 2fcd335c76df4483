"""Spreadsheets of a catalogue: fetch one, send one back, see what it does, let it."""

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

from accounts.access import editors_only
from core.errors import RuleViolationError
from core.formats import counted, listed
from core.notices import say, warn
from core.sheets.back.lengths import TooLongError
from proposals.choices import CatalogueKind
from proposals.lists.asked import PICKED
from proposals.lists.picked import in_words, numbers_in, spans_of
from proposals.models import Proposal, SheetImport
from proposals.queries.catalogue import catalogue_of
from proposals.queries.used_in import uses_of
from proposals.services import sheet_files
from proposals.services import sheets as service
from proposals.sheets.kinds import KINDS as SHEETS
from proposals.views.kinds import KINDS

if TYPE_CHECKING:
    from django.http import QueryDict

    from accounts.access import PortalRequest
    from core.sheets.back.files import Handed
    from core.sheets.back.findings import Preview
    from proposals.models import Catalogue

START: Final = "proposals/sheets.html"
PAGE: Final = "proposals/sheet.html"
ROWS: Final = 50
"""Rows of each list that one page shows."""
LATEST: Final = 10
CHANGED_MEANWHILE: Final = "Portalen er ændret imens, så intet er indlæst. Se, hvad filen gør nu, og bekræft igen."
MOST_REASON: Final = 300
REASON_MISSING: Final = "Opkaldet er lukket. Skriv, hvorfor holdningerne rettes."
REASON_TOO_LONG: Final = f"Skriv højst {MOST_REASON} tegn."
REFUSED_BY_A_RULE: Final = (
    "Noget kunne ikke gemmes, så intet er indlæst. Det står under ”Kan ikke indlæses” med "
    "grunden. Resten kan indlæses."
)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def sheets(request: PortalRequest, of: str) -> HttpResponse:
    """Show where spreadsheets are fetched and sent back; take one in."""
    own = _catalogue(request, of)
    if request.method != "POST":
        return _start(request, own, of)
    upload: Any = request.FILES.get("file")
    if upload is None:
        return _start(request, own, of, "Vælg en fil.")
    try:
        path = Path(upload.temporary_file_path())
        row = service.take_in(own, path=path, name=upload.name, by=request.user)
    except RuleViolationError as error:
        return _start(request, own, of, str(error))
    return redirect(row)


def _start(
    request: PortalRequest, own: Catalogue, of: str, error: str = ""
) -> HttpResponse:
    context = {
        "of": of,
        "kind": KINDS[of],
        "catalogue": own,
        "sheets": SHEETS[CatalogueKind(own.kind)],
        "picked": spans_of(picked := picked_numbers(request.GET)),
        "picked_words": in_words(picked),
        "latest": own.sheet_imports.defer("content", "refused")[:LATEST],
        "error": error,
    }
    return render(request, START, context, status=422 if error else 200)


def picked_numbers(sent: QueryDict) -> list[int]:
    """Give the numbers of the records that were picked in a list."""
    return numbers_in(sent.getlist(PICKED))


@require_POST
@editors_only
def sheet_file(request: PortalRequest, of: str) -> HttpResponse:
    """Hand the catalogue out: as a workbook, or one sheet as CSV."""
    sheet = request.POST.get("ark", "")
    try:
        own = _catalogue(request, of)
        only = picked_numbers(request.POST)
        handed = sheet_files.hand_out(own, sheet=sheet, by=request.user, only=only)
    except TooLongError as error:
        warn(request, str(error))
        return redirect(
            "proposals:proposal-sheets" if of == "forslag" else "proposals:unit-sheets"
        )
    except RuleViolationError as error:
        raise Http404 from error
    return _file(handed)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def sheet(request: PortalRequest, of: str, pk: int) -> HttpResponse:
    """Show what a file would do, or did; write it."""
    row = _import(request, of, pk)
    if request.method != "POST":
        return _page(request, row, of)
    correction = request.POST.get("correction", "").strip()
    if len(correction) > MOST_REASON:
        return _page(request, row, of, reason_error=REASON_TOO_LONG)
    try:
        done = service.confirm(
            row.pk,
            fingerprint=request.POST.get("set", ""),
            correction=correction,
            seat=request.seat,
            by=request.user,
        )
    except service.ReasonMissingError:
        return _page(request, row, of, reason_error=REASON_MISSING)
    except service.OtherwiseError:
        before = len(row.refused)
        row.refresh_from_db()
        is_rule = len(row.refused) > before
        words = REFUSED_BY_A_RULE if is_rule else CHANGED_MEANWHILE
        return _page(request, row, of, words, status=409)
    fields = counted(done.field_count, "felt", "felter")
    rows = counted(len(done.result), "række", "rækker")
    say(request, f"{fields} i {rows} er indlæst.")
    return redirect(done)


def _page(
    request: PortalRequest,
    row: SheetImport,
    of: str,
    problem: str = "",
    status: int = 200,
    reason_error: str = "",
) -> HttpResponse:
    found, export = service.look(row) if row.is_waiting else (None, None)
    context = {
        "of": of,
        "kind": KINDS[of],
        "row": row,
        "found": found,
        "export": export,
        "problem": problem,
        "uses": uses_of(row.catalogue),
        "typed": request.POST.get("correction", ""),
        "reason_error": reason_error,
        "done": _paged(request, row.result),
        **(_lists(request, found) if found else {}),
    }
    status = 422 if reason_error else status
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
        "has_positions": any(c.kind.key == "positions" for c in found.changes),
        "same": [
            (name, found.unchanged[name], all_) for name, all_ in found.rows.items()
        ],
    }


def _paged(request: PortalRequest, rows: Any, name: str = "side") -> Any:
    return Paginator(rows, ROWS).get_page(request.GET.get(name))


@require_safe
@editors_only
def sheet_rest(request: PortalRequest, of: str, pk: int) -> HttpResponse:
    """Hand out the rows that cannot come in, with why."""
    row = _import(request, of, pk)
    if not row.is_waiting:
        raise Http404
    handed = sheet_files.left_over(row)
    if handed is None:
        raise Http404
    return _file(handed)


@require_POST
@editors_only
def sheet_undo(request: PortalRequest, of: str, pk: int) -> HttpResponse:
    """Take back what a file changed."""
    row = _import(request, of, pk)
    try:
        left = service.undo(row.pk, seat=request.seat, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect(row)
    if left:
        names = listed(list(left[:5])) + (" …" if len(left) > 5 else "")  # noqa: PLR2004
        warn(
            request,
            f"Indlæsningen er fortrudt, men ikke i {names}: det er rettet siden.",
        )
    else:
        say(request, "Indlæsningen er fortrudt. Alt står, som det gjorde før.")
    return redirect(row)


def _catalogue(request: PortalRequest, of: str) -> Catalogue:
    own = catalogue_of(request.seat, _kind(of))
    if own is None:
        raise Http404
    return own


def _import(request: PortalRequest, of: str, pk: int) -> SheetImport:
    rows = SheetImport.objects.visible_to(request.seat).select_related("catalogue")
    return get_object_or_404(rows, pk=pk, catalogue__kind=_kind(of))


def _kind(of: str) -> CatalogueKind:
    return (
        CatalogueKind.SIMPLIFICATION
        if of == Proposal.word
        else CatalogueKind.COOPERATION
    )


def _file(handed: Handed) -> HttpResponse:
    answer = HttpResponse(handed.data, content_type=handed.content_type)
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=handed.name
    )
    return answer
