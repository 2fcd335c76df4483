"""Write down which data lay in what was sent openly before this was asked."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from documents import codec
from documents.data import data_files


def keep_what_was_sent(apps: Any, _schema_editor: Any) -> None:
    """Read the stored documents, twenty at a time."""
    rows = apps.get_model("meetings", "PublishedAppendix").objects
    data = apps.get_model("meetings", "SentData")
    for row in rows.exclude(document="").iterator(chunk_size=20):
        data.objects.bulk_create(
            data(
                appendix=row,
                sha256=file.sha256,
                name=file.name,
                media_type=file.media_type,
                description=file.description,
            )
            for file in data_files(codec.loads(row.document))
        )


class Migration(migrations.Migration):
    """Only data; on a new installation there is nothing to read."""

    dependencies: ClassVar = [("meetings", "0017_sentdata")]
    operations: ClassVar = [
        migrations.RunPython(keep_what_was_sent, migrations.RunPython.noop)
    ]
