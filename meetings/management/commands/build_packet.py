"""Build a meeting's packet from the command line, without a running server."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.jobs import HopelessError
from documents.storage import files
from meetings.models import Meeting, Packet
from meetings.packets.building.build import build
from meetings.packets.building.plan import fail
from meetings.services.packets import RUNNING

if TYPE_CHECKING:
    from argparse import ArgumentParser


@transaction.atomic
def _begin(meeting: Meeting) -> Packet:
    Meeting.checkout(meeting.pk)
    if meeting.packets.filter(state__in=RUNNING).exists():
        raise CommandError("The packet is being built already.")
    return Packet.objects.create(meeting=meeting, asked_by="build_packet")


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
        if not options["out"].parent.is_dir():
            msg = f"There is no folder {options['out'].parent}."
            raise CommandError(msg)
        packet = _begin(meeting)
        try:
            build(packet.pk)
        except HopelessError as error:
            fail(packet.pk, str(error))
            raise CommandError(str(error)) from error
        except BaseException:
            # Nobody waits for this build: leave no meeting that seems to be building.
            fail(packet.pk, "Byggeriet blev afbrudt.")
            raise
        packet.refresh_from_db()
        if not packet.is_built:
            raise CommandError(packet.failure or "The packet was not built.")
        with files().open(packet.file) as source, options["out"].open("wb") as out:
            shutil.copyfileobj(source, out)
        self.stdout.write(f"{options['out']}: {packet.page_count} pages")
