"""What editors download of a cut without a meeting: its PDF, its rows.

Source: docs/rules.md R-104.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.access import editors_only
from core.file_names import file_name
from core.formats import NBSP
from documents.data import as_csv, as_object
from meetings.views.files import guarded, send_paper
from proposals.prints import DRAFT, state_of
from proposals.views.chosen import chosen_by, order_of

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from documents.tree import Document
    from proposals.views.chosen import Chosen


def _document_or_404(request: PortalRequest) -> tuple[Chosen, Document]:
    chosen = chosen_by(request)
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
    order = order_of(request, chosen)
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
