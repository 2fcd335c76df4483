"""The agenda's items: create, edit, move, remove and put back.

The meeting is locked first wherever places change; a save of texts locks the item alone,
so that two people who write in two items never wait for each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from core.history import act
from core.keys import new_key
from core.order import moved, renumber
from core.versions import Saved, save_merged
from meetings.choices import ReplyDeadline
from meetings.models import AgendaItem, Meeting, Section
from meetings.services.closed import refuse_to_close_item
from meetings.services.life import refuse_if_locked
from meetings.services.numbers import number_late, refuse_if_sent
from meetings.services.staleness import defer_refresh

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from accounts.models import User

type Direction = Literal["op", "ned"]


def create_item(section_pk: int, *, by: User, **values: Any) -> AgendaItem:
    """Add an item last in a section.

    Args:
        values: the item's fields; a title may be missing.

    Raises:
        Section.DoesNotExist: it was removed meanwhile.
    """
    section = Section.objects.get(pk=section_pk)
    with act("tilføjede et punkt", by):
        Meeting.checkout(section.meeting_id)
        refuse_if_locked(section.meeting_id)
        section.refresh_from_db()
        items = AgendaItem.objects.filter(section__meeting=section.meeting_id)
        item = AgendaItem(
            section=section,
            key=new_key(str(values.get("title", "")), _keys(section.meeting_id)),
            position=items.filter(section=section).present().count() + 1,
            changed_by=str(by),
            **_with_deadline(values),
        )
        item.full_clean()
        item.save()
        _settle(item)
        return item


def edit_item(pk: int, *, version: int, by: User, **values: Any) -> Saved[AgendaItem]:
    """Save an item as the user edited it, merged with what others saved since.

    Args:
        version: the one the user opened.
        values: the fields that were sent.

    Raises:
        ConflictError: somebody changed the same field to another value.
        RuleViolationError: it would be closed, and was sent openly.
        ValidationError: a dated deadline lacks its date.
        AgendaItem.DoesNotExist: it is gone.
    """
    before = _item(pk)
    with act(f"{_verb(before, values)} punkt {before.number}", by):
        refuse_if_locked(before.section.meeting_id)
        item = AgendaItem.checkout(pk)
        refuse_to_close_item(item, values)
        started_at = item.version
        saved = save_merged(item, _with_deadline(values), version=version, by=by)
        if item.version != started_at:
            defer_refresh(before.section.meeting_id)
        return saved


def bring_back_version(
    pk: int, *, number: int, fields: Collection[str], version: int, by: User
) -> Saved[AgendaItem]:
    """Save an item as one of its versions had it: as any save, merged or refused.

    Args:
        number: the version whose values are taken.
        fields: those of its fields that are taken.
        version: the one the user has seen.

    Raises:
        AgendaItem.DoesNotExist: it, or the version, is not there.
        ConflictError: somebody changed one of the fields since ``version``.
        RuleViolationError: as for :func:`edit_item`.
        ValidationError: the values do not go together.

    Source: docs/rules.md R-59.
    """
    item = _item(pk)
    event = item.events.filter(version=number).order_by("-pgh_id").first()  # type: ignore[attr-defined]
    if event is None:
        raise AgendaItem.DoesNotExist
    values = {name: getattr(event, name) for name in fields}
    with act(f"gendannede version {number} af punkt {item.number}", by):
        return edit_item(pk, version=version, by=by, **values)


def move_item(pk: int, *, to: int, section: int | None = None, by: User) -> AgendaItem:
    """Move an item to a place, from 1; a place outside is the nearest end.

    Args:
        section: number of one of the meeting's sections; its own when left out.
    """
    before = _item(pk)
    with act(f"flyttede punkt {before.number}", by):
        Meeting.checkout(before.section.meeting_id)
        refuse_if_locked(before.section.meeting_id)
        item = AgendaItem.checkout(pk)
        if item.position is not None:
            own = Section.objects.filter(meeting=before.section.meeting_id)
            wanted = own.filter(number=section).first() if section else None
            _place(item, wanted or item.section, to)
            _settle(item)
        return item


def step_item(pk: int, *, direction: Direction, by: User) -> AgendaItem:
    """Move an item one place; at the end of its section into the next one."""
    before = _item(pk)
    with act(f"flyttede punkt {before.number}", by):
        Meeting.checkout(before.section.meeting_id)
        refuse_if_locked(before.section.meeting_id)
        item = AgendaItem.checkout(pk)
        if item.position is None:
            return item
        count = len(_standing(item.section))
        to = item.position + (-1 if direction == "op" else 1)
        section = item.section if 1 <= to <= count else _neighbour(item, direction)
        if section is not None:
            is_same = section == item.section
            last = len(_standing(section)) + 1
            _place(item, section, to if is_same else last if direction == "op" else 1)
            _settle(item)
        return item


def remove_item(pk: int, *, by: User) -> AgendaItem:
    """Take an item, with its appendices, off the agenda; it can be put back."""
    before = _item(pk)
    with act(f"fjernede punkt {before.number}", by):
        Meeting.checkout(before.section.meeting_id)
        refuse_if_locked(before.section.meeting_id)
        item = AgendaItem.checkout(pk)
        refuse_if_sent(item, f"Punkt {before.number}", "Træk det tilbage i stedet.")
        if item.position is not None:
            item.removed_position, item.position = item.position, None
            item.given_number = ""
            item.touch(by)
            item.save()
            renumber(_standing(item.section))
            _settle(item)
        return item


def restore_item(pk: int, *, by: User) -> AgendaItem:
    """Put a removed item back where it stood."""
    before = _item(pk)
    with act(f"fortrød, at punkt {before.number} blev fjernet", by):
        Meeting.checkout(before.section.meeting_id)
        refuse_if_locked(before.section.meeting_id)
        item = AgendaItem.checkout(pk)
        if item.position is None:
            to = item.removed_position or 1
            item.position = len(_standing(item.section)) + 1
            item.removed_position = None
            item.touch(by)
            item.save()
            renumber(moved(_standing(item.section), item, to))
            _settle(item)
        return item


def _verb(item: AgendaItem, values: Mapping[str, Any]) -> str:
    """Say in the history when an item is closed or opened; else that it was edited."""
    if values.get("is_closed", item.is_closed) == item.is_closed:
        return "rettede"
    return "åbnede" if item.is_closed else "lukkede"


def _item(pk: int) -> AgendaItem:
    return AgendaItem.objects.select_related("section").get(pk=pk)


def _standing(section: Section) -> list[AgendaItem]:
    return list(AgendaItem.objects.filter(section=section).present())


def _neighbour(item: AgendaItem, direction: Direction) -> Section | None:
    own = Section.objects.filter(meeting=item.section.meeting_id)
    if direction == "op":
        return own.filter(number__lt=item.section.number).order_by("-number").first()
    return own.filter(number__gt=item.section.number).order_by("number").first()


def _place(item: AgendaItem, section: Section, to: int) -> None:
    """Put the item into a section at a place, and close the gap it leaves."""
    refuse_if_sent(item, f"Punkt {item.number}", "Punktet bliver stående.")
    left = item.section
    if section != left:
        item.section = section
        item.position = len(_standing(section)) + 1
        item.save(update_fields=["section", "position"])
        renumber(_standing(left))
    renumber(moved(_standing(section), item, to))


def _settle(item: AgendaItem) -> None:
    """Number what is new in a sent meeting, and have the packet looked at."""
    number_late(item.section.meeting_id)
    item.refresh_from_db(fields=["position", "given_number"])
    defer_refresh(item.section.meeting_id)


def _keys(meeting_pk: int) -> set[str]:
    """Give every key of the meeting: items move between sections and keep theirs."""
    rows = AgendaItem.objects.filter(section__meeting=meeting_pk)
    return set(rows.values_list("key", flat=True))


def _with_deadline(values: dict[str, Any]) -> dict[str, Any]:
    """Drop a date that no dated deadline asks for."""
    if values.get("reply_deadline", ReplyDeadline.DATED) == ReplyDeadline.DATED:
        return values
    return values | {"reply_on": None}
