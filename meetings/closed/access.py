"""Who reads the closed material of an item. Pure.

Those who write the agenda always do. By default the council's members and directors do
too; else the roles and persons that were chosen, or nobody.

Source: docs/rules.md R-32.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from accounts.choices import Role
from meetings.choices import ClosedTo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from meetings.models import AgendaItem

EDITORS: Final = frozenset({Role.SECRETARIAT, Role.CHIEF})
COUNCIL: Final = (Role.MEMBER, Role.DIRECTOR)
ROLES: Final = (Role.MEMBER, Role.DIRECTOR, Role.REPORTER)
"""Roles that can be chosen one by one; an administrator minds users, not agendas."""


def role_word(role: str) -> str:
    """Give what a chosen role is called where it is kept."""
    return f"role:{role}"


def seat_word(pk: int) -> str:
    """Give what a chosen person is called where it is kept: by the seat."""
    return f"seat:{pk}"


def readers_of(item: AgendaItem) -> list[str]:
    """Give whom an item's closed material is for, in the words that are kept."""
    if item.closed_to == ClosedTo.CHOSEN:
        return sorted(item.closed_readers)
    return [role_word(r) for r in COUNCIL] if item.closed_to == ClosedTo.COUNCIL else []


def reading_of(
    seat: Mapping[str, Any] | None, access: Mapping[str, Sequence[str]]
) -> Callable[[str], bool]:
    """Give the question whether somebody in ``seat`` reads the item of a key.

    Args:
        seat: {"pk", "role"} of a seat in the meeting's council; None for none.
        access: item key → words of :func:`readers_of`; an absent item is for nobody.
    """
    if seat is None:
        return lambda _: False
    if seat["role"] in EDITORS:
        return lambda _: True
    own = {role_word(seat["role"]), seat_word(seat["pk"])}
    return lambda key: not own.isdisjoint(access.get(key, ()))
