"""What somebody reads who was asked by a link to approve a packet.

The link alone gives what is open. Who signs in as the one it was sent to reads what is
closed as well, as far as they will when it is sent and still may; nobody else does by the
link, and nobody once something closed is taken down.

Source: docs/rules.md R-64, R-65, R-70.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from accounts.models import Membership
from meetings.agenda import Agenda
from meetings.closed.access import readers_of, reading_of
from meetings.closed.parting import access_of
from meetings.closed.volumes import stored
from meetings.editions.closed import as_read
from meetings.editions.reading import of_packet, packets_of
from meetings.editions.withdrawn import withdrawal_rows, withdrawn
from meetings.models import AgendaItem

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from meetings.closed.volumes import Stored
    from meetings.editions.edition import Edition
    from meetings.models import Approval, Packet


def edition_asked_about(approval: Approval, user: object) -> Edition:
    """Read the packet that is to be approved: two queries, five where its asked signs in.

    Args:
        approval: with its meeting, council and packet.
        user: whoever opened the link; a visitor too.
    """
    packet = packets_of(approval.meeting).get(pk=approval.packet_id)
    parts = list(packet.parts.all())
    edition = of_packet(packet, approval.meeting, parts)
    kept = stored(packet.closed)
    if kept is None or not is_the_asked(user, approval) or _has_closed_down(packet):
        return edition
    return as_read(edition, packet, parts, _reading(approval, kept, user))


def is_the_asked(user: object, approval: Approval) -> TypeGuard[User]:
    """Whether a user is signed in with the very address that the link was sent to."""
    own = getattr(user, "email", "")
    return bool(own) and own.casefold() == approval.email.casefold()


def _has_closed_down(packet: Packet) -> bool:
    """Whether something closed is taken down that the packet may hold: one query.

    Nobody is told so by the link: its title is its readers'.
    """
    built = packet.built_at or packet.asked_at
    rows = withdrawal_rows(packet.meeting_id, is_closed=True)
    return any(each.is_in(packet.version, built) for each in map(withdrawn, rows))


def _reading(approval: Approval, kept: Stored, user: User) -> Callable[[str], bool]:
    """Give the question whether the closed material of the item of a key is for them.

    The readers are those of the packet; who is not one any more as the item stands now
    reads it no longer.
    """
    meeting = approval.meeting
    seats = Membership.objects.filter(user=user, council=meeting.council_id)
    seat = seats.values("pk", "role").first()
    rows = AgendaItem.objects.filter(section__meeting=meeting).present()
    as_built = reading_of(seat, access_of(Agenda.from_json(kept.agenda)))
    now = reading_of(seat, {item.key: readers_of(item) for item in rows})
    return lambda key: as_built(key) and now(key)
