"""Plan: the parts of a packet, as rows that the page can show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from core import clock
from documents import engine
from documents.tools import tools
from meetings.agenda import appendix_digest, records_digest
from meetings.choices import MakeState, PacketState, PartKind
from meetings.models import Packet, PacketPart

if TYPE_CHECKING:
    from documents.tree import Document
    from meetings.agenda import Agenda, AgendaAppendix, AgendaItem
    from meetings.packets.building.reading import Reading, Whole

STOPPABLE = (PacketState.QUEUED, PacketState.BUILDING)


class StoppedError(Exception):
    """Somebody pressed "Stop"; nothing that is made is thrown away."""


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """One appendix with its row; ``document`` is None for a file from outside."""

    row: PacketPart
    item: AgendaItem
    appendix: AgendaAppendix
    document: Document | None

    @property
    def prefix(self) -> str:
        """What its anchors begin with: keys, never numbers."""
        return f"{self.item.key}-{self.appendix.key}"


@dataclass(frozen=True, slots=True)
class PlannedVolume:
    """One packet with its rows: the contents page's, and each appendix's."""

    reading: Reading
    contents: PacketPart
    parts: tuple[PlannedPart, ...]


@transaction.atomic
def begin(packet_pk: int) -> Packet | None:
    """Take the packet up, anew if a worker died on it; None if nobody waits for it."""
    rows = Packet.objects.select_for_update().filter(pk=packet_pk)
    packet = rows.filter(state__in=STOPPABLE).first()
    if packet is None:
        return None
    packet.state = PacketState.BUILDING
    packet.attempt += 1
    packet.save(update_fields=["state", "attempt"])
    packet.parts.all().delete()
    return packet


@transaction.atomic
def plan(packet: Packet, whole: Whole) -> tuple[PlannedVolume, ...]:
    """Write the rows of all parts: each packet's contents page, then each appendix."""
    _name(packet, whole.agenda)
    volumes: list[PlannedVolume] = []
    rows: list[PacketPart] = []
    for reading in whole.volumes:
        planned = planned_parts(packet, reading, after=len(rows))
        volumes.append(planned)
        rows += [planned.contents, *(part.row for part in planned.parts)]
    PacketPart.objects.bulk_create(rows)
    return tuple(volumes)


def planned_parts(packet: Packet, reading: Reading, *, after: int = 0) -> PlannedVolume:
    """Give the rows of one packet's parts, none of them saved; no query.

    Args:
        after: how many rows come before.
    """
    is_closed = reading.volume.is_closed
    contents = PacketPart(
        packet=packet,
        position=after + 1,
        kind=PartKind.CONTENTS,
        is_closed=is_closed,
        label="Indhold",
        title=f"Indholdsfortegnelse{', lukket' if is_closed else ''}",
        digest=reading.printed,
        make=MakeState.LAST,
    )
    pairs = [
        (item, appendix)
        for item in reading.agenda.items
        for appendix in item.appendices
        if appendix.has_pages
    ]
    planned = tuple(
        PlannedPart(
            row=_row(packet, position, item, appendix, is_closed=is_closed),
            item=item,
            appendix=appendix,
            document=reading.documents.get(appendix.pk),
        )
        for position, (item, appendix) in enumerate(pairs, after + 2)
    )
    return PlannedVolume(reading, contents, planned)


def _name(packet: Packet, agenda: Agenda) -> None:
    """Write down what the packet is made of, and the version its foot will say.

    Records that are published already keep their version, so that building them again
    gives the same bytes.
    """
    packet.digest = records_digest(agenda)
    packet.engine = engine.joining()
    packet.made_with = tools()
    latest = packet.meeting.publications.select_related("packet").first()
    if latest is None:
        packet.version = 1
    elif latest.packet.digest == packet.digest:
        packet.version = latest.number
    else:
        packet.version = latest.number + 1
    packet.save(update_fields=["digest", "engine", "made_with", "version"])


def _row(
    packet: Packet,
    position: int,
    item: AgendaItem,
    appendix: AgendaAppendix,
    *,
    is_closed: bool,
) -> PacketPart:
    return PacketPart(
        packet=packet,
        position=position,
        kind=PartKind.APPENDIX,
        is_closed=is_closed,
        appendix_key=f"{item.key}/{appendix.key}",
        appendix_pk=appendix.pk,
        label=appendix.label,
        title=appendix.title,
        digest=appendix_digest(appendix),
    )


def go_on(packet: Packet) -> None:
    """Look whether the build is still wanted; one that is built already nobody stops.

    Raises:
        StoppedError: it is not.
    """
    if packet.is_built:
        return
    if not Packet.objects.filter(pk=packet.pk, state=PacketState.BUILDING).exists():
        raise StoppedError


def note(row: PacketPart, **fields: object) -> None:
    """Write a part's progress where the page can see it."""
    for name, value in fields.items():
        setattr(row, name, value)
    PacketPart.objects.filter(pk=row.pk).update(**fields)


def fail(packet_pk: int, cause: str) -> None:
    """Note that the build has failed for good; ``cause`` is a Danish sentence."""
    running = Packet.objects.filter(pk=packet_pk, state__in=STOPPABLE)
    running.update(state=PacketState.FAILED, failure=cause[:300], built_at=clock.now())
