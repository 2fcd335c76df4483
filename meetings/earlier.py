"""The files that stood in an appendix before the one that stands there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from documents.models import ForeignFile
    from meetings.models import Appendix


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """A file that was replaced; who put it in, and when."""

    file: ForeignFile
    at: datetime
    who: str


def earlier_files(row: Appendix) -> tuple[EarlierFile, ...]:
    """Give the files that stood in an appendix, newest first: one query, or none."""
    if row.file_id is None:
        return ()
    events: Any = row.events  # type: ignore[attr-defined]
    rows = events.exclude(file=row.file_id).exclude(file=None).select_related("file")
    first = rows.order_by("file_id", "pgh_id").distinct("file_id")
    found = [EarlierFile(e.file, e.changed_at, e.changed_by) for e in first]
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))


def file_at(row: Appendix, asked: str) -> ForeignFile | None:
    """Give an earlier file of an appendix by its pk; None where it never stood there."""
    return next(
        (each.file for each in earlier_files(row) if str(each.file.pk) == asked), None
    )
