"""The rows of a contract: shown, added, edited, deleted, brought back.

Source: docs/rules.md R-94, R-125.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import editors_only
from core.asked import removal_by_word
from core.conflict import Place, blame, merged_words, save_form
from core.deleted import deletion_of
from core.drafts.keeping import close_posted
from core.drafts.offering import key_of, offer
from core.errors import RuleViolationError
from core.gone import Lost, given_back, labels_of
from core.notices import Undo, say, warn
from resultcontracts.forms.parts import FORMS
from resultcontracts.models import Contract
from resultcontracts.parts import CHILDREN, PARTS
from resultcontracts.queries.structure import groups_of
from resultcontracts.services import parts
from resultcontracts.views.finding import get_contract

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from resultcontracts.forms.parts.base import PartForm
    from resultcontracts.parts import Part

FORM = "resultcontracts/part_form.html"
DIGITS = 18


@require_safe
@editors_only
def part_structure(
    request: PortalRequest, contract: str, part: str, pk: int
) -> HttpResponse:
    """Show what a goal or a measure consists of; other rows have their form alone."""
    kind, owner = PARTS[part], get_contract(request, contract)
    row = _row(kind, owner, pk)
    if kind.model not in CHILDREN:
        return redirect("resultcontracts:part-edit", owner.slug, part, pk)
    context = {
        "contract": owner,
        "part": kind,
        "row": row,
        "above": _above(kind, row),
        "groups": groups_of(row),
    }
    return render(request, "resultcontracts/structure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def part_new(request: PortalRequest, contract: str, part: str) -> HttpResponse:
    """Add a row to the contract, or to the goal or measure that the address names."""
    kind, owner = PARTS[part], get_contract(request, contract)
    parent = _parent(kind, owner, request.GET.get("til", ""))
    data = request.POST if request.method == "POST" else None
    form = FORMS[part](data, contract=owner, parent=parent, **_fresh(kind, parent))
    if data is not None and form.is_valid():
        add = partial(parts.add_part, kind, owner.pk, parent.pk, by=request.user)
        try:
            made = add(**form.values)
        except ValidationError as error:
            blame(form, error)
        else:
            close_posted(request)
            say(request, f"{kind.name.capitalize()} er tilføjet.")
            return redirect(_page(kind, owner, made))
    return _form(request, kind, form, status=200 if data is None else 422)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def part_edit(
    request: PortalRequest, contract: str, part: str, pk: int
) -> HttpResponse:
    """Edit a row."""
    kind, owner = PARTS[part], get_contract(request, contract)
    row = _found(kind, owner, pk) or given_back(
        request, _lost(request, kind, owner, pk)
    )
    if isinstance(row, HttpResponse):
        return row
    parent = _above_row(kind, owner, row)
    data = request.POST if request.method == "POST" else None
    form = FORMS[part](data, instance=row, contract=owner, parent=parent)
    status = 200
    if data is not None:
        back = _page(kind, owner, row)
        trail = ((reverse("resultcontracts:structure", args=[owner.slug]), str(owner)),)
        place = Place(f"{kind.the.capitalize()}", request.path, trail)
        save = partial(parts.edit_part, kind, owner.pk, pk, by=request.user)
        saved = save_form(request, form, row, save, place)
        if isinstance(saved, HttpResponse):
            return saved
        if saved is not None:
            words = f"{kind.the.capitalize()} er gemt. {merged_words(saved, form)}"
            say(request, words.rstrip())
            return redirect(back)
        status = 200 if form.goes_back else 422
    return _form(request, kind, form, status=status, row=_row(kind, owner, pk))


@require_POST
@editors_only
@removal_by_word
def part_removal(
    request: PortalRequest, contract: str, part: str, pk: int
) -> HttpResponse:
    """Delete a row, or bring it back."""
    kind, owner = PARTS[part], get_contract(request, contract)
    if request.POST.get("undo"):
        return _brought_back(request, kind, owner, pk)
    row = _row(kind, owner, pk)
    seen = _number(request.POST.get("version", ""))
    try:
        parts.remove_part(kind, owner.pk, pk, version=seen, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect(_page(kind, owner, row))
    undo = Undo(request.path, "Fortryd", {"undo": str(pk)})
    say(request, f"{kind.the.capitalize()} er slettet.", undo=undo)
    return redirect(_page_of_parent(kind, owner, getattr(row, f"{kind.of}_id")))


def _brought_back(
    request: PortalRequest, kind: Part, owner: Contract, pk: int
) -> HttpResponse:
    try:
        row = parts.restore_part(kind, owner.pk, pk, by=request.user)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except ValidationError as error:
        warn(request, " ".join(error.messages))
        return redirect("resultcontracts:structure", owner.slug)
    say(request, f"{kind.the.capitalize()} er tilbage.")
    return redirect(f"{_page(kind, owner, row)}#status")


def _above_row(kind: Part, owner: Contract, row: Any) -> Any:
    """Give what a row belongs to; a contract stands above what its house has."""
    return owner if kind.parent is Contract else getattr(row, kind.of)


def _row(kind: Part, owner: Contract, pk: int) -> Any:
    found = _found(kind, owner, pk)
    if found is None:
        raise Http404
    return found


def _found(kind: Part, owner: Contract, pk: int) -> Any:
    return parts.rows(kind, owner).select_related(kind.of).filter(pk=pk).first()


def _lost(request: PortalRequest, kind: Part, owner: Contract, pk: int) -> Lost:
    """Give a row that may have been deleted while somebody wrote in it."""
    own = kind.of_contract(owner.house_id, owner.council_id, owner.pk)
    return Lost(
        name=kind.the.capitalize(),
        deletion=deletion_of(kind.model, pgh_obj_id=pk, **own),
        restore=lambda gone: parts.restore_part(kind, owner.pk, gone, by=request.user),
        labels=labels_of(FORMS[kind.word]),
        back=reverse("resultcontracts:structure", args=[owner.slug]),
    )


def _parent(kind: Part, owner: Contract, named: str) -> Any:
    if kind.parent is Contract:
        return owner
    above = next(part for part in PARTS.values() if part.model is kind.parent)
    return _row(above, owner, _number(named))


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) <= DIGITS
    return int(text) if is_number else 0


def _fresh(kind: Part, parent: Any) -> dict[str, Any]:
    """Give a new row its parent, so that what must be unique beside it is."""
    return {"instance": kind.model(**{kind.of: kind.holder(parent)})}


def _page(kind: Part, owner: Contract, row: Any) -> str:
    """Give where a row is seen: its own page, or the one of what it belongs to."""
    if kind.model in CHILDREN:
        return reverse("resultcontracts:part", args=[owner.slug, kind.word, row.pk])
    return _page_of_parent(kind, owner, getattr(row, f"{kind.of}_id"))


def _page_of_parent(kind: Part, owner: Contract, parent: int) -> str:
    if kind.parent is Contract:
        return reverse("resultcontracts:structure", args=[owner.slug])
    above = next(part for part in PARTS.values() if part.model is kind.parent)
    return reverse("resultcontracts:part", args=[owner.slug, above.word, parent])


def _above(kind: Part, row: Any) -> tuple[tuple[str, str], ...]:
    """Give the crumbs between the contract and a row: a measure's goal."""
    if kind.parent is Contract:
        return ()
    parent = getattr(row, kind.of)
    above = next(part for part in PARTS.values() if part.model is kind.parent)
    return ((above.word, parent),)


def _form(
    request: PortalRequest,
    kind: Part,
    form: PartForm,
    *,
    status: int,
    row: Any = None,
) -> HttpResponse:
    owner, parent = form.contract, form.parent
    if row is not None:
        offer(request, form, f"{kind.the} i {owner}", key=key_of(row))
    else:
        key = f"{key_of(parent)}:{kind.word}"
        offer(request, form, f"{kind.name} i {owner}", key=key)
    context = {
        "contract": owner,
        "part": kind,
        "form": form,
        "row": row,
        "parent": parent,
        "back": _page(kind, owner, row)
        if row
        else _page_of_parent(kind, owner, parent.pk),
    }
    return render(request, FORM, context, status=status)
