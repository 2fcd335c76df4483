"""Whom the council writes to about figures, and how long before a meeting.

Source: docs/rules.md R-142, R-143.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.conflict import Place, blame, merged_words, save_form
from core.drafts.offering import offer
from core.notices import say
from core.versions import Saved
from resultcontracts.forms.calls import CallRuleForm, ContactForm
from resultcontracts.models import Contact
from resultcontracts.queries.rounds import call_rule_of, contact_of
from resultcontracts.services import rounds as service
from resultcontracts.views.finding import get_contract

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from resultcontracts.models import Contract

CONTACT: Final = "resultcontracts/calls/contact.html"
RULE: Final = "resultcontracts/calls/rule.html"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def contact(request: PortalRequest, contract: str) -> HttpResponse:
    """Name who answers for the house."""
    own = get_contract(request, contract)
    row = contact_of(own)
    begun = contact_of(own) or Contact(council=own.council, house=own.house)
    form = ContactForm(request.POST or None, instance=begun)
    save = partial(service.set_contact, own.council_id, own.house_id, by=request.user)
    if request.method == "POST":
        answer = _saved(request, own, form, row, save, "hvem der svarer om tal")
        if answer is not None:
            return answer
    offer(
        request, form, "hvem der svarer om tal", key=f"resultcontracts.contact:{own.pk}"
    )
    status = 422 if request.method == "POST" and not form.goes_back else 200
    return render(request, CONTACT, {"form": form, "contract": own}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def rule(request: PortalRequest, contract: str) -> HttpResponse:
    """Say how long before a meeting the council calls, and when figures are to be here."""
    own = get_contract(request, contract)
    row = call_rule_of(own.council)
    form = CallRuleForm(request.POST or None, instance=call_rule_of(own.council))
    save = partial(service.set_rule, own.council_id, by=request.user)
    if request.method == "POST":
        known = row if row.pk else None
        answer = _saved(request, own, form, known, save, "fristerne for tal")
        if answer is not None:
            return answer
    offer(
        request,
        form,
        "fristerne for tal",
        key=f"resultcontracts.callrule:{own.council_id}",
    )
    status = 422 if request.method == "POST" and not form.goes_back else 200
    return render(request, RULE, {"form": form, "contract": own}, status=status)


def _saved(
    request: PortalRequest,
    own: Contract,
    form: Any,
    row: Any,
    save: Any,
    name: str,
) -> HttpResponse | None:
    """Save what was sent; None where the form is to be shown again.

    What was never saved has nothing to collide with.
    """
    back = reverse("resultcontracts:calls", args=[own.slug])
    if row is not None:
        trail = ((back, "Opkald"), (request.path, name[:1].upper() + name[1:]))
        answer = save_form(request, form, row, save, Place(name, request.path, trail))
        if not isinstance(answer, Saved):
            return answer
        say(request, f"Gemt. {merged_words(answer, form)}".strip())
        return redirect(back)
    if not form.is_valid():
        return None
    try:
        save(version=0, **form.values)
    except ValidationError as error:
        blame(form, error)
        return None
    say(request, "Gemt.")
    return redirect(back)
