"""What every change of a proposal or a unit begins and ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meetings.services import staleness
from proposals.models import CooperationUnit, Proposal

if TYPE_CHECKING:
    from django.db import models

    from accounts.models import User
    from core.models import Versioned
    from proposals.models import Figure, Point, Term

    type Record = Proposal | CooperationUnit


def lock[R: Versioned](record: R) -> R:
    """Lock the record before any of its parts; call it inside a transaction."""
    return type(record).checkout(record.pk)


def lock_record_of(part: Point | Figure | Term) -> Record:
    """Lock the record that a part belongs to."""
    if part.proposal_id is not None:
        return Proposal.checkout(part.proposal_id)
    assert part.unit_id is not None  # noqa: S101 -- point_has_one_record and its like
    return CooperationUnit.checkout(part.unit_id)


def finish(record: Record, by: User) -> None:
    """Raise the locked record's version, and have what it makes stale worked out."""
    record.touch(by)
    record.save(update_fields=["version", "changed_at", "changed_by"])
    refresh(record)


def refresh(record: Record) -> None:
    """Have the hashes of the council's open meetings worked out."""
    staleness.defer_refresh_council(record.catalogue.council_id)


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
