"""What is printed or fetched of the catalogues by their editors, without a meeting.

Source: docs/rules.md R-104.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core import clock
from core.file_names import file_name
from core.formats import NBSP
from core.htmx import render_hx, wants_partial
from core.notices import warn
from documents.data import as_csv, as_object
from documents.page import html_of
from meetings.editions.records import alone
from meetings.views.files import guarded, send_paper
from proposals.choices import CatalogueKind
from proposals.cuts import CHOSEN
from proposals.lists.asked import PICKED
from proposals.lists.picked import FEW, in_words, numbers_in, spans_of
from proposals.preview import page_of
from proposals.prints import DRAFT, ask, order_for, sources, state_of
from proposals.queries.agenda import as_begun, offered_items
from proposals.queries.catalogue import catalogue_of
from proposals.queries.choices import chosen_keys
from proposals.queries.positions import KINDS
from proposals.queries.used_in import SOURCES

if TYPE_CHECKING:
    from django import forms

    from accounts.access import PortalRequest
    from documents.prints import Order
    from documents.sources import SourceOfDocuments
    from documents.tree import Document

PAGE: Final = "proposals/print.html"
SOURCE: Final = "kilde"
GONE: Final = "Det, du har valgt, findes ikke mere. Vælg noget andet."
ASKED: Final = "lavet"
APPEND: Final = "bilag"
"""An item is chosen that the cut shall be an appendix of."""
LIST: Final = "liste"
"""Of which list the numbers are that are to be printed: "forslag" or "samdrift"."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address chooses.

    Attributes:
        form: its options; they are those of the address, or where that has none, the
            ones a form begins with.
        options: as the source takes them; none while something is to be chosen.
    """

    source: SourceOfDocuments
    form: forms.Form
    is_said: bool
    document: Document | None = None
    options: dict[str, Any] | None = None

    @property
    def status(self) -> int:
        """422 where the address names what there is not."""
        return 422 if self.is_said and self.document is None else 200


def _chosen(request: PortalRequest) -> Chosen:
    """Read the address.

    Raises:
        Http404: there is no such source.
    """
    known = sources()
    asked = request.GET.get(SOURCE, known[0].key)
    source = next((each for each in known if each.key == asked), None)
    if source is None:
        raise Http404
    make: Any = source.form
    form = make(None, council=request.seat.council)
    is_said = bool(set(request.GET) & set(form.fields))
    data: Any = request.GET
    if not is_said:
        data = {name: field.initial for name, field in form.fields.items()}
        if any(f.required and not data[name] for name, f in form.fields.items()):
            return Chosen(source, form, is_said=False)
    # The same form: another would ask for the cuts once more.
    form.data, form.is_bound = data, True
    if not form.is_valid():
        return Chosen(source, form, is_said)
    try:
        document = source.build(form.cleaned_data)
    except LookupError:
        form.add_error(None, GONE)
        return Chosen(source, form, is_said=True)
    return Chosen(source, form, is_said, document, form.cleaned_data)


def _order(request: PortalRequest, chosen: Chosen) -> Order | None:
    if chosen.document is None or chosen.options is None:
        return None
    name = request.seat.council.name
    return order_for(chosen.document, chosen.options, council=name, day=clock.today())


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def choose(request: PortalRequest) -> HttpResponse:
    """Choose a cut and see it; a POST has its PDF made."""
    if LIST in request.GET:
        return _from_list(request)
    chosen = _chosen(request)
    order = _order(request, chosen)
    query = _query(request)
    if request.method == "POST" and order is not None:
        council = request.seat.council.name
        ask(order, chosen.source.key, chosen.options or {}, council=council)
        if not wants_partial(request):
            return redirect(f"{request.path}?{query}&{ASKED}=1#pdf")
    is_to_append = APPEND in request.GET
    context: dict[str, object] = {
        "chosen": chosen,
        "document": chosen.document,
        "sources": sources(),
        "query": query,
        "state": state_of(order) if order and not is_to_append else None,
        "is_to_append": is_to_append,
        "today": clock.today(),
        "was_asked": ASKED in request.GET or request.method == "POST",
    }
    if wants_partial(request):
        return render_hx(request, PAGE, "pdf", context, status=chosen.status)
    if chosen.document is not None:
        context |= _shown(chosen.document, request.GET.get("side", ""))
        if is_to_append:
            begun = as_begun(chosen.source.key, _said(chosen.form))
            context["offered"] = offered_items(request.seat, begun)
    return render_hx(request, PAGE, "", context, status=chosen.status)


def _from_list(request: PortalRequest) -> HttpResponse:
    """Go from the numbers that were picked in a list to the cut of those records.

    Raises:
        Http404: there is no such list, or the council has no such catalogue.
    """
    word = request.GET[LIST]
    kind = KINDS.get(word)
    own = catalogue_of(request.seat, kind) if kind else None
    if own is None:
        raise Http404
    numbers = dict.fromkeys(numbers_in(request.GET.getlist(PICKED)))
    found = chosen_keys(own, numbers)
    if gone := sorted(set(numbers) - set(found)):
        words = in_words(gone)
        warn(request, f"{word.capitalize()} {words} findes ikke mere og er udeladt.")
    query: dict[str, str | int | list[str]] = {
        SOURCE: SOURCES[CatalogueKind(own.kind)],
        "catalogue": own.pk,
        "cut": CHOSEN,
        "records": spans_of(found) if len(found) > FEW else list(found.values()),
    }
    address = f"{reverse('proposals:print')}?{urlencode(query, doseq=True)}"
    return redirect(address if found else f"{address}#id_records")


def _shown(document: Document, side: str) -> dict[str, object]:
    """Give a document as a page; one record by itself is not folded away."""
    here, page = page_of(document, side)
    is_whole = document.has_cover or bool(document.sections[0].sections)
    if is_whole or page.has_other_pages():
        body = html_of(here)
        return {"heading": document.title, "body": body, "page": page}
    [section] = here.sections
    return {"heading": section.heading, "body": html_of(alone(section))}


def _said(form: forms.Form) -> list[tuple[str, list[str]]]:
    """Give what a form was filled with, option by option."""
    data: Any = form.data
    if hasattr(data, "getlist"):
        return [(name, data.getlist(name)) for name in form.fields if name in data]
    return [(name, [str(data[name])]) for name in form.fields if data.get(name)]


def _query(request: PortalRequest) -> str:
    """Give what the address chooses, as other addresses take it along."""
    kept = request.GET.copy()
    kept.pop(ASKED, None)
    kept.pop(APPEND, None)
    return kept.urlencode()


def _document_or_404(request: PortalRequest) -> tuple[Chosen, Document]:
    chosen = _chosen(request)
    if chosen.document is None:
        raise Http404
    return chosen, chosen.document


@require_safe
@editors_only
def print_file(request: PortalRequest) -> HttpResponse:
    """Download the PDF.

    Raises:
        Http404: it is not made yet, or not of what the records say now.
    """
    chosen, document = _document_or_404(request)
    order = _order(request, chosen)
    row = state_of(order).row if order else None
    if row is None:
        raise Http404
    answer = send_paper(request, row.file, _name(document), is_public=False)
    return cast("HttpResponse", answer)


@require_safe
@editors_only
def table_file(request: PortalRequest) -> HttpResponse:
    """Download the rows as a table."""
    _, document = _document_or_404(request)
    return _attached(as_csv(document), document, "csv", "text/csv; charset=utf-8")


@require_safe
@editors_only
def data_file(request: PortalRequest) -> HttpResponse:
    """Download the rows for programs."""
    _, document = _document_or_404(request)
    told = json.dumps(as_object(document), ensure_ascii=False, indent=2)
    return _attached(f"{told}\n".encode(), document, "json", "application/json")


def _name(document: Document) -> str:
    """Give the file's name, which says that it is a draft."""
    return f"{DRAFT} {document.title}".replace(NBSP, " ")


def _attached(
    content: bytes, document: Document, ending: str, kind: str
) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    name = file_name(_name(document), ending)
    answer["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003
    return cast("HttpResponse", guarded(answer, is_public=False))
