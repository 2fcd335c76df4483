"""What a version held, written down with its sending.

Source: docs/rules.md R-61.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents import codec
from documents.records import labelled
from meetings.models import SentRecord

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meetings.models import PublishedAppendix


def keep_records(appendices: Iterable[PublishedAppendix]) -> None:
    """Keep which records some sent appendices hold; they are stored already."""
    SentRecord.objects.bulk_create(
        SentRecord(appendix=row, **each)
        for row in appendices
        if row.document
        for each in labelled(codec.loads(row.document), row.pages)
    )
