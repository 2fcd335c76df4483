"""A contract as its editors see it: made, edited, carried on to the next year.

Source: docs/rules.md R-125, R-126.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core.conflict import Place, blame, merged_words, save_form
from core.errors import RuleViolationError
from core.notices import say
from resultcontracts.forms.contracts import ContractForm, NextYearForm
from resultcontracts.queries.structure import groups_of
from resultcontracts.services import contracts
from resultcontracts.views.finding import get_contract

if TYPE_CHECKING:
    from accounts.access import PortalRequest

FORM = "resultcontracts/contract_form.html"


@require_safe
@editors_only
def structure(request: PortalRequest, contract: str) -> HttpResponse:
    """Show what a contract consists of, each with its way to be edited."""
    row = get_contract(request, contract)
    context = {"contract": row, "row": row, "groups": groups_of(row)}
    return render(request, "resultcontracts/structure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def contract_new(request: PortalRequest) -> HttpResponse:
    """Make a contract."""
    data = request.POST if request.method == "POST" else None
    form = ContractForm(data, council=request.seat.council)
    if data is not None and form.is_valid():
        try:
            made = contracts.create_contract(
                request.seat.council_id, by=request.user, **form.values
            )
        except ValidationError as error:
            blame(form, error)
        else:
            say(request, f"{made} er oprettet som udkast.")
            return redirect("resultcontracts:structure", made.slug)
    status = 200 if data is None else 422
    return render(request, FORM, {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def contract_edit(request: PortalRequest, contract: str) -> HttpResponse:
    """Edit what a contract says of itself."""
    row = get_contract(request, contract)
    data = request.POST if request.method == "POST" else None
    form = ContractForm(data, instance=row, council=request.seat.council)
    status = 200
    if data is not None:
        back = reverse("resultcontracts:structure", args=[row.slug])
        place = Place(row.title, request.path, ((back, row.title),))
        save = partial(contracts.edit_contract, row.pk, by=request.user)
        saved = save_form(request, form, row, save, place)
        if isinstance(saved, HttpResponse):
            return saved
        if saved is not None:
            say(request, f"Kontrakten er gemt. {merged_words(saved, form)}".rstrip())
            return redirect(back)
        status = 200 if form.goes_back else 422
    row.refresh_from_db()
    return render(request, FORM, {"form": form, "contract": row}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def contract_next(request: PortalRequest, contract: str) -> HttpResponse:
    """Carry a contract on to another year, as a draft."""
    row = get_contract(request, contract)
    first = {"year": row.year + 1, "title": f"Resultatkontrakt {row.year + 1}"}
    data = request.POST if request.method == "POST" else None
    form = NextYearForm(data, initial=first)
    if data is not None and form.is_valid():
        try:
            made = contracts.next_contract(row.pk, by=request.user, **form.values)
        except (ValidationError, RuleViolationError) as error:
            blame(form, error)
        else:
            say(request, f"{made} er begyndt som udkast.")
            return redirect("resultcontracts:structure", made.slug)
    status = 200 if data is None else 422
    context = {"form": form, "contract": row}
    return render(request, "resultcontracts/next_form.html", context, status=status)
