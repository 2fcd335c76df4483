"""Agenda and appendices of a sent version in one file: the agenda, the packet behind it.

Made of what is stored of that version and of nothing else, as a rebuilt packet is.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from documents import codec, pieces
from documents.storage import keep_path
from meetings.choices import PacketState, PaperKind
from meetings.editions.reading import of_publication
from meetings.minutes.document import agenda_document
from meetings.models import Packet, Paper
from meetings.packets.building.joining import Front, write
from meetings.packets.building.layout import lay_out
from meetings.packets.building.making import make_all
from meetings.packets.building.plan import planned_parts
from meetings.packets.building.reading import read_sent

if TYPE_CHECKING:
    from meetings.models import Publication

LETTER: Final = "D"
"""Begins the agenda's page numbers, so that the packet keeps its own."""


def print_whole(publication: Publication) -> Paper:
    """Print agenda and packet of a sent version as one file, once.

    Raises:
        LookupError: stored data are missing.
        RenderError: a piece cannot be printed.
    """
    rows = Paper.objects.filter(packet=publication.packet_id, kind=PaperKind.WHOLE)
    found = rows.first()
    if found is not None:
        return found
    document = agenda_document(of_publication(publication))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "whole.pdf"
        count = _write(
            publication, Front("Dagsorden", LETTER, pieces.make(document)), out
        )
        size, file = out.stat().st_size, keep_path(out)
    row, _ = Paper.objects.get_or_create(
        packet_id=publication.packet_id,
        kind=PaperKind.WHOLE,
        defaults={
            "meeting_id": publication.meeting_id,
            "document": codec.dumps(document),
            "digest": codec.digest(document, publication.file),
            "file": file,
            "size": size,
            "page_count": count,
        },
    )
    return row


def _write(publication: Publication, front: Front, out: Path) -> int:
    """Write the file; give how many pages it has."""
    reading = read_sent(publication)
    packet = Packet(
        meeting_id=publication.meeting_id,
        version=publication.number,
        state=PacketState.BUILT,
    )
    parts = planned_parts(packet, reading).parts
    made = make_all(packet, parts, reading.sent.own, reading.before)
    layout = lay_out(reading, made)
    return write(packet, reading, layout, out, front=front).page_count
