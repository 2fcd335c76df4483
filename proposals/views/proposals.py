"""The list of proposals, and one proposal: read, create, edit, settle, remove."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import editors_only
from core.conflict import save_form
from proposals.choices import CatalogueKind
from proposals.forms import (
    ChosenTitleForm,
    IdeaForm,
    NewProposalForm,
    ProposalForm,
    TitleForm,
)
from proposals.models import Proposal
from proposals.queries.catalogue import catalogue_of, proposal_list
from proposals.queries.records import two_titles
from proposals.services import catalogues, proposals
from proposals.views.common import (
    PROPOSAL,
    answer,
    get_record,
    number_of,
    place,
    posted,
    refusal,
    show,
    tell,
    told,
)

if TYPE_CHECKING:
    from accounts.access import PortalRequest

LIST = "proposals/catalogue.html"
FORM = "proposals/proposal_form.html"


@require_safe
@editors_only
def catalogue(request: PortalRequest) -> HttpResponse:
    """Show the council's proposals by theme; ``?vis=titler`` only those with two titles."""
    own = catalogue_of(request.seat, CatalogueKind.SIMPLIFICATION)
    listed = proposal_list(own) if own else None
    only = request.GET.get("vis") == "titler"
    context = {"catalogue": own, "listed": listed, "only_two_titles": only}
    return render(request, LIST, context)


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


@require_safe
@editors_only
def proposal(request: PortalRequest, number: int) -> HttpResponse:
    """Show one proposal, to be read and edited in place."""
    record = get_record(request, PROPOSAL, number)
    return show(request, record, changed=request.GET.get("fokus", ""))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def proposal_new(request: PortalRequest) -> HttpResponse:
    """Create a proposal."""
    own = catalogue_of(request.seat, CatalogueKind.SIMPLIFICATION)
    if own is None:
        return redirect("proposals:catalogue")
    initial = {"theme": request.GET.get("tema")}
    form = NewProposalForm(posted(request), catalogue=own, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = proposals.create_proposal(own.pk, by=request.user, **form.values)
        tell(request, f"Forslag {row.number} er oprettet.")
        return redirect(row)
    status = 422 if request.method == "POST" else 200
    return render(request, FORM, {"form": form, "catalogue": own}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def proposal_edit(request: PortalRequest, number: int) -> HttpResponse:
    """Edit a proposal's number, theme and title."""
    record = cast("Proposal", get_record(request, PROPOSAL, number))
    form = ProposalForm(posted(request), proposal=record)
    if request.method != "POST":
        return render(request, FORM, {"form": form, "record": record})
    save = partial(proposals.edit_proposal, record.pk, by=request.user)
    saved = save_form(request, form, record, save, place(request, record, str(record)))
    if isinstance(saved, HttpResponse):
        return saved
    if saved is None:
        context = {"form": form, "record": record}
        return render(request, FORM, context, status=refusal(form))
    tell(request, told(saved, form, f"Forslag {saved.row.number} er gemt."))
    return redirect(saved.row)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def idea(request: PortalRequest, number: int) -> HttpResponse:
    """Edit the idea where it stands."""
    record = cast("Proposal", get_record(request, PROPOSAL, number))
    initial = {"idea": record.idea, "version": record.version}
    form = IdeaForm(posted(request), initial=initial)
    if request.method != "POST":
        return show(request, record, "idea", opened="idea", form=form)
    save = partial(proposals.edit_proposal, record.pk, by=request.user)
    saved = save_form(
        request, form, record, save, place(request, record, f"{record}, ideen")
    )
    if isinstance(saved, HttpResponse):
        return saved
    if saved is None:
        status = refusal(form)
        return show(request, record, "idea", opened="idea", form=form, status=status)
    tell(request, told(saved, form, "Ideen er gemt."))
    return answer(request, PROPOSAL, number, "idea", "idea")


@require_POST
@editors_only
def title(request: PortalRequest, number: int) -> HttpResponse:
    """Let one title stand in overview and body, or take that back."""
    record = cast("Proposal", get_record(request, PROPOSAL, number))
    if "undo" in request.POST:
        proposals.undo_title(record.pk, by=request.user)
        tell(request, "Titlerne står igen, som de stod.")
        return redirect(record)
    choice = TitleForm(request.POST)
    chosen = _chosen_title(request, record, choice)
    if chosen is None:
        return show(request, record, opened="title", form=choice, status=422)
    save = partial(proposals.choose_title, record.pk, by=request.user)
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


@require_POST
@editors_only
def proposal_removal(request: PortalRequest, number: int) -> HttpResponse:
    """Take a proposal out of the catalogue, or put it back."""
    if pk := request.POST.get("undo", ""):
        rows = Proposal.objects.visible_to(request.user)
        row = get_object_or_404(
            rows,
            pk=number_of(pk),
            catalogue__council=request.seat.council,
        )
        row = proposals.restore_proposal(row.pk, by=request.user)
        tell(request, f"Forslag {row.number} er tilbage.")
        return redirect(row)
    record = get_record(request, PROPOSAL, number)
    proposals.remove_proposal(record.pk, by=request.user)
    tell(request, f"Forslag {number} er slettet.", url=request.path, undo=record.pk)
    return redirect(reverse("proposals:catalogue"))
