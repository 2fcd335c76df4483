"""A sent packet made anew, from what is stored of that version and nothing else.

Source: docs/rules.md R-11, R-12.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.tools import NAMES, tools
from meetings.choices import PacketState
from meetings.models import ClosedPublication, Packet
from meetings.packets.building.joining import write
from meetings.packets.building.layout import lay_out
from meetings.packets.building.making import make_all
from meetings.packets.building.plan import planned_parts
from meetings.packets.building.reading import read_closed, read_sent

if TYPE_CHECKING:
    from pathlib import Path

    from meetings.models import Publication


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A packet that was made anew.

    Attributes:
        sent, made: SHA-256 of what was sent, and of what was made now.
        other_tools: names of the tools that are not those it was sent with;
            ``is_unknown`` where what it was sent with is not known.
    """

    sent: str
    made: str
    other_tools: tuple[str, ...]
    is_unknown: bool

    @property
    def is_identical(self) -> bool:
        """The bytes are those that were sent."""
        return self.sent == self.made


def rebuild(publication: Publication, out: Path, *, is_closed: bool = False) -> Rebuilt:
    """Make the packet of a sent version anew and write it to ``out``.

    Records, agenda and stored packet are not looked at, and nothing is written down:
    only pieces are printed, where they are no longer kept.

    Args:
        is_closed: the closed packet instead of the open one.

    Raises:
        LookupError: stored data are missing, or nothing closed was sent.
        UnusableFileError: a file from outside is no longer in storage, or damaged.
        RenderError: a piece cannot be printed.
    """
    sent = publication.file
    if is_closed:
        closed = ClosedPublication.objects.filter(publication=publication).first()
        if closed is None:
            msg = f"{publication} has no closed packet"
            raise LookupError(msg)
        reading, sent = read_closed(closed), closed.file
    else:
        reading = read_sent(publication)
    packet = Packet(
        meeting_id=publication.meeting_id,
        version=publication.number,
        state=PacketState.BUILT,
    )
    parts = planned_parts(packet, reading).parts
    made = make_all(packet, parts, reading.sent.own, reading.before)
    write(packet, reading, lay_out(reading, made), out)
    with out.open("rb") as opened:
        checksum = hashlib.file_digest(opened, "sha256").hexdigest()
    then, now = publication.made_with, tools()
    others = tuple(name for name in NAMES if then and then.get(name) != now[name])
    return Rebuilt(sent, checksum, others, is_unknown=not then)
