"""What slides, memos and reports say of a contract: written down by its editors.

Source: docs/rules.md R-119.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core.asked import REMOVE
from core.conflict import Place, blame, merged_words, save_form
from core.deleted import deletion_of
from core.errors import RuleViolationError
from core.gone import Lost, given_back
from core.notices import Undo, say, warn
from resultcontracts.forms.claims import FIELDS, ClaimForm
from resultcontracts.models import Claim
from resultcontracts.queries.prose import known_labels
from resultcontracts.services import claims as service
from resultcontracts.views.finding import get_contract

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from core.versions import Saved
    from resultcontracts.models import Contract

LIST: Final = "resultcontracts/claims.html"
FORM: Final = "resultcontracts/claim_form.html"
ASKED: Final = "resultcontracts/claim_removal.html"


@require_safe
@editors_only
def claims(request: PortalRequest, contract: str) -> HttpResponse:
    """Show all that is written down of what the texts say."""
    own = get_contract(request, contract)
    context = {"contract": own, "rows": own.claims.order_by("pk")}
    return render(request, LIST, context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def claim_new(request: PortalRequest, contract: str) -> HttpResponse:
    """Write down what a text says."""
    own = get_contract(request, contract)
    data = request.POST if request.method == "POST" else None
    form = ClaimForm(data, known=known_labels(own))
    if data is not None and form.is_valid():
        try:
            row = service.add_claim(own.pk, by=request.user, **form.values)
        except ValidationError as error:
            blame(form, error)
        else:
            removal = reverse("resultcontracts:claim-removal", args=[own.slug, row.key])
            say(request, "Påstanden er skrevet.", undo=Undo(removal, fields=REMOVE))
            return redirect(_at(own, row))
    return _form(request, own, form)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def claim(request: PortalRequest, contract: str, key: str) -> HttpResponse:
    """Write a claim in another way, or take that back."""
    own = get_contract(request, contract)
    row = own.claims.filter(key=key).first()
    if row is None:
        row = given_back(request, _lost(request, own, key))
        if isinstance(row, HttpResponse):
            return row
    if "undo" in request.POST:
        return _undone(request, own, row)
    data = request.POST if request.method == "POST" else None
    form = ClaimForm(data, known=known_labels(own), claim=row)
    if data is not None:
        save: Any = partial(service.edit_claim, row.pk, by=request.user)
        place = Place("påstanden", request.path, ((_list(own), "Påstande"),))
        saved: Saved[Claim] | HttpResponse | None = save_form(
            request, form, row, save, place
        )
        if isinstance(saved, HttpResponse):
            return saved
        if saved is not None:
            said = f"Påstanden er gemt. {merged_words(saved, form)}".rstrip()
            fields = {"undo": str(saved.row.version)}
            undo = Undo(request.path, fields=fields) if saved.is_written else None
            say(request, said, undo=undo)
            return redirect(_at(own, row))
    return _form(request, own, form, row)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def claim_removal(request: PortalRequest, contract: str, key: str) -> HttpResponse:
    """Ask whether a claim shall be deleted, delete it, or bring it back."""
    own = get_contract(request, contract)
    if request.POST.get("undo"):
        try:
            pk = _number(request.POST["undo"])
            row = service.restore_claim(own.pk, pk, by=request.user)
        except Claim.DoesNotExist as error:
            raise Http404 from error
        say(request, "Påstanden er tilbage.")
        return redirect(_at(own, row))
    row = get_object_or_404(own.claims, key=key)
    if request.POST.get("remove") == REMOVE["remove"]:
        service.remove_claim(row.pk, by=request.user)
        undo = Undo(request.path, fields={"undo": str(row.pk)})
        say(request, "Påstanden er slettet.", undo=undo)
        return redirect(f"{_list(own)}#status")
    status = 422 if request.method == "POST" else 200
    return render(request, ASKED, {"contract": own, "claim": row}, status=status)


def _lost(request: PortalRequest, contract: Contract, key: str) -> Lost:
    """A claim that may have been deleted while somebody wrote in it."""
    return Lost(
        name="Påstanden",
        deletion=deletion_of(Claim, contract=contract, key=key),
        restore=partial(service.restore_claim, contract.pk, by=request.user),
        labels={
            name: str(field.label) for name, field in ClaimForm.base_fields.items()
        },
        back=_list(contract),
    )


def _undone(request: PortalRequest, contract: Contract, row: Claim) -> HttpResponse:
    version = _number(request.POST["undo"])
    try:
        service.undo_claim(row.pk, version=version, names=FIELDS, by=request.user)
        say(request, "Rettelsen af påstanden er fortrudt.")
    except RuleViolationError as error:
        warn(request, str(error))
    return redirect(f"{_list(contract)}#status")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 18 else 0  # noqa: PLR2004


def _list(contract: Contract) -> str:
    return reverse("resultcontracts:claims", args=[contract.slug])


def _at(contract: Contract, row: Claim) -> str:
    return f"{_list(contract)}#{row.key}"


def _form(
    request: PortalRequest,
    contract: Contract,
    form: ClaimForm,
    row: Claim | None = None,
) -> HttpResponse:
    status = 422 if request.method == "POST" and not form.goes_back else 200
    context = {"contract": contract, "form": form, "claim": row}
    return render(request, FORM, context, status=status)
