"""What is new in the latest meeting to a reader who has read an older version of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Subquery

from meetings.models import LastRead, Publication
from meetings.packets.changes.since import since_read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from meetings.editions.listing import PublishedRow
    from meetings.packets.changes.since import Since


def with_read(rows: Any, user: User) -> Any:
    """Annotate rows of ``listing.published_rows`` with what the user has read of each."""
    own = LastRead.objects.visible_to(user).filter(meeting=OuterRef("meeting"))
    return rows.annotate(read=Subquery(own.values("number")[:1]), of=F("meeting"))


def read_of(row: Mapping[str, Any] | None) -> int:
    """Give the version that was read; 0 for none."""
    return (row or {}).get("read") or 0


def news_of(row: Mapping[str, Any] | None, latest: PublishedRow | None) -> Since | None:
    """Tell what is new since the version that was read; None where nothing is."""
    if row is None or latest is None or not 0 < read_of(row) < latest.number:
        return None
    newest: Any = Publication(pk=row["pk"], meeting_id=row["of"])
    newest.withdrawn = row["withdrawn"]
    return since_read(latest, newest, read_of(row))
