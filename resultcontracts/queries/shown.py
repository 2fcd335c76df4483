"""Where a number has been shown to a meeting.

Source: docs/rules.md R-183.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import formats
from meetings.models import SentRecord

if TYPE_CHECKING:
    from resultcontracts.models import Measurement


def shown_to_meetings(row: Measurement) -> str:
    """Name the last meeting that saw an approved number; "" where none did. One query.

    A version that was sent after the approval and that has the goal shows it: whoever
    reads, and also where it has been taken down since.
    """
    if row.shown_before:
        return row.shown_before
    if row.approved_at is None:
        return ""
    goal = row.measure.goal
    sent = SentRecord.objects.filter(
        key=goal.record_key,
        appendix__publication__meeting__council=goal.contract.council_id,
        appendix__publication__published_at__gte=row.approved_at,
    )
    days = sent.order_by("-appendix__publication__published_at").values_list(
        "appendix__publication__meeting__held_on", flat=True
    )
    day = days.first()
    return f"mødet {formats.long_date(day)}" if day else ""
