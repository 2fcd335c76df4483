"""What is printed of the catalogues by their editors, without a meeting.

Source: docs/rules.md R-104.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core import clock
from core.htmx import render_hx, wants_partial
from core.notices import warn
from documents.page import html_of
from meetings.editions.records import alone
from proposals.choices import CatalogueKind
from proposals.cuts import CHOSEN
from proposals.lists.asked import PICKED
from proposals.lists.picked import FEW, in_words, numbers_in, spans_of
from proposals.permanent import addresses_of
from proposals.preview import page_of
from proposals.prints import ask, sources, state_of
from proposals.queries.agenda import as_begun, offered_items
from proposals.queries.catalogue import catalogue_of
from proposals.queries.choices import chosen_keys
from proposals.queries.record_lines import KINDS
from proposals.queries.used_in import SOURCES
from proposals.views.chosen import SOURCE, chosen_by, order_of, said_in

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from documents.tree import Document
    from proposals.views.chosen import Chosen

PAGE: Final = "proposals/print.html"
ASKED: Final = "lavet"
APPEND: Final = "bilag"
"""An item is chosen that the cut shall be an appendix of."""
LIST: Final = "liste"
"""Of which list the numbers are that are to be printed: "forslag" or "samdrift"."""


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def choose(request: PortalRequest) -> HttpResponse:
    """Choose a cut and see it; a POST has its PDF made."""
    if LIST in request.GET:
        return _from_list(request)
    chosen = chosen_by(request)
    order = order_of(request, chosen)
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
    if wants_partial(request) and chosen.document is not None:
        return render_hx(request, PAGE, "pdf", context, status=chosen.status)
    if chosen.document is not None:
        context |= _shown(chosen, chosen.document, request.GET.get("side", ""))
        if is_to_append:
            begun = as_begun(chosen.source.key, said_in(chosen.form))
            context["offered"] = offered_items(request.seat, begun)
    answer = render(request, PAGE, context, status=chosen.status)
    if wants_partial(request):
        # What was to be printed is gone: the page says what is to be chosen.
        answer["HX-Retarget"], answer["HX-Reswap"] = "body", "innerHTML"
    return answer


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


def _shown(chosen: Chosen, document: Document, side: str) -> dict[str, object]:
    """Give a document as a page; one record by itself is not folded away.

    What it refers to and does not hold is read where the record is.
    """
    here, page = page_of(document, side)
    links = addresses_of(document, getattr(chosen.form, "numbers", {}))
    is_whole = document.has_cover or bool(document.sections[0].sections)
    if is_whole or page.has_other_pages():
        body = html_of(here, elsewhere=links)
        return {"heading": document.title, "body": body, "page": page}
    [section] = here.sections
    return {
        "heading": section.heading,
        "body": html_of(alone(section), elsewhere=links),
    }


def _query(request: PortalRequest) -> str:
    """Give what the address chooses, as other addresses take it along."""
    kept = request.GET.copy()
    kept.pop(ASKED, None)
    kept.pop(APPEND, None)
    return kept.urlencode()
