"""Rows that are gone, taken from their history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.errors import RuleViolationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db import models

    from core.models import Versioned

CHANGED_SINCE: Final = "Det er rettet igen siden. Rettelsen er ikke fortrudt."


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


def put_back(row: Versioned, names: Iterable[str], *, version: int) -> Any:
    """Let fields of a locked row say what they said before it got its version, unsaved.

    Args:
        version: the one that is taken back.

    Returns:
        The event of the row as it was.

    Raises:
        RuleViolationError: the row has been changed since, or has no earlier version.

    Source: docs/rules.md R-107.
    """
    events: Any = row.events  # type: ignore[attr-defined]
    before = events.filter(version__lt=version).order_by("-pgh_id").first()
    if row.version != version or before is None:
        raise RuleViolationError(CHANGED_SINCE)
    for name in names:
        own = row._meta.get_field(name)  # noqa: SLF001
        setattr(row, own.attname, getattr(before, own.attname))  # type: ignore[union-attr]
    return before
