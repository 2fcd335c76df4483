"""Whether a part of a record was deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from proposals.models import Record


def was_deleted(model: Any, record: Record, pk: int) -> bool:
    """Whether a record has had a part of a kind, and somebody deleted it. One query."""
    events = model.pgh_event_model.objects.filter(
        pgh_obj_id=pk, pgh_label="delete", **{record.owner: record}
    )
    return bool(events.exists())
