"""Data that are sent openly, written down with the sending; none that are taken down.

Source: docs/rules.md R-66.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.errors import RuleViolationError
from documents import codec
from documents.data import data_files
from meetings.editions.known import known_among
from meetings.models import Appendix, SentData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from documents.models import ForeignFile
    from meetings.models import Packet, PacketPart, PublishedAppendix


def keep_data(appendices: Iterable[PublishedAppendix], packet: Packet) -> None:
    """Keep which data lie in some sent appendices; they are stored already: two queries.

    Args:
        packet: the one they are parts of.
    """
    brought = _brought(packet)
    SentData.objects.bulk_create(
        SentData(appendix=row, **each)
        for row in appendices
        for each in (*_formed(row), *brought.get(row.slug, ()))
    )


def refuse_taken_data(packet: Packet) -> None:
    """Keep data from being sent again inside a file, since they were taken down.

    Raises:
        RuleViolationError: a file of the packet brings some that nobody may read now.
    """
    brought = {
        each["sha256"]: part for part, file in _files(packet) for each in file.data
    }
    gone = brought.keys() - known_among(brought).keys() if brought else ()
    for sha256 in sorted(gone):
        raise RuleViolationError(
            f"{brought[sha256]} indeholder data, der er taget ned, siden filen blev sat "
            "ind. Erstat filen, før du sender."
        )


def _formed(row: PublishedAppendix) -> Iterator[dict[str, str]]:
    found = data_files(codec.loads(row.document)) if row.document else ()
    for file in found:
        yield {
            "sha256": file.sha256,
            "name": file.name,
            "media_type": file.media_type,
            "description": file.description,
        }


def _brought(packet: Packet) -> dict[str, list[dict[str, Any]]]:
    """Give what files from outside bring, and themselves, by their appendix's place."""
    return {part.slug: [*file.data, _itself(file)] for part, file in _files(packet)}


def _itself(file: ForeignFile) -> dict[str, Any]:
    return {
        "sha256": file.cleaned,
        "name": file.name[:120],
        "media_type": "application/pdf",
        "is_file": True,
    }


def _files(packet: Packet) -> Iterator[tuple[PacketPart, ForeignFile]]:
    parts = list(packet.parts.exclude(appendix_key="").defer("document", "pages"))
    rows = Appendix.objects.filter(pk__in=[part.appendix_pk for part in parts])
    known = {row.pk: row.file for row in rows.select_related("file")}
    for part in parts:
        if file := known.get(part.appendix_pk or 0):
            yield part, file
