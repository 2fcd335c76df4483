"""Where a number is from that stands in no record: written down, and taken back.

The finding about it goes in the same transaction, and the meeting counts as changed since
it was checked, so that nothing is sent on an answer that no longer holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.history import act
from meetings.models import AgendaItem, Checkup, Finding, StatedNumber
from meetings.services.life import refuse_if_locked
from meetings.services.staleness import defer_refresh

if TYPE_CHECKING:
    from accounts.models import User

# The key of the findings about such numbers (meetings.checking.numbers).
LOOSE = "loose-number"


def give_source(item_pk: int, *, number: str, source: str, by: User) -> StatedNumber:
    """Write where a number of an item's texts is from, in place of what stood there.

    Args:
        number: as it is typed, "840.000".

    Raises:
        ValidationError: no source is given, or it is too long.
        LockedError: the meeting is sent.
    """
    item = AgendaItem.objects.select_related("section").get(pk=item_pk)
    with act(f"skrev kilden til {number} i punkt {item.number}", by):
        refuse_if_locked(item.section.meeting_id)
        rows = StatedNumber.objects.select_for_update()
        row = rows.filter(item=item_pk, number=number).first()
        if row is None:
            row = StatedNumber(item=item, number=number, changed_by=str(by))
        else:
            row.touch(by)
        row.source, row.is_removed = source.strip(), False
        row.full_clean()
        row.save()
        _note(item)
        own = Finding.objects.filter(meeting=item.section.meeting_id, check_key=LOOSE)
        about = own.filter(label=item.number, sentence__startswith=f"{number} ")
        about.delete()
        return row


def take_source_back(item_pk: int, *, number: str, by: User) -> StatedNumber:
    """Take the source of a number back; the number is asked about again.

    Raises:
        StatedNumber.DoesNotExist: there is none.
        LockedError: the meeting is sent.
    """
    found = StatedNumber.objects.select_related("item__section")
    row = found.get(item=item_pk, number=number)
    with act(f"fjernede kilden til {number} i punkt {row.item.number}", by):
        refuse_if_locked(row.item.section.meeting_id)
        item, row = row.item, StatedNumber.checkout(row.pk)
        if not row.is_removed:
            row.is_removed = True
            row.touch(by)
            row.save()
            _note(item)
        return row


def _note(item: AgendaItem) -> None:
    """Let the meeting be checked anew before it is sent."""
    meeting = item.section.meeting_id
    Checkup.objects.filter(meeting=meeting).update(digest="")
    defer_refresh(meeting)
