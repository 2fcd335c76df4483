"""What is deleted: what its history still has of it, and who did it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core import clock, formats
from core.conflict_page import inside

if TYPE_CHECKING:
    from django.db.models import Q

    from proposals.models import Record


@dataclass(frozen=True, slots=True)
class Deletion:
    """That somebody deleted a row.

    Attributes:
        pk: of the row that is gone.
        who: "" where it was done past the portal.
    """

    pk: int
    who: str
    at: datetime

    @property
    def words(self) -> str:
        """Give "slettet af sekretariatet i dag kl. 9.12"."""
        by = f" af {inside(self.who)}" if self.who else ""
        return f"slettet{by} {formats.when(self.at, now=clock.now())}"


def deletion_of(model: Any, *whose: Q, **own: Any) -> Deletion | None:
    """Give the last deletion of a row that was such, if any was. One query."""
    events = model.pgh_event_model.objects.filter(*whose, pgh_label="delete", **own)
    event = events.select_related("pgh_context").order_by("-pgh_id").first()
    if event is None:
        return None
    told = event.pgh_context.metadata if event.pgh_context else {}
    at = told.get("at")
    moment = datetime.fromisoformat(at) if at else event.pgh_created_at
    who = str(told.get("who") or "")
    return Deletion(event.pgh_obj_id, who, timezone.localtime(moment))


def was_deleted(model: Any, record: Record, pk: int) -> bool:
    """Whether a record has had a part of a kind, and somebody deleted it. One query."""
    events = model.pgh_event_model.objects.filter(
        pgh_obj_id=pk, pgh_label="delete", **{record.owner: record}
    )
    return bool(events.exists())
