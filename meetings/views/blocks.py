"""The blocks of a written appendix: written, edited, moved, removed and put back."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import editors_only
from core.asked import removal_by_word
from core.conflict import Place, merged_words, save_form
from core.drafts.keeping import close_posted
from core.drafts.offering import key_of, offer
from core.errors import RuleViolationError
from core.notices import Undo, warn
from core.versions import Saved
from documents.uploads import RefusedFileError
from meetings.choices import BlockKind
from meetings.forms.written import FORMS, NEW_FORMS, SLUGS
from meetings.models import WrittenBlock
from meetings.services import written as service
from meetings.views.items import place_of
from meetings.views.locked import show_locked
from meetings.views.written import address_of, around, back_at, written_or_404

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import Appendix

BLOCK = "meetings/written_block.html"
NAMES = {
    BlockKind.TEXT: ("teksten", "Ny tekst", "Ret teksten"),
    BlockKind.FIGURE: ("nøgletallet", "Nyt nøgletal", "Ret nøgletallet"),
    BlockKind.PICTURE: ("billedet", "Nyt billede", "Ret billedets ord"),
    BlockKind.CHART: ("diagrammet", "Nyt diagram", "Ret diagrammet"),
}


def _block_or_404(request: PortalRequest, slug: str, pk: int, key: str) -> WrittenBlock:
    """Give a block of a written appendix, also a removed one."""
    row = written_or_404(request, slug, pk)
    block = row.blocks.filter(key=key).first()
    if block is None:
        raise Http404
    block.appendix = row
    return block


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def block_new(
    request: PortalRequest,
    slug: str,
    number: str,  # noqa: ARG001 -- of the item; the appendix is known by its pk
    pk: int,
    kind: str,
) -> HttpResponse:
    """Write a new block, last or below the one of the position that is asked for."""
    row = written_or_404(request, slug, pk)
    if kind not in SLUGS:
        raise Http404
    if row.item.section.meeting.is_locked and request.method != "POST":
        return show_locked(request, row.item.section.meeting, row.label, row)
    kind_ = SLUGS[kind]
    instance = WrittenBlock(appendix=row, kind=kind_)
    form: Any = NEW_FORMS[kind_](
        request.POST or None, request.FILES or None, instance=instance
    )
    if request.method == "POST" and form.is_valid():
        made = _made(request, row, form, kind_)
        if made is not None:
            close_posted(request)
            words = f"{row.label} har fået {_one(kind_)} mere."
            return back_at(request, row, words, at=made.key)
    name = f"{NAMES[kind_][1].lower()} i {row.label}"
    offer(request, form, name, key=f"{key_of(row)}:{kind_}")
    status = 422 if request.method == "POST" else 200
    return _show_block(request, row, form, kind_, status=status)


def _made(
    request: PortalRequest, row: Appendix, form: Any, kind: BlockKind
) -> WrittenBlock | None:
    values = dict(form.values)
    upload = values.pop("picture", None)
    if upload is not None:
        values["path"] = Path(upload.temporary_file_path())
    after = request.GET.get("efter", "")
    if after.isdecimal() and len(after) < 5:  # noqa: PLR2004
        values["after"] = int(after)
    try:
        return service.add_block(row.pk, kind=kind, by=request.user, **values)
    except RefusedFileError as error:
        form.add_error("picture", str(error))
    except (RuleViolationError, ValidationError) as error:
        words = error.messages if isinstance(error, ValidationError) else [str(error)]
        form.add_error(None, words)
    return None


def _one(kind: BlockKind) -> str:
    return {
        BlockKind.TEXT: "en tekst",
        BlockKind.FIGURE: "et nøgletal",
        BlockKind.PICTURE: "et billede",
        BlockKind.CHART: "et diagram",
    }[kind]


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def block(
    request: PortalRequest,
    slug: str,
    number: str,  # noqa: ARG001 -- of the item; the appendix is known by its pk
    pk: int,
    key: str,
) -> HttpResponse:
    """Edit one block; a save over another's change is merged. With ``undo``, take back."""
    row = _block_or_404(request, slug, pk, key)
    if request.method == "POST" and "undo" in request.POST:
        return _put_back(request, row)
    if row.position is None and request.method != "POST":
        raise Http404
    meeting = row.appendix.item.section.meeting
    if meeting.is_locked and request.method != "POST":
        return show_locked(request, meeting, row.appendix.label, row.appendix)
    kind = BlockKind(row.kind)
    form: Any = FORMS[kind](request.POST or None, instance=copy(row))
    if request.method == "POST":

        def save(**values: Any) -> Saved[WrittenBlock]:
            return service.edit_block(row.pk, by=request.user, **values)

        answer = save_form(request, form, row, save, _place(row))
        if isinstance(answer, Saved):
            return _saved(request, row, answer, merged_words(answer, form))
        if answer is not None:
            return answer
    name = f"{NAMES[kind][0]} i {row.appendix.label}"
    offer(request, form, name, key=key_of(row))
    status = 422 if request.method == "POST" else 200
    return _show_block(request, row.appendix, form, kind, row=row, status=status)


