"""Write down which records the versions hold that were sent before this was asked."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from documents import codec
from documents.records import labelled


def keep_what_was_sent(apps: Any, _schema_editor: Any) -> None:
    """Read the stored documents, twenty at a time."""
    rows = apps.get_model("meetings", "PublishedAppendix").objects
    record = apps.get_model("meetings", "SentRecord")
    for row in rows.exclude(document="").iterator(chunk_size=20):
        found = labelled(codec.loads(row.document), row.pages)
        record.objects.bulk_create(record(appendix=row, **each) for each in found)


class Migration(migrations.Migration):
    """Only data; on a new installation there is nothing to read."""

    dependencies: ClassVar = [("meetings", "0015_whole_meeting")]
    operations: ClassVar = [
        migrations.RunPython(keep_what_was_sent, migrations.RunPython.noop)
    ]
