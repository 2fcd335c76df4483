"""Which data are our own: every file the portal has put inside a PDF, by its SHA-256.

Source: docs/rules.md R-56.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.intake.kept import KnownFile
from documents.models import KnownData

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from documents.parts import DataFile


def remember(files: Iterable[DataFile]) -> None:
    """Write down data that are put inside a PDF; what is known stays as it was: 1 query."""
    rows = [
        KnownData(
            sha256=file.sha256,
            name=file.name,
            media_type=file.media_type,
            description=file.description,
        )
        for file in files
    ]
    KnownData.objects.bulk_create(rows, ignore_conflicts=True)


def known_data(checksums: Collection[str]) -> Mapping[str, KnownFile]:
    """Give those of some SHA-256 that are data of ours: one query."""
    rows = KnownData.objects.filter(sha256__in=checksums)
    return {
        row.sha256: KnownFile(row.name, row.media_type, row.description) for row in rows
    }
