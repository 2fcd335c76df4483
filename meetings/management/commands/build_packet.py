"""Build a meeting's packet from the command line, without a running server."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from documents.storage import files
from meetings.building.build import build
from meetings.models import Meeting, Packet

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """The same packet as the portal's, by the same code."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("meeting", help="the meeting's date or slug")
        parser.add_argument("--council", default="sjaelland", help="the council's slug")
        parser.add_argument("--out", type=Path, required=True, help="the PDF to write")

    def handle(self, **options: Any) -> None:
        rows = Meeting.objects.filter(council__slug=options["council"])
        meeting = rows.filter(slug=options["meeting"]).first()
        if meeting is None:
            msg = f"{options['council']} has no meeting {options['meeting']}."
            raise CommandError(msg)
        packet = Packet.objects.create(meeting=meeting, asked_by="build_packet")
        build(packet.pk)
        packet.refresh_from_db()
        if not packet.is_built:
            raise CommandError(packet.failure or "The packet was not built.")
        with files().open(packet.file) as source, options["out"].open("wb") as out:
            shutil.copyfileobj(source, out)
        self.stdout.write(f"{options['out']}: {packet.page_count} pages")
