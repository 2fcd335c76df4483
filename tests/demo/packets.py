"""The demo's packet, built once for the tests that read it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from documents.storage import files
from meetings.models import Packet
from meetings.packets.building.build import build
from tests.documents.pdf_reader import PdfReader

if TYPE_CHECKING:
    from meetings.models import Meeting


def build_packet(meeting: Meeting) -> Packet:
    """Build the meeting's packet here and now, as the worker does."""
    packet = Packet.objects.create(meeting=meeting, asked_by="prøven")
    build(packet.pk)
    packet.refresh_from_db()
    return packet


def reader_of(name: str) -> PdfReader:
    """Read a stored PDF with programs of others."""
    return PdfReader(Path(files().path(name)))
