"""The history of a catalogue: its latest acts, and the records that were removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import editors_only
from proposals.queries import acts
from proposals.queries.catalogue import catalogue_of
from proposals.views.kinds import KINDS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from proposals.models import Catalogue

ON_A_PAGE: Final = 50


@require_safe
@editors_only
def catalogue_history(request: PortalRequest, of: str) -> HttpResponse:
    """Show what was done in a catalogue, the latest first."""
    own = _catalogue(request, of)
    page = Paginator(acts.acts_of(own), ON_A_PAGE).get_page(request.GET.get("side"))
    context = {
        **_shell(of, own),
        "page": page,
        "acts": acts.told(own, page.object_list),
    }
    return render(request, "proposals/catalogue_history.html", context)


@require_safe
@editors_only
def removed(request: PortalRequest, of: str) -> HttpResponse:
    """List the records that were removed from a catalogue."""
    own = _catalogue(request, of)
    rows = acts.removed_records(own)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("side"))
    return render(request, "proposals/removed.html", {**_shell(of, own), "page": page})


def _shell(of: str, own: Catalogue) -> dict[str, Any]:
    kind = KINDS[of]
    return {
        "of": of,
        "catalogue": own,
        "list_url": reverse(kind.list_url),
        "list_name": kind.list_name,
        "many": "forslag" if of == "forslag" else "samdriftsenheder",
    }


def _catalogue(request: PortalRequest, of: str) -> Catalogue:
    """Give the council's catalogue of a kind.

    Raises:
        Http404: it has none.
    """
    own = catalogue_of(request.seat, KINDS[of].model.catalogue_kind)
    if own is None:
        raise Http404
    return own
