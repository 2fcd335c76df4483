"""Which version of a record went into which sent version of a meeting.

What was sent holds the record as it stood when the version was sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meetings.models import Publication
from proposals.queries.sent import sent_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from accounts.models import Membership, User
    from meetings.editions.records import Shown
    from proposals.models import Record


@dataclass(frozen=True, slots=True)
class Sending:
    """A sent version that the record stood in, and when it was sent."""

    shown: Shown
    at: datetime


def sendings_of(record: Record, user: User, seat: Membership) -> tuple[Sending, ...]:
    """Give where a record was sent, the latest first: two queries."""
    shown = sent_in(f"{record.owner}:{record.key}", user, seat).rows
    sent = Publication.objects.filter(
        meeting__council=seat.council_id, meeting__slug__in={row.slug for row in shown}
    ).values_list("meeting__slug", "number", "published_at")
    at = {(slug, number): moment for slug, number, moment in sent}
    found = (
        Sending(row, at[row.slug, row.version])
        for row in shown
        if (row.slug, row.version) in at
    )
    return tuple(sorted(found, key=lambda own: own.at, reverse=True))


def between(
    sendings: Sequence[Sending], start: datetime, until: datetime | None
) -> tuple[Sending, ...]:
    """Give those that were sent while a version held."""
    return tuple(
        own for own in sendings if own.at >= start and (until is None or own.at < until)
    )
