"""Who is written to when a version is sent: of the register, and of the directors' seats.

Source: docs/rules.md R-51, R-69.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from accounts.choices import SITTING, Role
from accounts.models import Membership, Municipality, User
from core.bundle import bundle
from core.danish import sort_key
from meetings.choices import Body, MeetingKind, MemberRole
from meetings.models import Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from meetings.models import Meeting

OF_DIRECTORS: Final = (MeetingKind.KKR, MeetingKind.HEARING, MeetingKind.DIRECTORS)
"""What the municipal directors are written to about."""
NOBODY: Final = ""
"""A role that nobody has: a bundle takes no queryset that is known to be empty."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who is written to, or would be.

    Attributes:
        role: what they get it as: "Formand, Greve", "Suppleant for Anna Holm".
        email: "" where nobody has written one down.
        is_director: by a seat in the portal, not by the register.
        can_sign_in: a user with the address sits in the council, and reads what is sent.
    """

    name: str
    role: str
    email: str
    is_director: bool = False
    can_sign_in: bool = True


@dataclass(frozen=True, slots=True)
class Receivers:
    """All of them; whoever has one address twice gets one mail."""

    all: tuple[Receiver, ...]

    @property
    def reached(self) -> tuple[Receiver, ...]:
        """Those a mail goes to, one an address."""
        found: dict[str, Receiver] = {}
        for each in self.all:
            if each.email:
                found.setdefault(each.email.casefold(), each)
        return tuple(found.values())

    @property
    def silent(self) -> tuple[Receiver, ...]:
        """Those without an address."""
        return tuple(each for each in self.all if not each.email)

    @property
    def strangers(self) -> tuple[Receiver, ...]:
        """Those who get a mail about what only who signs in may read, and cannot."""
        return tuple(each for each in self.reached if not each.can_sign_in)

    @property
    def members(self) -> int:
        """How many of the register a mail goes to."""
        return sum(not each.is_director for each in self.reached)

    @property
    def directors(self) -> int:
        """How many directors a mail goes to."""
        return sum(each.is_director for each in self.reached)


def who_meets(meeting: Meeting) -> tuple[int, str, date]:
    """Give what :func:`querysets` asks by: the council, the body, the day it sits on."""
    return meeting.council_id, Body.of(meeting.kind), meeting.held_on


def tells_directors(meeting: Meeting) -> bool:
    """Whether the municipalities' directors are written to about a meeting."""
    return meeting.kind in OF_DIRECTORS


def querysets(
    council: int, body: str, day: date, *, directors: bool
) -> tuple[QuerySet[Any], ...]:
    """Give what :func:`read` is made of, for :mod:`core.bundle`.

    Args:
        council, body, day: of :func:`who_meets`, or open places for them.
        directors: as :func:`tells_directors` says.
    """
    seats = Membership.objects.filter(
        council=council, role=Role.DIRECTOR, user__is_active=True
    )
    if not directors:
        seats = seats.filter(role=NOBODY)
    sitting = Membership.objects.filter(council=council, role__in=SITTING)
    return (
        Member.objects.filter(council=council, body=body).sitting(day),
        seats.order_by("pk"),
        User.objects.filter(pk__in=sitting.values("user"), is_active=True),
        Municipality.objects.filter(council=council),
    )


def read(
    members: Sequence[Member],
    seats: Sequence[Membership],
    users: Sequence[User],
    places: Sequence[Municipality],
) -> Receivers:
    """Put together what :func:`querysets` gave: the register first. No query.

    Source: docs/rules.md R-69.
    """
    known = {user.email.casefold() for user in users}
    towns = {place.pk: place.name for place in places}
    names = {member.pk: member.name for member in members}
    order = list(MemberRole.values)
    register = sorted(
        members, key=lambda m: (order.index(m.role), sort_key(m.name), m.pk)
    )
    own = [
        replace(
            _of_member(each, names, towns), can_sign_in=each.email.casefold() in known
        )
        for each in register
    ]
    return Receivers((*own, *_directors(seats, users, towns)))


def receivers(meeting: Meeting) -> Receivers:
    """Give who is written to about a meeting: one query."""
    of = who_meets(meeting)
    return read(*bundle(*querysets(*of, directors=tells_directors(meeting))))


def _of_member(
    member: Member, names: Mapping[int, str], towns: Mapping[int, str]
) -> Receiver:
    role, town = member.get_role_display(), towns.get(member.municipality_id or 0, "")
    principal = names.get(member.substitute_for_id or 0, "")
    said = f"{role} for {principal}" if principal else role
    return Receiver(member.name, ", ".join(filter(None, (said, town))), member.email)


def _directors(
    seats: Iterable[Membership], users: Iterable[User], towns: Mapping[int, str]
) -> Iterator[Receiver]:
    people = {user.pk: user for user in users}
    found = [
        Receiver(
            people[seat.user_id].name,
            f"Kommunaldirektør, {towns.get(seat.municipality_id or 0, '')}".rstrip(
                ", "
            ),
            people[seat.user_id].email,
            is_director=True,
        )
        for seat in seats
    ]
    yield from sorted(found, key=lambda each: sort_key(each.role))
