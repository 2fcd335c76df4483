"""The list of proposals, and what only proposals have: an idea, titles to settle."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import editors_only
from core.conflict import save_form
from proposals.choices import CatalogueKind
from proposals.forms import ChosenTitleForm, IdeaForm, TitleForm
from proposals.lists.board import theme_board
from proposals.lists.page import PROPOSALS, list_page
from proposals.queries.catalogue import catalogue_of, proposal_list
from proposals.queries.records import two_titles
from proposals.services import catalogues, titles
from proposals.services.records import edit_record
from proposals.views.common import answer, edit_part, get_proposal, place, show
from proposals.views.posted import posted
from proposals.views.public import or_as_sent
from proposals.views.saved_views import list_context
from proposals.views.telling import at_status, or_warn, tell, told

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from proposals.models import Proposal


@require_safe
@or_as_sent("forslag")
@editors_only
def catalogue(request: PortalRequest) -> HttpResponse:
    """Show the council's proposals by theme, or what the address asks for of them."""
    shown = list_page(request.seat, PROPOSALS, request.GET)
    return render(request, "proposals/catalogue.html", list_context(shown))


@require_safe
@editors_only
def theme_board_page(request: PortalRequest) -> HttpResponse:
    """Show the themes beside each other, with what their proposals hold."""
    own = catalogue_of(request.seat, CatalogueKind.SIMPLIFICATION)
    if own is None:
        return redirect("proposals:catalogue")
    own.council = request.seat.council
    listed = proposal_list(own)
    context = {"listed": listed, "themes": theme_board(listed)}
    return render(request, "proposals/theme_board.html", context)


@require_POST
@editors_only
def catalogue_new(request: PortalRequest) -> HttpResponse:
    """Give the council its catalogue of a kind."""
    kind = request.POST.get("kind", "")
    if kind not in CatalogueKind.values:
        raise Http404
    council = request.seat.council
    row = catalogues.create_catalogue(
        council, kind=CatalogueKind(kind), by=request.user
    )
    tell(request, f"{row.title} er oprettet.")
    is_simple = kind == CatalogueKind.SIMPLIFICATION
    return redirect("proposals:catalogue" if is_simple else "proposals:units")


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def idea(request: PortalRequest, number: int) -> HttpResponse:
    """Edit the idea where it stands."""
    record = get_proposal(request, number)
    initial = {"idea": record.idea, "version": record.version}
    form = IdeaForm(posted(request), initial=initial)
    save = partial(edit_record, record)
    saved = edit_part(
        request,
        record,
        "idea",
        form,
        save,
        record,
        name="ideen",
        drafts="idea",
        opened="idea",
    )
    if isinstance(saved, HttpResponse):
        return saved
    tell(request, told(saved, form, "Ideen er gemt."))
    return answer(request, record, "idea", "idea")


@require_POST
@editors_only
def title(request: PortalRequest, number: int) -> HttpResponse:
    """Let one title stand in overview and body, or take that back."""
    record = get_proposal(request, number)
    if "undo" in request.POST:
        with or_warn(request):
            titles.undo_title(record.pk, by=request.user)
            tell(request, "Titlerne står igen, som de stod.")
        return at_status(record)
    choice = TitleForm(request.POST)
    chosen = _chosen_title(request, record, choice)
    if chosen is None:
        return show(request, record, opened="title", form=choice, status=422)
    save = partial(titles.choose_title, record.pk, by=request.user)
    named = place(request, record, f"titlen på {record}")
    saved = save_form(request, chosen, record, save, named)
    if isinstance(saved, HttpResponse):
        return saved
    if saved is None:
        return redirect(record)
    words = "Titlen er nu ens i oversigt og brødtekst. De andre gemmes i historikken."
    tell(request, told(saved, chosen, words), url=request.path, undo=1)
    return redirect(record)


def _chosen_title(
    request: PortalRequest, record: Proposal, choice: TitleForm
) -> ChosenTitleForm | None:
    """Give the title that was chosen, as a form; None while nothing is chosen."""
    if "title" in request.POST:
        return ChosenTitleForm(request.POST)
    loaded: Any = record
    two = two_titles(record.title, loaded.json_readings)
    if not choice.is_valid() or two is None:
        return None
    text = {"overview": two.overview.text, "body": two.body.text}.get(
        choice.cleaned_data["choice"], choice.cleaned_data["own"]
    )
    return ChosenTitleForm.of(text, choice.cleaned_data["version"])
