"""The whole way of a packet."""

from __future__ import annotations

from meetings.packets.building.joining import join
from meetings.packets.building.layout import lay_out
from meetings.packets.building.making import make_all
from meetings.packets.building.plan import StoppedError, begin, plan
from meetings.packets.building.reading import read
from meetings.packets.building.storing import finish


def build(packet_pk: int) -> None:
    """Build the packet that somebody waits for; safe to repeat from any point.

    Raises:
        HopelessError: an appendix cannot be formed; the text says which and why.
    """
    packet = begin(packet_pk)
    if packet is None:
        return
    reading = read(packet.meeting_id)
    contents, parts = plan(packet, reading)
    try:
        made = make_all(packet, parts, reading.sent.own, reading.before)
        layout = lay_out(reading.agenda, made, reading.sent.packet, reading.before)
        done = join(packet, contents, reading.agenda, layout)
        finish(packet, contents, reading, layout, done)
    except StoppedError:
        return
