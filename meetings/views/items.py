"""Agenda items: created, edited on a page or in the card, moved, removed, put back.

Addresses name an item by its number, which moves; a form also sends the item's ``pk``,
so that what was written for one item never lands in another.
"""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import editors_only
from core.asked import removal_by_word
from core.conflict import Place, merged_words, save_form
from core.drafts.keeping import close_posted
from core.drafts.offering import offer
from core.errors import RuleViolationError
from core.htmx import wants_partial
from core.notices import Undo, say, warn
from core.versions import Saved
from meetings.checking.looking import told_at_save
from meetings.forms.agenda import CARD, ItemCardForm, ItemForm, NewItemForm
from meetings.models import ItemTemplate, Section
from meetings.people import people_of
from meetings.queries import item_at, item_by_pk, sections_of
from meetings.services import agenda
from meetings.services.stated import give_source
from meetings.services.templates import FIELDS, closed_values
from meetings.views.finding import (
    own_meeting,
    own_meeting_or_404,
    published_or_404,
)
from meetings.views.item_page import show_item
from meetings.views.locked import show_locked, show_locked_item
from meetings.views.meetings import name_of, show_workbench
from meetings.views.public import published_item

if TYPE_CHECKING:
    from accounts.access import PortalRequest, VisitorRequest
    from meetings.models import AgendaItem, Meeting

NEW = "meetings/item_new.html"


def item_or_404(request: VisitorRequest, meeting: Meeting, number: str) -> AgendaItem:
    """Give the item that a form names by ``pk``, else the one at the number.

    Raises:
        Http404: the agenda has no such item.
    """
    pk = request.POST.get("pk", "")
    found = item_by_pk(meeting, pk) if pk else item_at(meeting, number)
    if found is None:
        raise Http404
    return found


def at_item(row: AgendaItem) -> str:
    """Give the address of an item's card on the meeting's page."""
    return f"{row.section.meeting.get_absolute_url()}#item-{row.slug}"


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def item(request: VisitorRequest, slug: str, number: str) -> HttpResponse:
    """Edit an item; those who do not write agendas read it as it was published."""
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return _save(cast("PortalRequest", request), slug, number)
    meeting = own_meeting(request, slug)
    if meeting is None:
        return published_item(request, slug, number)
    row = item_or_404(request, meeting, number)
    if meeting.is_locked:
        return show_locked_item(request, row)
    return show_item(request, row)


