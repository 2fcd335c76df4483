"""What the views of proposals and units share: finding, showing and answering."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.conflict import Place, merged_words
from core.errors import RuleViolationError
from core.htmx import render_hx, wants_partial
from core.notices import Undo, say, warn
from proposals.models import CooperationUnit, Proposal
from proposals.queries import records
from proposals.queries.units import scope_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import Form
    from django.http import QueryDict

    from accounts.access import PortalRequest
    from core.forms import VersionedForm
    from core.versions import Saved

    type Record = Proposal | CooperationUnit

PROPOSAL, UNIT = "forslag", "samdrift"
DIGITS: Final = 18  # as many as the largest key of a row may have
TEMPLATES: Final = {PROPOSAL: "proposals/proposal.html", UNIT: "proposals/unit.html"}


def get_record(request: PortalRequest, of: str, number: int) -> Record:
    """Give the council's proposal or unit with all that stands around it. One query.

    Raises:
        Http404: the user may see no such record.
    """
    rows: Any
    if of == PROPOSAL:
        rows = records.proposals_for_page(records.own_proposals(request.seat))
    else:
        rows = records.units_for_page(records.own_units(request.seat))
    record: Record | None = rows.filter(number=number).first()
    if record is None:
        raise Http404
    return record


@contextmanager
def or_404() -> Iterator[None]:
    """Answer 404 where a service finds that a row is not there."""
    try:
        yield
    except ObjectDoesNotExist as error:
        raise Http404 from error


@contextmanager
def or_warn(request: PortalRequest) -> Iterator[None]:
    """Say why a service refused, and go on."""
    try:
        yield
    except (RuleViolationError, ValidationError) as error:
        warn(request, " ".join(problems(error)))


def problems(error: RuleViolationError | ValidationError) -> list[str]:
    """Give the Danish sentences of a refusal."""
    return error.messages if isinstance(error, ValidationError) else [str(error)]


def posted(request: PortalRequest) -> QueryDict | None:
    """What the form was sent with; None when it is only opened."""
    return request.POST if request.method == "POST" else None


def number_of(text: str) -> int:
    """The number that a POST names; 0, which no row has, where it names none."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else 0


def url_of(record: Record, name: str, *args: object) -> str:
    """Give the address of something on a record: ``url_of(row, "point", 12)``."""
    of = PROPOSAL if isinstance(record, Proposal) else UNIT
    return reverse(f"proposals:{name}", args=[of, record.number, *args])


def show(
    request: PortalRequest,
    record: Record,
    partial: str = "",
    *,
    opened: str = "",
    form: Form | None = None,
    status: int = 200,
    **also: object,
) -> HttpResponse:
    """Show the record's page, or the part of it that htmx asked for.

    Args:
        opened: DOM id of the part that is open for editing, with ``form`` in it.
        also: more for the template; ``changed`` is the DOM id of what gets the focus,
            ``closed`` that of a form that is done with.
    """
    context = _context(record) | {
        "opened": opened,
        "kept": _kept(request) - {opened, *map(str, also.values())},
        "form": form,
        **also,
    }
    page: Any = context["page"]
    points, row = page.find(str(also.get("changed", "")) or opened)
    context |= {"points": points, "row": row}
    template = TEMPLATES[str(context["of"])]
    if not partial:
        return render(request, template, context, status=status)
    return render_hx(request, template, partial, context, status=status)


def _context(record: Record) -> dict[str, object]:
    """What the page of a record shows, whatever is open on it."""
    if isinstance(record, Proposal):
        page = records.proposal_page(record)
        return {"record": record, "of": PROPOSAL, "page": page}
    page = records.unit_page(record)
    scope = scope_words(record)
    return {"record": record, "of": UNIT, "page": page, "scope": scope}


def _kept(request: PortalRequest) -> frozenset[str]:
    """DOM ids of the forms that are open in the browser and shall stay as they are."""
    return frozenset((*request.GET.getlist("open"), *request.POST.getlist("open")))


def answer(
    request: PortalRequest, of: str, number: int, partial: str, anchor: str, **also: Any
) -> HttpResponse:
    """Answer a write: the changed part for htmx, otherwise the page at the anchor."""
    if not wants_partial(request):
        name = "proposals:proposal" if of == PROPOSAL else "proposals:unit"
        return redirect(f"{reverse(name, args=[number])}#{anchor}")
    record = get_record(request, of, number)
    return show(request, record, partial, changed=anchor, **also)


def tell(
    request: PortalRequest,
    text: str,
    *,
    url: str = "",
    label: str = "Fortryd",
    **fields: object,
) -> None:
    """Say what was done; ``url`` and ``fields`` are the POST that takes it back."""
    undo = Undo(url, label, {k: str(v) for k, v in fields.items()}) if url else None
    say(request, text, undo=undo)


def place(request: PortalRequest, record: Record | None, name: str) -> Place:
    """Say what a form is about, should two people collide in it.

    Args:
        name: "forslag 7, gevinst 2".
    """
    of_units = isinstance(record, CooperationUnit) or record is None
    list_url = reverse("proposals:units" if of_units else "proposals:catalogue")
    trail = [(list_url, "Samdriftskataloget" if of_units else "Forslag")]
    if record is not None:
        trail.append((record.get_absolute_url(), str(record).capitalize()))
    return Place(name, request.path, tuple(trail))


def told(saved: Saved[Any], form: VersionedForm, words: str) -> str:
    """Give the sentence after saving: what was done, and what it was merged with."""
    return f"{words} {merged_words(saved, form)}".rstrip()


def refusal(form: VersionedForm) -> int:
    """The status of a form that is shown again: 422, or 200 when the user asked for it."""
    return 200 if form.goes_back else 422
