"""The table of the cache that all processes share: only rate limits are kept in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the tables of the caches that the settings name; those that are there stay."""
    call_command(
        "createcachetable", database=schema_editor.connection.alias, verbosity=0
    )


class Migration(migrations.Migration):
    """One table, left in place on the way back."""

    dependencies = [("core", "0002_context_stands")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
