"""Write down which data and files lay in what was sent openly before this was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import migrations

from documents import codec
from documents.data import data_files
from meetings.agenda import Agenda

if TYPE_CHECKING:
    from collections.abc import Iterator


def keep_what_was_sent(apps: Any, _schema_editor: Any) -> None:
    """Read the stored versions, one at a time."""
    sent = apps.get_model("meetings", "Publication").objects
    data = apps.get_model("meetings", "SentData")
    for publication in sent.order_by("pk").iterator(chunk_size=1):
        agenda = Agenda.from_json(publication.agenda)
        files = {bilag.slug: bilag for bilag in agenda.appendices}
        for row in publication.appendices.all():
            found = _inside(row.document) if row.document else _file(files.get(row.slug))
            data.objects.bulk_create(data(appendix=row, **each) for each in found)


def _inside(document: str) -> Iterator[dict[str, Any]]:
    for file in data_files(codec.loads(document)):
        yield {
            "sha256": file.sha256,
            "name": file.name,
            "media_type": file.media_type,
            "description": file.description,
        }


def _file(bilag: Any) -> Iterator[dict[str, Any]]:
    if bilag is not None and bilag.file:
        yield {
            "sha256": bilag.file,
            "name": bilag.file_name[:120],
            "media_type": "application/pdf",
            "is_file": True,
        }


class Migration(migrations.Migration):
    """Only data; on a new installation there is nothing to read."""

    dependencies: ClassVar = [("meetings", "0017_told_and_taken_back")]
    operations: ClassVar = [
        migrations.RunPython(keep_what_was_sent, migrations.RunPython.noop)
    ]
