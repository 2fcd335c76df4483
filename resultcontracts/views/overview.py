"""The contracts, and where the goals of one stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from core.htmx import render_hx
from resultcontracts.choices import Status
from resultcontracts.models import Contract
from resultcontracts.queries.compare import compared
from resultcontracts.queries.overview import overview
from resultcontracts.sheets.figures import figures_file
from resultcontracts.views.finding import get_contract, readers_only
from resultcontracts.views.showing import Showing

if TYPE_CHECKING:
    from accounts.access import PortalRequest

A_PAGE: Final = 4
"""Contracts that stand beside each other: as many as a screen has room for."""
PAGE: Final = "resultcontracts/contract.html"


@require_safe
@readers_only
def contracts(request: PortalRequest) -> HttpResponse:
    """Lead to the only contract; show several beside each other, a page at a time."""
    own = Contract.objects.visible_to(request.seat).select_related("house")
    page = Paginator(own, A_PAGE).get_page(request.GET.get("side"))
    found = list(page.object_list)
    if not found:
        none = {"may_edit": request.seat.may_edit}
        return render(request, "resultcontracts/none.html", none)
    if len(found) == 1 and not page.has_other_pages():
        return redirect(found[0])
    context = {
        "page": page,
        "comparison": compared(found),
        "statuses": list(Status),
        "may_edit": request.seat.may_edit,
    }
    return render(request, "resultcontracts/contracts.html", context)


@require_safe
@readers_only
def contract_page(request: PortalRequest, contract: str) -> HttpResponse:
    """Show where the goals of a contract stand today, or those that are asked for."""
    whole = overview(get_contract(request, contract))
    context = {
        "contract": whole.read.contract,
        "whole": whole,
        "showing": Showing.of(whole, request.GET),
        "may_edit": request.seat.may_edit,
    }
    return render_hx(request, PAGE, "goals", context)


@require_safe
@readers_only
def figures(request: PortalRequest, contract: str) -> HttpResponse:
    """Hand out every measure of a contract as CSV."""
    whole = overview(get_contract(request, contract))
    response = HttpResponse(figures_file(whole), content_type="text/csv; charset=utf-8")
    name = f"{whole.read.contract.slug}-tal.csv"
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    return response