def _save(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    meeting = own_meeting(request, slug)
    if meeting is None:
        # Whoever reads the item may not write it; for others there is none.
        if published_or_404(request, slug).item(number) is None:
            raise Http404
        raise PermissionDenied
    row = item_or_404(request, meeting, number)
    is_card = request.POST.get("form") == CARD
    kind: Any = ItemCardForm if is_card else ItemForm
    form = kind(request.POST, instance=copy(row))

    def save(**values: Any) -> Saved[AgendaItem]:
        return agenda.edit_item(row.pk, by=request.user, **values)

    answer = save_form(request, form, row, save, place_of(row))
    if isinstance(answer, Saved):
        is_changed = answer.row.version != row.version
        words = merged_words(answer, form)
        _keep_sources(request, row)
        if is_changed and not is_card:
            words = f"{words} {told_at_save(row, answer.row)}".strip()
        return _saved(request, row, words, is_changed=is_changed)
    if answer is not None:
        return answer
    if is_card:
        meeting = row.section.meeting
        return show_workbench(request, meeting, opened=row.slug, form=form, status=422)
    return show_item(request, row, form=form, status=422)


def _saved(
    request: PortalRequest, row: AgendaItem, merged: str, *, is_changed: bool
) -> HttpResponse:
    """Answer a save: the card for htmx, otherwise the meeting at that item.

    A card's "Flyt op" and "Flyt ned" save first, so that nothing typed is lost; where
    nothing was typed, nothing is said of saving.
    """
    words = f"Punkt {row.number} er gemt. {merged}".strip()
    if row.position is None:
        url = reverse(
            "meetings:item-removal", args=[row.section.meeting.slug, row.slug]
        )
        undo = Undo(url, "Sæt det ind igen", {"undo": str(row.pk)})
        say(request, f"{words} Det er fjernet fra dagsordenen.", undo=undo)
        return redirect(row.section.meeting)
    direction = request.POST.get("flyt", "")
    if direction in {"op", "ned"}:
        return _step(request, row, direction, words if is_changed else "")
    say(request, words)
    if wants_partial(request):
        return show_workbench(request, row.section.meeting, changed=row.slug)
    return redirect(at_item(row))


def _keep_sources(request: PortalRequest, row: AgendaItem) -> None:
    """Save the sources of numbers that were typed and not saved by themselves."""
    for name, source in request.POST.items():
        number = name.partition("-")[2].partition("-")[2]
        if name.startswith("kilde-") and number and str(source).strip():
            with suppress(ValidationError, RuleViolationError):
                give_source(row.pk, number=number, source=str(source), by=request.user)


def place_of(row: AgendaItem) -> Place:
    """Give what a conflict over the item says, and where it leads."""
    meeting = row.section.meeting
    trail = (
        (reverse("meetings:list"), "Møder"),
        (meeting.get_absolute_url(), name_of(meeting)),
        (row.get_absolute_url(), f"Punkt {row.number}"),
    )
    return Place(str(row), row.get_absolute_url(), trail)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def item_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Add an item to a section; everything may be filled in later."""
    meeting = own_meeting_or_404(request, slug)
    if meeting.is_locked and request.method != "POST":
        return show_locked(request, meeting, "Nyt punkt")
    sections = sections_of(meeting)
    wanted = request.GET.get("afsnit", "")
    chosen = [section.pk for section in sections if str(section.number) == wanted]
    initial = {"section": (chosen or [section.pk for section in sections[-1:]])[0]}
    templates = _templates(request)
    initial |= next(
        (
            fields
            for row, fields in templates
            if str(row.pk) == request.GET.get("skabelon")
        ),
        {},
    )
    form = NewItemForm(request.POST or None, sections=sections, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.values
        section = values.pop("section").pk
        values |= closed_values(_begun_with(request, values.pop("template", None)))
        try:
            made = agenda.create_item(section, by=request.user, **values)
        except Section.DoesNotExist:
            form.add_error("section", "Afsnittet er fjernet imens. Vælg et andet.")
        except RuleViolationError as error:
            form.add_error(None, str(error))
        else:
            close_posted(request)
            say(request, f"Punkt {made.number} er oprettet.")
            return redirect(f"{meeting.get_absolute_url()}#item-{made.slug}")
    name = f"et nyt punkt, {name_of(meeting)}"
    offer(request, form, name, key=f"meetings.agendaitem:ny:{meeting.pk}")
    context = {
        "form": form,
        "meeting": meeting,
        "meeting_title": name_of(meeting),
        "addressees": people_of(meeting.council_id).addressees,
        "templates": [row for row, _ in templates],
        "begun_with": _begun_with(request, form["template"].value()),
        "wanted": wanted,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, NEW, context, status=status)


def _templates(request: PortalRequest) -> list[tuple[ItemTemplate, dict[str, Any]]]:
    """Give what a new item may begin with, and the fields it then has: one query."""
    rows = ItemTemplate.objects.visible_to(request.user).present()
    own = rows.filter(council=request.seat.council)
    return [
        (row, {name: getattr(row, name) for name in FIELDS} | {"template": row.pk})
        for row in own
    ]


def _begun_with(request: PortalRequest, pk: object) -> ItemTemplate | None:
    """Give the template that a new item began with, also one that is removed since."""
    if not str(pk).isdecimal():
        return None
    rows = ItemTemplate.objects.visible_to(request.user)
    return rows.filter(council=request.seat.council, pk=str(pk)[:9]).first()


@require_POST
@editors_only
def item_order(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Move an item: one place with ``direction``, or to a ``position`` by drag or undo."""
    row = item_or_404(request, own_meeting_or_404(request, slug), number)
    direction = request.POST.get("direction", "")
    if direction in {"op", "ned"}:
        return _step(request, row, direction, "")
    to, section = request.POST.get("position", ""), request.POST.get("section", "")
    if not _is_place(to) or not _is_place(section or "1"):
        return show_workbench(request, row.section.meeting, status=422)
    try:
        moved = agenda.move_item(
            row.pk,
            to=int(to),
            section=int(section) if section else None,
            by=request.user,
        )
    except RuleViolationError as error:
        return _refused(request, row, str(error))
    return _moved(request, row, moved, "")


def _is_place(text: str) -> bool:
    return text.isdecimal() and len(text) <= 4  # noqa: PLR2004


def _step(
    request: PortalRequest, row: AgendaItem, direction: Any, words: str
) -> HttpResponse:
    try:
        moved = agenda.step_item(row.pk, direction=direction, by=request.user)
    except RuleViolationError as error:
        return _refused(request, row, f"{words} {error}".strip())
    return _moved(request, row, moved, words, direction)


def _moved(
    request: PortalRequest,
    row: AgendaItem,
    moved: AgendaItem,
    words: str,
    direction: str = "",
) -> HttpResponse:
    """Say where the item now stands, and how to take the move back.

    Args:
        direction: of a step from an open card; it stays open, ready for the next one.
    """
    meeting = row.section.meeting
    if moved.number == row.number:
        say(request, f"{words} Punkt {row.number} står, hvor det stod.".strip())
        return _shown(request, meeting, moved, direction)
    before = {"position": row.position, "section": row.section.number, "pk": row.pk}
    url = reverse("meetings:item-order", args=[meeting.slug, moved.slug])
    fields = {name: str(value) for name, value in before.items()}
    said = f"Punkt {row.number} er flyttet og hedder nu {moved.number}."
    undo = Undo(url, "Fortryd flytning", fields)
    say(request, f"{words} {said}".strip(), undo=undo)
    return _shown(request, meeting, moved, direction)


def _shown(
    request: PortalRequest, meeting: Meeting, row: AgendaItem, direction: str
) -> HttpResponse:
    if not wants_partial(request):
        return redirect(f"{meeting.get_absolute_url()}#item-{row.slug}")
    if direction and request.POST.get("form") == CARD:
        return show_workbench(request, meeting, opened=row.slug, stepped=direction)
    return show_workbench(request, meeting, changed=row.slug, stepped="til")


def _refused(request: PortalRequest, row: AgendaItem, words: str) -> HttpResponse:
    """Say why an item cannot be moved or removed; an open card stays open."""
    warn(request, words)
    if wants_partial(request) and request.POST.get("form") == CARD:
        return show_workbench(request, row.section.meeting, opened=row.slug)
    return redirect(at_item(row))


@require_POST
@editors_only
@removal_by_word
def item_removal(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Take an item off the agenda, or with ``undo`` put one back."""
    meeting = own_meeting_or_404(request, slug)
    if pk := request.POST.get("undo", ""):
        removed = item_by_pk(meeting, pk)
        if removed is None:
            raise Http404
        try:
            back = agenda.restore_item(removed.pk, by=request.user)
        except RuleViolationError as error:
            warn(request, str(error))
            return redirect(meeting)
        say(request, f"Punkt {back.number} er sat ind igen.")
        return redirect(f"{meeting.get_absolute_url()}#item-{back.slug}")
    row = item_or_404(request, meeting, number)
    try:
        agenda.remove_item(row.pk, by=request.user)
    except RuleViolationError as error:
        return _refused(request, row, str(error))
    undo = Undo(request.path, "Fortryd", {"undo": str(row.pk)})
    say(request, f"Punkt {row.number} er fjernet.", undo=undo)
    return redirect(meeting)
