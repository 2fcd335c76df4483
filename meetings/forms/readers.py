"""Who can be chosen to read what is closed: roles, and persons with a seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from accounts.choices import Role
from meetings.closed.access import ROLES, role_word, seat_word
from meetings.people import people_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meetings.people import Seat

PLURAL: Final = {
    Role.MEMBER: "Alle medlemmer",
    Role.DIRECTOR: "Alle kommunaldirektører",
    Role.REPORTER: "Alle indberettere",
}


def reader_choices(seats: Iterable[Seat]) -> list[tuple[str, str]]:
    """Give roles, then persons, as (word, label).

    Those who write the agenda always read it and cannot be chosen.
    """
    roles = [(role_word(role), PLURAL[role]) for role in ROLES]
    return roles + [(seat_word(seat.pk), seat.words) for seat in seats]


def council_choices(council_pk: int) -> list[tuple[str, str]]:
    """Give the same of a council: one query."""
    return reader_choices(people_of(council_pk).seats)
