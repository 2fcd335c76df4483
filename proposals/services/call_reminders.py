"""Reminders of a call that the portal sends by itself, so many days before its day.

Source: docs/rules.md R-110.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max

from core import clock
from core.history import Portal, act
from proposals.choices import CallLetterKind
from proposals.models import CallLetter, PositionCall
from proposals.queries.calls import waiting_for
from proposals.services import call_letters

if TYPE_CHECKING:
    from datetime import date


def remind_the_late() -> int:
    """Remind whoever lacks answers of a call whose day for that has come.

    Safe to repeat, and makes up for a day on which no worker lived. Whoever has had a
    mail about the call since that day gets none.

    Returns:
        How many mails were written.
    """
    written = 0
    rows = PositionCall.objects.open().filter(remind_before__gt=0)
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        written += len(_remind_near(pk))
    return written


def _remind_near(pk: int) -> list[CallLetter]:
    portal: Any = Portal()
    with act("mindede om et opkald om holdninger", portal):
        row = PositionCall.checkout(pk)
        day = row.reminds_on
        if not row.is_open or day is None or clock.today() < day:
            return []
        told = _told(row)
        missing = {
            place: words
            for place, words in waiting_for(row).items()
            if place not in told or told[place] < day
        }
        return call_letters.write(CallLetterKind.REMINDER, row, missing, by=None)


def _told(row: PositionCall) -> dict[int, date]:
    """Give the day of the latest mail to each municipality: one query."""
    rows = CallLetter.objects.filter(call=row).order_by()
    pairs = rows.values("municipality").annotate(last=Max("day"))
    return dict(pairs.values_list("municipality", "last"))
