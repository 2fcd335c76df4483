"""Make a sent packet anew from what is stored of it, and compare it with what was sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from documents.foreign import UnusableFileError
from meetings.models import Publication
from meetings.receipts.rebuild import rebuild

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from meetings.receipts.rebuild import Rebuilt


class Command(BaseCommand):
    """Succeeds only where the bytes are identical."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("meeting", help="the meeting's date or slug")
        parser.add_argument("version", type=int, help="the version that was sent")
        parser.add_argument("--council", default="sjaelland", help="the council's slug")
        parser.add_argument(
            "--closed", action="store_true", help="the closed packet, not the open one"
        )
        parser.add_argument("--out", type=Path, required=True, help="the PDF to write")

    def handle(self, **options: Any) -> None:
        rows = Publication.objects.filter(meeting__council__slug=options["council"])
        rows = rows.filter(meeting__slug=options["meeting"])
        publication = rows.filter(number=options["version"]).first()
        if publication is None:
            msg = (
                f"{options['council']} has sent no version {options['version']} "
                f"of the meeting {options['meeting']}."
            )
            raise CommandError(msg)
        if not options["out"].parent.is_dir():
            msg = f"There is no folder {options['out'].parent}."
            raise CommandError(msg)
        try:
            done = rebuild(publication, options["out"], is_closed=options["closed"])
        except (LookupError, OSError, UnusableFileError) as error:
            msg = f"What is stored of the version is not whole: {error!r}"
            raise CommandError(msg) from error
        if not done.is_identical:
            raise CommandError(f"{options['out']}: {_why_not(done)}")
        self.stdout.write(f"{options['out']}: identical, SHA-256 {done.made}")


def _why_not(done: Rebuilt) -> str:
    lead = f"not as it was sent (SHA-256 {done.made}, sent {done.sent}). "
    if done.is_unknown:
        return f"{lead}What it was sent with is not written down."
    if done.other_tools:
        return f"{lead}It was sent with another {', '.join(done.other_tools)}."
    return f"{lead}The tools are the same: its stored data or files are damaged."
