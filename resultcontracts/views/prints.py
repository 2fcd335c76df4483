"""What readers print of a contract without a meeting: as a page, as PDF, as data.

A figure is approved or is no figure there, so that directors and the house may have it.

Source: docs/rules.md R-139, R-180.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.file_names import file_name
from core.formats import NBSP
from core.htmx import render_hx, wants_partial
from documents.data import as_csv, as_object
from documents.page import html_of
from documents.sources import source
from meetings.views.files import guarded, send_paper
from resultcontracts.models import Contract
from resultcontracts.prints import DRAFT, WORDS, ask, order_for, state_of
from resultcontracts.sources.goals import PROSE
from resultcontracts.sources.leading import led
from resultcontracts.views.finding import get_contract, readers_only

if TYPE_CHECKING:
    from django import forms

    from accounts.access import PortalRequest
    from documents.prints import Order
    from documents.sources import SourceOfDocuments
    from documents.tree import Document

PAGE: Final = "resultcontracts/print.html"
WHICH: Final = "hvad"
FIRST: Final = "rapport"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an address asks for.

    Attributes:
        word: what stands for the source in the address.
        options: None where more is to be chosen.
        document: None likewise.
    """

    word: str
    source: SourceOfDocuments
    form: forms.Form
    options: dict[str, Any] | None
    document: Document | None


def _chosen(request: PortalRequest, contract: Contract) -> Chosen:
    word = request.GET.get(WHICH, FIRST)
    if word not in WORDS:
        raise Http404
    own = source(WORDS[word])
    data = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        data.setlist(name, list(values))
    data["contract"] = str(contract.pk)
    form = _form(request, own, contract, data)
    if not form.is_valid():
        return Chosen(word, own, form, None, None)
    options = _readable(request, form.cleaned_data)
    try:
        document = own.build(options)
    except (LookupError, Contract.DoesNotExist) as error:
        raise Http404 from error
    return Chosen(word, own, form, options, document)


def _readable(request: PortalRequest, options: dict[str, Any]) -> dict[str, Any]:
    """Leave out a report's own words for all but those who write them."""
    if request.seat.may_edit:
        return options
    return {**options, "without": sorted({*options.get("without", ()), PROSE})}


def _form(
    request: PortalRequest,
    source: SourceOfDocuments,
    contract: Contract,
    data: QueryDict | None = None,
) -> Any:
    """Give what can be chosen of this contract, and of no other."""
    make: Any = source.form
    initial = {"contract": contract.pk}
    form = make(data, initial=initial, council=request.seat.council, only=contract)
    if not request.seat.may_edit:
        form.of_readers()
    return form


def _order(
    request: PortalRequest, contract: Contract, document: Document | None
) -> Order | None:
    if document is None:
        return None
    home, name = contract.get_absolute_url(), request.seat.council.name
    return order_for(document, home, council=name, day=clock.today())


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def choose(request: PortalRequest, contract: str) -> HttpResponse:
    """Choose what is printed and see it; a POST has its PDF made."""
    own = get_contract(request, contract)
    chosen = _chosen(request, own)
    order = _order(request, own, chosen.document)
    query = _query(request, chosen)
    if request.method == "POST" and order is not None:
        council = request.seat.council.name
        ask(order, chosen.source.key, chosen.options or {}, council=council)
        if not wants_partial(request):
            return redirect(f"{request.path}?{query}&lavet=1#pdf")
    is_first = set(request.GET) <= {WHICH}
    if chosen.document is None and is_first:
        # Nothing was chosen yet: that is no error.
        form = _form(request, chosen.source, own)
        chosen = Chosen(chosen.word, chosen.source, form, None, None)
    context = {
        "contract": own,
        "is_editor": request.seat.may_edit,
        "chosen": chosen,
        "sources": [(word, source(key).name) for word, key in WORDS.items()],
        "query": query,
        "state": state_of(order) if order else None,
        "body": _body(chosen.document, own),
        "today": clock.today(),
        "was_asked": "lavet" in request.GET or request.method == "POST",
    }
    is_wrong = chosen.document is None and not is_first
    return render_hx(request, PAGE, "pdf", context, status=422 if is_wrong else 200)


def _body(document: Document | None, contract: Contract) -> str:
    if document is None:
        return ""
    return html_of(led(document, contract.get_absolute_url()))


def _query(request: PortalRequest, chosen: Chosen) -> str:
    """Give what the address chooses, without what says that a PDF was asked for."""
    own = request.GET.copy()
    own.pop("lavet", None)
    own[WHICH] = chosen.word
    return own.urlencode()


def _printed(request: PortalRequest, contract: str) -> tuple[Contract, Document]:
    own = get_contract(request, contract)
    chosen = _chosen(request, own)
    if chosen.document is None:
        raise Http404
    return own, chosen.document


@require_safe
@readers_only
def print_file(request: PortalRequest, contract: str) -> HttpResponse:
    """Download the PDF.

    Raises:
        Http404: it is not made yet, or not of what the rows say now.
    """
    own, document = _printed(request, contract)
    order = _order(request, own, document)
    row = state_of(order).row if order else None
    if row is None:
        raise Http404
    answer = send_paper(request, row.file, _name(document), is_public=False)
    return cast("HttpResponse", answer)


@require_safe
@readers_only
def table_file(request: PortalRequest, contract: str) -> HttpResponse:
    """Download the rows as a table."""
    _, document = _printed(request, contract)
    return _attached(as_csv(document), document, "csv", "text/csv; charset=utf-8")


@require_safe
@readers_only
def data_file(request: PortalRequest, contract: str) -> HttpResponse:
    """Download the rows for programs."""
    _, document = _printed(request, contract)
    told = json.dumps(as_object(document), ensure_ascii=False, indent=2)
    return _attached(f"{told}\n".encode(), document, "json", "application/json")


def _name(document: Document) -> str:
    return f"{DRAFT} {document.title}".replace(NBSP, " ")


def _attached(
    content: bytes, document: Document, ending: str, kind: str
) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    name = file_name(_name(document), ending)
    answer["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003
    return cast("HttpResponse", guarded(answer, is_public=False))
