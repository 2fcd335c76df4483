"""Figures, names (rules and actors), references and dependencies of a record.

Source: docs/rules.md R-94.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import editors_only
from core.asked import REMOVE, removal_by_word
from core.errors import ChangedMeanwhileError
from core.notices import warn
from proposals.choices import TermKind
from proposals.forms import DependencyForm, FigureForm, ReferenceForm, TermsForm
from proposals.models import (
    CooperationUnit,
    CrossReference,
    Dependency,
    Figure,
    Proposal,
)
from proposals.queries.deleted import was_deleted
from proposals.queries.records import TERM_HEADINGS, TERMS
from proposals.services import parts, terms
from proposals.views.common import (
    add_part,
    answer,
    edit_part,
    get_proposal,
    get_record,
    or_404,
    plain,
    show,
    url_of,
)
from proposals.views.posted import posted
from proposals.views.telling import or_warn, seen_in, tell, told

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from proposals.models import Record

CHANGED: Final = (
    "{name} er rettet af {by} imens og er ikke slettet. "
    "Tryk Slet igen, hvis rettelsen også skal væk."
)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def figure_new(request: PortalRequest, of: str, number: int) -> HttpResponse:
    """Add a figure."""
    record = get_record(request, of, number)
    form = FigureForm(posted(request), initial={"topic": request.GET.get("emne")})
    add = partial(parts.add_figure, record)
    row = add_part(request, record, "figures", form, add, opened="figure-new")
    if isinstance(row, HttpResponse):
        return row
    _tell_added(request, record, row, "figure-removal")
    return answer(request, record, "figures", f"figure-{row.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def figure_edit(request: PortalRequest, of: str, number: int, pk: int) -> HttpResponse:
    """Edit one figure in its row."""
    record = get_record(request, of, number)
    figure = record.figures.filter(pk=pk).first()
    if figure is None:
        return _gone(request, record, FigureForm(posted(request)), Figure, pk)
    form = FigureForm(posted(request), figure=figure)
    opened, name = f"figure-{pk}", f"tallet {figure}"
    save = partial(parts.edit_figure, pk)
    saved = edit_part(
        request, record, "figures", form, save, figure,
        name=name, opened=opened,
    )  # fmt: skip
    if isinstance(saved, HttpResponse):
        return saved
    tell(request, told(saved, form, f"Tallet {saved.row} er gemt."))
    return answer(request, record, "figures", opened)


@require_POST
@editors_only
@removal_by_word
def figure_removal(
    request: PortalRequest, of: str, number: int, pk: int
) -> HttpResponse:
    """Delete a figure, or bring it back."""
    record = get_record(request, of, number)
    return _removal(request, record, Figure, pk, "figures")


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def terms_edit(request: PortalRequest, of: str, number: int) -> HttpResponse:
    """Edit the names of a record in one form, one a line."""
    record = get_record(request, of, number)
    names = [(kind, TERM_HEADINGS[kind]) for kind in TERMS[record.owner]]
    if request.method != "POST":
        initial = TermsForm.initial_of(terms.names_by_kind(record))
        form = TermsForm(kinds=names, initial=initial)
        return show(request, record, "terms", opened="terms", form=form)
    form = TermsForm(request.POST, kinds=names)
    if not form.is_valid():
        return show(request, record, "terms", opened="terms", form=form, status=422)
    merged = terms.edit_terms(record, terms=form.terms, base=form.base, by=request.user)
    kept = ", ".join(TERM_HEADINGS[TermKind(kind)] for kind in merged)
    words = "Regler og aktører er gemt." if of == Proposal.word else "Aktører er gemt."
    tell(
        request, f"{words} Flettet med en andens rettelser: {kept}." if kept else words
    )
    return answer(request, record, "terms", "terms")


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def link_new(request: PortalRequest, of: str, number: int) -> HttpResponse:
    """Add a reference to another proposal, or a dependency on another unit."""
    record: Any = get_record(request, of, number)
    is_proposal = isinstance(record, Proposal)
    new_form: Any = ReferenceForm if is_proposal else DependencyForm
    service: Any = parts.add_reference if is_proposal else parts.add_dependency
    form, add = new_form(posted(request), record=record), partial(service, record)
    row = add_part(request, record, "links", form, add, opened="link-new")
    if isinstance(row, HttpResponse):
        return row
    _tell_added(request, record, row, "link-removal")
    return answer(request, record, "links", "links")


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def reference_edit(request: PortalRequest, number: int, pk: int) -> HttpResponse:
    """Let a reference point elsewhere."""
    record = get_proposal(request, number)
    row = record.references.filter(pk=pk).first()
    if row is None:
        lost = ReferenceForm(posted(request), record=record)
        return _gone(request, record, lost, CrossReference, pk)
    initial = {"to": row.to_id, "wording": row.wording, "version": row.version}
    form = ReferenceForm(posted(request), record=record, initial=initial)
    opened, name = f"link-{pk}", f"henvisningen ”{plain(record, str(row))}”"
    save = partial(parts.edit_reference, pk)
    saved = edit_part(
        request, record, "links", form, save, row,
        name=name, opened=opened,
    )  # fmt: skip
    if isinstance(saved, HttpResponse):
        return saved
    tell(request, told(saved, form, "Henvisningen er rettet."))
    return answer(request, record, "links", opened)


@require_POST
@editors_only
def link_kind(request: PortalRequest, number: int, pk: int) -> HttpResponse:
    """Let a unit lean on another in another way, or as before."""
    record: Any = get_record(request, CooperationUnit.word, number)
    row = get_object_or_404(record.dependencies.select_related("to"), pk=pk)
    kind = request.POST.get("kind", "")
    seen = request.POST.get("seen", "")
    with or_warn(request):
        turned = parts.turn_dependency(row.pk, seen=seen, kind=kind, by=request.user)
        said = f"Sammenhængen med {row.to} er nu ”{turned.get_kind_display()}”."
        tell(request, said, url=request.path, kind=row.kind, seen=kind)
    return answer(request, record, "links", f"link-{pk}")


@require_POST
@editors_only
@removal_by_word
def link_removal(request: PortalRequest, of: str, number: int, pk: int) -> HttpResponse:
    """Delete a reference or a dependency, or bring it back."""
    record = get_record(request, of, number)
    model: Any = CrossReference if isinstance(record, Proposal) else Dependency
    return _removal(request, record, model, pk, "links")


def _removal(
    request: PortalRequest, record: Record, model: Any, pk: int, part: str
) -> HttpResponse:
    """Delete a part and answer with those that are left, or bring it back."""
    if "undo" in request.POST:
        with or_404(), or_warn(request):
            row = parts.restore_part(model, record, pk, by=request.user)
            tell(request, f"{_named(row)} er tilbage.")
        return answer(request, record, part, f"{part.removesuffix('s')}-{pk}")
    own = model._default_manager.filter(**{record.owner: record})  # noqa: SLF001
    row = get_object_or_404(own.select_related(record.owner), pk=pk)
    try:
        parts.remove_part(row, seen=seen_in(request), by=request.user)
    except ChangedMeanwhileError as error:
        name = _named(own.get(pk=pk))
        warn(request, CHANGED.format(name=name, by=error.by))
        at = f"{part.removesuffix('s')}-{pk}"
        return answer(request, record, part, at, status=409)
    tell(request, f"{_named(row)} er slettet.", url=request.path, undo=1)
    return answer(request, record, part, part)


def _tell_added(request: PortalRequest, record: Record, row: Any, name: str) -> None:
    """Say what was added; undo takes it out, unless somebody changed it meanwhile."""
    fields = {"version": row.version, **REMOVE} if type(row) in parts.SEEN else REMOVE
    removal = url_of(record, name, row.pk)
    tell(request, f"{_named(row)} er tilføjet.", url=removal, **fields)


def _gone(
    request: PortalRequest, record: Record, form: Any, model: Any, pk: int
) -> HttpResponse:
    """Somebody deleted a part meanwhile: what was typed waits as a new one.

    Raises:
        Http404: nothing was typed, or the record has had no such part.
    """
    if request.method != "POST" or not was_deleted(model, record, pk):
        raise Http404
    form.is_valid()
    part, name = ("figures", "Tallet") if model is Figure else ("links", "Henvisningen")
    form.add_error(
        None, f"{name} er slettet, mens du skrev. Gem det som nyt, eller fortryd."
    )
    opened = f"{part.removesuffix('s')}-new"
    return show(request, record, part, opened=opened, form=form, status=409)


def _named(row: Figure | CrossReference | Dependency) -> str:
    """What a sentence about a part begins with."""
    if isinstance(row, Figure):
        return f"Tallet {row}"
    return "Henvisningen" if isinstance(row, CrossReference) else "Sammenhængen"
