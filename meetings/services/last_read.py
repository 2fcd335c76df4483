"""How far somebody says to have read: for the reader's own eyes.

It is no edit of anything and in no history; the rows are the reader's to delete.

Source: docs/rules.md R-62.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core import clock
from meetings.models import LastRead

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def note_read(meeting_pk: int, *, number: int, by: User) -> LastRead:
    """Keep that somebody has read a version; an older one takes back no newer."""
    LastRead.objects.get_or_create(
        user=by, meeting_id=meeting_pk, defaults={"number": number}
    )
    row = LastRead.objects.select_for_update().get(user=by, meeting=meeting_pk)
    if row.number < number:
        row.number, row.at = number, clock.now()
        row.save()
    return row


def forget_read(meeting_pk: int, *, by: User) -> None:
    """Delete what somebody has said to have read of a meeting."""
    LastRead.objects.filter(user=by, meeting=meeting_pk).delete()
