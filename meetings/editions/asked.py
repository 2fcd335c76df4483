"""What somebody reads who was asked by a link to approve a packet.

The link alone gives what is open. Who signs in as the one it was sent to reads what is
closed as well, as far as they will when it is sent; nobody else does by the link.

Source: docs/rules.md R-70.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from accounts.models import Membership
from meetings.closed.access import readers_of, reading_of
from meetings.editions.closed import as_read
from meetings.editions.reading import of_packet, packets_of
from meetings.models import AgendaItem

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from meetings.editions.edition import Edition
    from meetings.models import Approval


def edition_asked_about(approval: Approval, user: object) -> Edition:
    """Read the packet that is to be approved: two queries, four where its asked signs in.

    Args:
        approval: with its meeting, council and packet.
        user: whoever opened the link; a visitor too.
    """
    packet = packets_of(approval.meeting).get(pk=approval.packet_id)
    parts = list(packet.parts.all())
    edition = of_packet(packet, approval.meeting, parts)
    if not packet.closed or not is_the_asked(user, approval):
        return edition
    return as_read(edition, packet, parts, _reading(approval, user))


def is_the_asked(user: object, approval: Approval) -> TypeGuard[User]:
    """Whether a user is signed in with the very address that the link was sent to."""
    own = getattr(user, "email", "")
    return bool(own) and own.casefold() == approval.email.casefold()


def _reading(approval: Approval, user: User) -> Callable[[str], bool]:
    """Give the question whether the closed material of the item of a key is for them."""
    meeting = approval.meeting
    seats = Membership.objects.filter(user=user, council=meeting.council_id)
    seat = seats.values("pk", "role").first()
    rows = AgendaItem.objects.filter(section__meeting=meeting).present()
    return reading_of(seat, {item.key: readers_of(item) for item in rows})
