"""Taking an item on to another meeting, as a copy or for good; both know of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Max

from core.errors import RuleViolationError
from core.history import act
from core.keys import new_key
from meetings.choices import Fate
from meetings.models import AgendaItem, Appendix, Meeting, Section
from meetings.services import agenda, announcing, life
from meetings.services.numbers import number_late
from meetings.services.staleness import defer_refresh
from meetings.services.written import copy_blocks

if TYPE_CHECKING:
    from accounts.models import User

TEXTS: Final = (
    "title", "kind", "action", "addressee", "reply_deadline", "reply_on",
    "responsible", "contact", "summary", "recommendation", "case", "economy", "process",
    "is_closed", "closed_reason", "closed_to", "closed_readers",
)  # fmt: skip
OF_APPENDIX: Final = (
    "kind", "title", "title_in_source", "sender", "dated", "own_name", "status",
    "status_text", "language", "summary", "file_id", "source", "options", "digest", "made_of",
    "is_publishable", "is_confidential",
)  # fmt: skip


def copy_item(pk: int, *, to: int, by: User) -> AgendaItem:
    """Copy an item with its appendices to another meeting of the same council.

    It comes last in the section of the same title, else of the same number, else in the
    last one.

    Args:
        to: pk of the meeting.

    Raises:
        RuleViolationError: the meeting is another council's, locked, or the same one.
    """
    before = _item(pk)
    with act(f"kopierede punkt {before.number} til et andet møde", by):
        return _copied(before, to, by)


def carry_item(pk: int, *, to: int, by: User) -> AgendaItem:
    """Take an item with its appendices to another meeting.

    Where it stood it is removed; if it was sent it stays there, announced as postponed.

    Raises:
        RuleViolationError: as for a copy; or the meeting it leaves is locked and the
            item was never sent.
    """
    before = _item(pk)
    with act(f"flyttede punkt {before.number} til et andet møde", by):
        made = _copied(before, to, by)
        target = made.section.meeting
        if before.sent_in is None:
            agenda.remove_item(pk, by=by)
        else:
            announcing.announce_item(
                pk,
                fate=Fate.POSTPONED,
                reason=f"Punktet behandles på {target.name}.",
                to_day=target.held_on,
                by=by,
            )
        return made


def _item(pk: int) -> AgendaItem:
    return AgendaItem.objects.select_related("section__meeting").get(pk=pk)


def _copied(before: AgendaItem, to: int, by: User) -> AgendaItem:
    """Make the copy; both meetings are locked, the one with the lower pk first."""
    own = before.section.meeting
    locked = {key: Meeting.checkout(key) for key in sorted({own.pk, to})}
    target = locked[to]
    if to == own.pk or target.council_id != own.council_id or target.is_removed:
        raise RuleViolationError("Vælg et andet af jeres egne møder.")
    life.refuse_if_locked(to)
    down = _taken_down(before)
    section = _section(before.section, target)
    standing = AgendaItem.objects.filter(section=section).present()
    keys = AgendaItem.objects.filter(section__meeting=to).values_list("key", flat=True)
    made = AgendaItem(
        section=section,
        key=new_key(before.title, set(keys)),
        position=(standing.aggregate(last=Max("position"))["last"] or 0) + 1,
        changed_by=str(by),
        came_from=before,
        **{name: getattr(before, name) for name in TEXTS},
    )
    made.full_clean()
    made.save()
    standing_here = before.appendices.filter(position__isnull=False, is_withdrawn=False)
    for row in standing_here.exclude(key__in=down):
        _copy_appendix(row, made, by)
    for stated in before.stated_numbers.filter(is_removed=False):
        made.stated_numbers.create(
            number=stated.number, source=stated.source, changed_by=str(by)
        )
    number_late(to)
    made.refresh_from_db(fields=["position", "given_number"])
    defer_refresh(to)
    return made


def _taken_down(item: AgendaItem) -> set[str]:
    """Give the keys of an item's appendices that are taken down.

    Raises:
        RuleViolationError: its texts are, or the newest version that holds it.
    """
    own = item.section.meeting
    latest = own.publications.aggregate(last=Max("number"))["last"]
    rows = own.withdrawals.filter(is_minutes=False, item_key__in=["", item.key])
    for row in rows:
        is_whole = row.is_version and row.version == latest
        if is_whole or (row.item_key and not row.is_appendix):
            raise RuleViolationError(
                "Punktet er taget ned. Skriv et nyt på det andet møde."
            )
    return {row.appendix_key for row in rows if row.is_appendix}


def _section(left: Section, target: Meeting) -> Section:
    rows = list(target.sections.order_by("number"))
    same = [row for row in rows if row.title == left.title]
    numbered = [row for row in rows if row.number == left.number]
    return (*same, *numbered, *rows[::-1])[0]


def _copy_appendix(row: Appendix, item: AgendaItem, by: User) -> None:
    """Copy an appendix; its file is the same, and it keeps its key."""
    place = item.appendices.count() + 1
    made = Appendix.objects.create(
        item=item,
        key=row.key,
        position=place,
        changed_by=str(by),
        **{name: getattr(row, name) for name in OF_APPENDIX},
    )
    if row.is_written:
        copy_blocks(row, made, str(by))
