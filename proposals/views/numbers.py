"""Another number for a record: first everything that changes, then the change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.errors import RuleViolationError
from core.formats import counted
from proposals import numbers
from proposals.forms.numbers import RenumberForm
from proposals.queries.numbers import preview
from proposals.queries.texts import names_of
from proposals.services.numbers import renumber_records
from proposals.views.common import url_of
from proposals.views.kinds import KINDS
from proposals.views.telling import at_status, tell

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from proposals.models import Record
    from proposals.numbers import Move

PAGE = "proposals/renumbering.html"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def renumbering(request: PortalRequest, of: str, number: int) -> HttpResponse:
    """Ask which number; ``?til=`` shows what changes; POST does what was shown."""
    rows: Any = KINDS[of].model._default_manager  # noqa: SLF001
    visible = rows.visible_to(request.seat).select_related("catalogue")
    record = get_object_or_404(visible, number=number)
    if request.method != "POST":
        return _shown(request, record)
    moves = numbers.read(request.POST.get("moves", ""))
    if not moves:
        return _shown(request, record, status=422)
    try:
        moved = renumber_records(
            record.catalogue_id, KINDS[of].model, moves=moves, by=request.user
        )
    except RuleViolationError as error:
        return _shown(request, record, problem=str(error), status=409)
    return _done(request, of, moves, moved)


def _shown(
    request: PortalRequest, record: Record, *, problem: str = "", status: int = 200
) -> HttpResponse:
    asked = request.GET if "til" in request.GET else None
    form = RenumberForm(asked, initial={"til": record.number, "maade": numbers.SHIFT})
    names = names_of(record.catalogue.council_id)
    moves: tuple[Move, ...] = ()
    if asked is not None and form.is_valid():
        own = {name.key: name.number or 0 for name in names.present(record.owner)}
        to, way = form.cleaned_data["til"], form.cleaned_data["maade"]
        moves = numbers.plan(own, record.key, to, way)
        if any(move.new > numbers.MOST for move in moves):
            moves = ()
            form.add_error("til", f"Der er kun plads til {numbers.MOST} numre.")
        elif not moves:
            form.add_error("til", f"Det har nummer {to} nu. Skriv et andet nummer.")
    is_refused = asked is not None and not moves and not problem
    shown = preview(record.catalogue, record.owner, moves, names) if moves else None
    context = {
        "record": record,
        "kind": KINDS[record.word],
        "of": record.word,
        "form": form,
        "problem": problem,
        "preview": shown,
        "moves": numbers.spelt(moves),
    }
    return render(request, PAGE, context, status=422 if is_refused else status)


def _done(
    request: PortalRequest, of: str, moves: tuple[Move, ...], moved: tuple[Record, ...]
) -> HttpResponse:
    first, name = moved[0], KINDS[of].name
    if "undo" in request.POST:
        tell(request, f"{name} {first.number} har sit gamle nummer igen.")
        return at_status(first)
    words = f"{name} {moves[0].old} er nu nummer {moves[0].new}."
    if len(moves) > 1:
        others = counted(len(moves) - 1, "andet", "andre")
        words += f" {others.capitalize()} fik nyt nummer."
    back = numbers.spelt(move.back for move in moves)
    tell(request, words, url=url_of(first, "renumbering"), moves=back, undo=1)
    return redirect(first)
