"""The contracts, and where the goals of one stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from resultcontracts.models import Contract
from resultcontracts.queries.contracts import contract_rows
from resultcontracts.views.finding import get_contract, readers_only

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest


@require_safe
@readers_only
def contracts(request: PortalRequest) -> HttpResponse:
    """Lead to the newest contract; say so where there is none."""
    newest = Contract.objects.visible_to(request.seat).first()
    if newest is not None:
        return redirect(newest)
    return render(request, "resultcontracts/none.html")


@require_safe
@readers_only
def contract_page(request: PortalRequest, contract: str) -> HttpResponse:
    """Show where the goals of a contract stand today."""
    read = contract_rows(get_contract(request, contract))
    return render(request, "resultcontracts/contract.html", {"read": read})
