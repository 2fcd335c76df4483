"""``manage.py prepare``: brings database and static files to what the code expects."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from core import search

if TYPE_CHECKING:
    from argparse import ArgumentParser

EMPTY: Final = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


class Command(BaseCommand):
    """Migrates what is not migrated, collects static files that changed."""

    help = "Migrates and collects static files; --reset empties the database first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="asks for its name")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        if options["reset"]:
            self.reset()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Migrating the database")
            call_command("migrate", interactive=False, verbosity=0)
            search.changed(search.EVERYTHING)
        collect_if_changed()

    def reset(self) -> None:
        """Empty the database, once its name has been typed.

        Raises:
            CommandError: another name was typed, or none.
        """
        place = connection.settings_dict
        self.stdout.write(f"Host:      {place['HOST'] or 'localhost'}")
        self.stdout.write(f"Database:  {place['NAME']}")
        self.stdout.write("Everything in it will be deleted and the demo loaded anew.")
        self.stdout.write("Type the database's name to go on: ", ending="")
        self.stdout.flush()
        if sys.stdin.readline().strip() != place["NAME"]:
            message = "That is not its name. Nothing was deleted."
            raise CommandError(message)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(EMPTY)


def collect_if_changed() -> None:
    """Collect static files, unless none has changed since the last time."""
    root = Path(settings.STATIC_ROOT)
    mark = root / ".collected"
    now = static_digest()
    if mark.exists() and mark.read_text() == now:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(now)


def static_digest() -> str:
    """A hash over what is collected: our own files by time and size, packages by lock."""
    found = hashlib.sha256()
    for folder in map(Path, settings.STATICFILES_DIRS):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            seen = path.stat()
            found.update(f"{path}:{seen.st_size}:{seen.st_mtime_ns}\n".encode())
    found.update((settings.BASE_DIR / "requirements" / "base.txt").read_bytes())
    return found.hexdigest()
