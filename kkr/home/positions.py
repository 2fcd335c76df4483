"""What waits for a reader: positions the municipality lacks, and drafts to read.

Source: docs/rules.md R-109.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Membership
from core import clock, formats
from kkr.home.asked import reading_tasks
from kkr.home.due import Task
from meetings.readthrough.standing import asked_to_read
from proposals.queries.own_calls import as_own_calls, call_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from proposals.queries.own_calls import OwnCall


def position_tasks(calls: Iterable[OwnCall]) -> tuple[Task, ...]:
    """Give a task for each open call that the municipality has not answered all of."""
    return tuple(_task(own) for own in calls if own.waits)


def waiting_for(
    user: User, seat: Membership
) -> tuple[tuple[Task, ...], tuple[OwnCall, ...]]:
    """Give what waits for a reader, and the calls of its municipality: one query."""
    own = Membership.objects.filter(pk=seat.pk)
    drafts, calls = own.values_list(asked_to_read(user), call_rows(seat)).get()
    called = as_own_calls(calls, seat)
    return (*position_tasks(called), *reading_tasks(drafts or ())), called


def _task(own: OwnCall) -> Task:
    today, due = clock.today(), own.call.due_on
    note = f"Frist {formats.long_date(due)}"
    return Task(
        own.sentence,
        own.url,
        "Svar",
        f"{note}. Mangler {own.lacks}" if own.lacks else note,
        when=formats.days_away(due, today=today),
        is_urgent=due <= today,
    )
