"""A database of the bench's own with the demo in it, gone in the end."""

from __future__ import annotations

import sys
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def demo() -> Iterator[None]:
    """Make the database, load the demo, and drop the database when the block ends."""
    name = connection.settings_dict["NAME"]
    with redirect_stdout(sys.stderr):
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        call_command("load_demo", stdout=sys.stderr)
        settle()
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def settle() -> None:
    """Let PostgreSQL know what its tables hold, as its own housekeeping would."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
