"""The list of co-operation units, and who gains by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core import formats
from core.forms import BACK
from proposals.choices import CatalogueKind
from proposals.forms import BeneficiaryForm
from proposals.lists.page import UNITS, list_page
from proposals.queries import units
from proposals.queries.catalogue import catalogue_of
from proposals.services.beneficiaries import rename_beneficiary
from proposals.views.posted import numbers_of, posted
from proposals.views.public import or_as_sent
from proposals.views.saved_views import list_context
from proposals.views.telling import at_status, tell

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest

# The name that the reader has seen the gains of two beneficiaries go together under.
CONFIRMED = "confirmed"


@require_safe
@or_as_sent("samdrift")
@editors_only
def unit_list(request: PortalRequest) -> HttpResponse:
    """Show the council's units, how they hang together, and what they share."""
    shown = list_page(request.seat, UNITS, request.GET)
    return render(request, "proposals/units.html", list_context(shown))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def beneficiary(request: PortalRequest) -> HttpResponse:
    """Rename those who gain, in all units; ``?navn=`` is what they are called now."""
    own = catalogue_of(request.seat, CatalogueKind.COOPERATION)
    old = request.GET.get("navn", "")
    names = units.beneficiaries(own.pk) if own else ()
    if own is None or old not in names:
        raise Http404
    form = BeneficiaryForm(posted(request), initial={"new": old})
    if request.method == "POST" and form.is_valid():
        new = form.cleaned_data["new"]
        undone = request.POST.get("undo")
        is_merge = new in names and new != old and undone is None
        if is_merge and request.POST.get(CONFIRMED) != new:
            return _merge(request, own.pk, old, form)
        only = None if undone is None else numbers_of(undone.split())
        renamed = rename_beneficiary(
            own.pk, old=old, new=new, only=only, by=request.user
        )
        _tell_renamed(request, old, new, renamed, may_undo=undone is None)
        if undone is not None:
            return at_status("proposals:units")
        return redirect("proposals:units")
    context = {"form": form, "name": old, "others": [n for n in names if n != old]}
    status = 422 if request.method == "POST" else 200
    return render(request, "proposals/beneficiary.html", context, status=status)


def _merge(
    request: PortalRequest, catalogue_pk: int, old: str, form: BeneficiaryForm
) -> HttpResponse:
    """Show which gains move to a beneficiary that there is already; nothing is saved."""
    new = form.cleaned_data["new"]
    moving = units.gains_of(catalogue_pk, old)
    is_again = bool({"again", BACK} & set(request.POST))
    if is_again:
        others = [n for n in units.beneficiaries(catalogue_pk) if n != old]
        context: dict[str, object] = {"form": form, "name": old, "others": others}
        return render(request, "proposals/beneficiary.html", context)
    context = {"form": form, "name": old, "new": new, "moving": moving}
    return render(request, "proposals/beneficiary.html", context)


def _tell_renamed(
    request: PortalRequest,
    old: str,
    new: str,
    points: tuple[int, ...],
    *,
    may_undo: bool,
) -> None:
    gains = formats.counted(len(points), "gevinst", "gevinster", "ingen gevinster")
    words = f"”{old}” hedder nu ”{new}” ved {gains}."
    if not (points and may_undo):
        tell(request, words)
        return
    url = f"{request.path}?{urlencode({'navn': new})}"
    tell(request, words, url=url, new=old, undo=" ".join(map(str, points)))
