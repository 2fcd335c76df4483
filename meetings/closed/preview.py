"""Which closed items a member of the council will read, before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.choices import Role
from meetings.closed.access import readers_of, reading_of
from meetings.models import AgendaItem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from meetings.models import Meeting


def closed_items(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """Give the meeting's items, with who reads what is closed of them: one query."""
    return tuple(AgendaItem.objects.filter(section__meeting=meeting).present())


def as_member(items: Iterable[AgendaItem]) -> Callable[[str], bool]:
    """Give the question whether any member reads an item; of no items: everybody's."""
    access = {item.key: readers_of(item) for item in items}
    return reading_of({"pk": 0, "role": Role.MEMBER}, access)
