"""What is deleted: what its history still has of it, and who did it.

Source: docs/rules.md R-94.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core import clock, formats
from core.conflict_page import inside

if TYPE_CHECKING:
    from django.db import models
    from django.db.models import Q


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


def undelete[M: models.Model](model: type[M], pk: int) -> M:
    """Give back a deleted row as its history last had it, unsaved.

    Raises:
        model.DoesNotExist: no such row has been deleted.
    """
    events: Any = model.pgh_event_model.objects  # type: ignore[attr-defined]
    event = events.filter(pgh_obj_id=pk, pgh_label="delete").order_by("-pgh_id").first()
    if event is None:
        raise model.DoesNotExist  # type: ignore[attr-defined]
    names = [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001
    return model(**{name: getattr(event, name) for name in names})


def undelete_with[M: models.Model](
    row: models.Model, model: type[M], **own: Any
) -> list[M]:
    """Give back the rows that were deleted in the act that deleted ``row``, unsaved.

    Args:
        own: what tells them from others that went in the same act: ``cluster_id=12``.
    """
    events: Any = row.pgh_event_model.objects  # type: ignore[attr-defined]
    gone = events.filter(pgh_obj_id=row.pk, pgh_label="delete").order_by("-pgh_id")
    context = gone.values_list("pgh_context_id", flat=True).first()
    if context is None:
        return []
    parts: Any = model.pgh_event_model.objects  # type: ignore[attr-defined]
    deleted = parts.filter(pgh_label="delete", pgh_context_id=context, **own)
    names = [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001
    return [
        model(**{name: getattr(event, name) for name in names})
        for event in deleted.order_by("pgh_id")
    ]
