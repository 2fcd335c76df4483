"""``manage.py reindex``: bring the whole search index up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from core.search.indexing import index
from core.search.models import SearchEntry

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Read everything that can be found, and write what differs."""

    help = "Brings the search index up to date; --clear makes it anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--clear", action="store_true", help="empty it first")

    def handle(self, **options: Any) -> None:
        done = index(is_anew=options["clear"])
        self.stdout.write(
            f"{done.written} written, {done.removed} removed,"
            f" {SearchEntry.objects.count()} in the index."
        )
