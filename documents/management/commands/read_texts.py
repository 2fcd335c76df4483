"""Read the text of files that were taken in before the portal did so by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from documents.models import ForeignFile
from documents.uploads import read_again

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """One file after the other; what is read already is left alone. Safe to repeat."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="also those that have been read"
        )

    def handle(self, **options: Any) -> None:
        rows = ForeignFile.objects.all()
        if not options["all"]:
            rows = rows.filter(text="")
        done, failed = 0, []
        for file in rows.iterator(chunk_size=50):
            if read_again(file):
                done += 1
            else:
                failed.append(file.pk)
        self.stdout.write(f"{done} read, {len(failed)} could not be read.")
        if failed:
            msg = f"Not read: {', '.join(map(str, failed))}."
            raise CommandError(msg)
