"""Figures, names (rules and actors), references and dependencies of a record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import editors_only
from core.conflict import save_form
from core.errors import RuleViolationError
from proposals.choices import TermKind
from proposals.forms import DependencyForm, FigureForm, ReferenceForm, TermsForm
from proposals.models import CooperationUnit, Proposal
from proposals.queries.records import TERM_HEADINGS
from proposals.services import details, terms
from proposals.views.common import (
    PROPOSAL,
    answer,
    get_record,
    or_404,
    or_warn,
    place,
    posted,
    problems,
    refusal,
    show,
    tell,
    told,
)

if TYPE_CHECKING:
    from accounts.access import PortalRequest

UNIT_TERMS = (TermKind.ACTOR,)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def figure_new(request: PortalRequest, of: str, number: int) -> HttpResponse:
    """Add a figure."""
    record = get_record(request, of, number)
    form = FigureForm(posted(request))
    opened: dict[str, Any] = {"opened": "figure-new", "form": form}
    if request.method != "POST":
        return show(request, record, "figures", **opened)
    if form.is_valid():
        try:
            row = details.add_figure(record, by=request.user, **form.values)
        except ValidationError as error:
            form.add_error(None, problems(error))
        else:
            tell(request, f"Tallet {row} er tilføjet.")
            return answer(request, of, number, "figures", f"figure-{row.pk}")
    return show(request, record, "figures", status=422, **opened)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def figure_edit(request: PortalRequest, of: str, number: int, pk: int) -> HttpResponse:
    """Edit one figure in its row."""
    record = get_record(request, of, number)
    figure = get_object_or_404(record.figures, pk=pk)
    dom_id = f"figure-{pk}"
    form = FigureForm(posted(request), figure=figure)
    opened: dict[str, Any] = {"opened": dom_id, "form": form}
    if request.method != "POST":
        return show(request, record, "figures", **opened)
    save = partial(details.edit_figure, pk, by=request.user)
    named = f"{record}, tallet {figure}"
    saved = save_form(request, form, figure, save, place(request, record, named))
    if isinstance(saved, HttpResponse):
        return saved
    if saved is None:
        return show(request, record, "figures", status=refusal(form), **opened)
    tell(request, told(saved, form, f"Tallet {saved.row} er gemt."))
    return answer(request, of, number, "figures", dom_id)


@require_POST
@editors_only
def figure_removal(
    request: PortalRequest, of: str, number: int, pk: int
) -> HttpResponse:
    """Delete a figure, or bring it back."""
    record = get_record(request, of, number)
    if "undo" in request.POST:
        with or_404():
            figure = details.restore_figure(record, pk, by=request.user)
        tell(request, f"Tallet {figure} er tilbage.")
        return answer(request, of, number, "figures", f"figure-{pk}")
    with or_404():
        figure = record.figures.get(pk=pk)
        details.remove_figure(pk, by=request.user)
    tell(request, f"Tallet {figure} er slettet.", url=request.path, undo=1)
    return answer(request, of, number, "figures", "figures")


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def terms_edit(request: PortalRequest, of: str, number: int) -> HttpResponse:
    """Edit the names of a record in one form, one a line."""
    record = get_record(request, of, number)
    kinds = tuple(TermKind) if of == PROPOSAL else UNIT_TERMS
    names = [(kind, TERM_HEADINGS[kind]) for kind in kinds]
    if request.method != "POST":
        initial = TermsForm.initial_of(terms.names_by_kind(record))
        form = TermsForm(kinds=names, initial=initial)
        return show(request, record, "terms", opened="terms", form=form)
    form = TermsForm(request.POST, kinds=names)
    if not form.is_valid():
        return show(request, record, "terms", opened="terms", form=form, status=422)
    merged = terms.edit_terms(record, terms=form.terms, base=form.base, by=request.user)
    kept = ", ".join(TERM_HEADINGS[TermKind(kind)] for kind in merged)
    words = "Regler og aktører er gemt." if of == PROPOSAL else "Aktører er gemt."
    tell(
        request, f"{words} Flettet med en andens rettelser: {kept}." if kept else words
    )
    return answer(request, of, number, "terms", "terms")


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def link_new(request: PortalRequest, of: str, number: int) -> HttpResponse:
    """Add a reference to another proposal, or a dependency on another unit."""
    record = get_record(request, of, number)
    form: Any
    if isinstance(record, Proposal):
        form = ReferenceForm(posted(request), record=record)
    else:
        form = DependencyForm(posted(request), record=record)
    opened: dict[str, Any] = {"opened": "link-new", "form": form}
    if request.method != "POST":
        return show(request, record, "links", **opened)
    if not (form.is_valid() and _add_link(request, record, form)):
        return show(request, record, "links", status=422, **opened)
    is_reference = isinstance(record, Proposal)
    word = "Henvisningen" if is_reference else "Sammenhængen"
    tell(request, f"{word} er tilføjet.")
    return answer(request, of, number, "links", "links")


def _add_link(
    request: PortalRequest, record: Proposal | CooperationUnit, form: Any
) -> bool:
    """Add what the form says; False where it is refused, and the form says why."""
    try:
        if isinstance(record, Proposal):
            details.add_reference(record, by=request.user, **form.values)
        else:
            details.add_dependency(record, by=request.user, **form.cleaned_data)
    except (RuleViolationError, ValidationError) as error:
        form.add_error(None, problems(error))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def reference_edit(request: PortalRequest, number: int, pk: int) -> HttpResponse:
    """Let a reference point elsewhere."""
    record = cast("Proposal", get_record(request, PROPOSAL, number))
    row = get_object_or_404(record.references, pk=pk)
    initial = {"to": row.to_id, "wording": row.wording, "version": row.version}
    form = ReferenceForm(posted(request), record=record, initial=initial)
    opened: dict[str, Any] = {"opened": f"link-{pk}", "form": form}
    if request.method != "POST":
        return show(request, record, "links", **opened)
    save = partial(details.edit_reference, pk, by=request.user)
    named = f"{record}, henvisningen ”{row}”"
    saved = save_form(request, form, row, save, place(request, record, named))
    if isinstance(saved, HttpResponse):
        return saved
    if saved is None:
        return show(request, record, "links", status=refusal(form), **opened)
    tell(request, told(saved, form, "Henvisningen er rettet."))
    return answer(request, PROPOSAL, number, "links", f"link-{pk}")


@require_POST
@editors_only
def link_removal(request: PortalRequest, of: str, number: int, pk: int) -> HttpResponse:
    """Delete a reference or a dependency, or bring it back."""
    record = get_record(request, of, number)
    word = "Henvisningen" if of == PROPOSAL else "Sammenhængen"
    if "undo" in request.POST:
        with or_warn(request):
            _restore_link(request, record, pk)
            tell(request, f"{word} er tilbage.")
        return answer(request, of, number, "links", f"link-{pk}")
    with or_404():
        if isinstance(record, Proposal):
            record.references.get(pk=pk)
            details.remove_reference(pk, by=request.user)
        else:
            record.dependencies.get(pk=pk)
            details.remove_dependency(pk, by=request.user)
    tell(request, f"{word} er slettet.", url=request.path, undo=1)
    return answer(request, of, number, "links", "links")


def _restore_link(
    request: PortalRequest, record: Proposal | CooperationUnit, pk: int
) -> None:
    with or_404():
        if isinstance(record, Proposal):
            details.restore_reference(record, pk, by=request.user)
        else:
            details.restore_dependency(record, pk, by=request.user)