def _saved(
    request: PortalRequest, row: WrittenBlock, saved: Saved[WrittenBlock], merged: str
) -> HttpResponse:
    words = f"{NAMES[BlockKind(row.kind)][0].capitalize()} er gemt. {merged}".strip()
    undo = None
    if saved.row.position is None:
        url = reverse("meetings:block-removal", args=_args(row))
        undo = Undo(url, "Sæt det ind igen", {"undo": "1"})
        words += " Det er fjernet imens."
    elif saved.row.version > row.version:
        before = {"undo": str(saved.row.version - 1)}
        undo = Undo(request.path, "Fortryd", before)
    return back_at(request, row.appendix, words, undo, row.key)


def _put_back(request: PortalRequest, row: WrittenBlock) -> HttpResponse:
    asked = request.POST["undo"]
    version = int(asked[:9]) if asked.isdecimal() else 0
    try:
        service.put_block_back(row.pk, version=version, by=request.user)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect(f"{address_of(row.appendix)}#{row.key}")
    return back_at(request, row.appendix, "Rettelsen er fortrudt.", at=row.key)


def _show_block(
    request: PortalRequest,
    appendix: Appendix,
    form: forms.BaseForm,
    kind: BlockKind,
    *,
    row: WrittenBlock | None = None,
    status: int,
) -> HttpResponse:
    thing, new, edit = NAMES[kind]
    context = around(appendix.item) | {
        "appendix": appendix,
        "form": form,
        "row": row,
        "thing": thing,
        "heading": edit if row else new,
        "back": f"{address_of(appendix)}{f'#{row.key}' if row else ''}",
    }
    return render(request, BLOCK, context, status=status)


@require_POST
@editors_only
def block_order(
    request: PortalRequest,
    slug: str,
    number: str,  # noqa: ARG001 -- of the item; the appendix is known by its pk
    pk: int,
    key: str,
) -> HttpResponse:
    """Move a block one place, or to a ``position``."""
    row = _block_or_404(request, slug, pk, key)
    if row.position is None:
        raise Http404
    step = {"op": -1, "ned": 1}.get(request.POST.get("direction", ""), 0)
    to = request.POST.get("position", "")
    is_place = to.isdecimal() and len(to) < 5  # noqa: PLR2004
    wanted = int(to) if is_place and not step else row.position + step
    try:
        service.move_block(row.pk, to=wanted, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect(f"{address_of(row.appendix)}#{row.key}")
    words = f"{NAMES[BlockKind(row.kind)][0].capitalize()} er flyttet."
    undo = Undo(request.path, "Fortryd flytning", {"position": str(row.position)})
    return back_at(request, row.appendix, words, undo, row.key)


@require_POST
@editors_only
@removal_by_word
def block_removal(
    request: PortalRequest,
    slug: str,
    number: str,  # noqa: ARG001 -- of the item; the appendix is known by its pk
    pk: int,
    key: str,
) -> HttpResponse:
    """Take a block out, or with ``undo`` put it back."""
    row = _block_or_404(request, slug, pk, key)
    thing = NAMES[BlockKind(row.kind)][0].capitalize()
    try:
        if "undo" in request.POST:
            service.restore_block(row.pk, by=request.user)
            words = f"{thing} er sat ind igen."
            return back_at(request, row.appendix, words, at=row.key)
        service.remove_block(row.pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect(address_of(row.appendix))
    undo = Undo(request.path, "Fortryd", {"undo": "1"})
    return back_at(request, row.appendix, f"{thing} er fjernet.", undo)


def _place(row: WrittenBlock) -> Place:
    appendix = row.appendix
    of_item = place_of(appendix.item)
    trail = (*of_item.trail, (address_of(appendix), appendix.number))
    name = f"{NAMES[BlockKind(row.kind)][0]} i {appendix.label}"
    return Place(name, row.get_absolute_url(), trail)


def _args(row: WrittenBlock) -> list[object]:
    item = row.appendix.item
    return [item.section.meeting.slug, item.slug, row.appendix_id, row.key]
