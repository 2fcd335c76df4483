"""The whole way of a packet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetings.packets.building.joining import join
from meetings.packets.building.layout import lay_out
from meetings.packets.building.making import make_all
from meetings.packets.building.plan import StoppedError, begin, plan
from meetings.packets.building.reading import read
from meetings.packets.building.storing import DoneVolume, finish

if TYPE_CHECKING:
    from meetings.models import Packet
    from meetings.packets.building.plan import PlannedVolume


def build(packet_pk: int) -> None:
    """Build the packet that somebody waits for; safe to repeat from any point.

    Raises:
        HopelessError: an appendix cannot be formed; the text says which and why.
    """
    packet = begin(packet_pk)
    if packet is None:
        return
    whole = read(packet.meeting_id)
    volumes = plan(packet, whole)
    try:
        done = tuple(_made(packet, planned) for planned in volumes)
        finish(packet, whole.agenda, done)
    except StoppedError:
        return


def _made(packet: Packet, planned: PlannedVolume) -> DoneVolume:
    """Make one packet: the open one, or the closed one beside it."""
    reading = planned.reading
    made = make_all(packet, planned.parts, reading.sent.own, reading.before)
    layout = lay_out(reading, made)
    joined = join(packet, planned.contents, reading, layout)
    return DoneVolume(planned, layout, joined)
