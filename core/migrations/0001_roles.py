"""Let the plain role use what the owner makes, from the first migration on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

from core.roles import default_privileges

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give default privileges in the database that is migrated."""
    default_privileges(schema_editor.connection.alias)


class Migration(migrations.Migration):
    """Default privileges; nothing to take back."""

    dependencies = ()

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
