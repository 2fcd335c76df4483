"""What stands beside an item's fields, read in one query: its latest versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pghistory.models import Context

from core.bundle import bundle
from core.conflict_page import inside
from meetings.revisions.reading import latest_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Line:
    """One version in the box: "Version 7, i går kl. 15.40, sekretariatet rettede …"."""

    number: int
    at: datetime
    by: str
    verb: str


def beside(pk: int, *others: QuerySet[Any]) -> tuple[tuple[Line, ...], list[list[Any]]]:
    """Give an item's latest versions, the newest first, and other rows: one query.

    Args:
        pk: the item's.
        others: what is read along, whole rows.
    """
    latest = latest_of(pk)
    acts = Context.objects.filter(pk__in=latest.values("pgh_context_id"))
    events, contexts, *rest = bundle(latest, acts, *others)
    told = {context.pk: context.metadata for context in contexts}
    lines = tuple(_line(event, told.get(event.pgh_context_id, {})) for event in events)
    return lines, rest


def _line(event: Any, told: Mapping[str, Any]) -> Line:
    who = str(told.get("who") or event.changed_by)
    verb = str(told.get("verb") or ("oprettede punktet" if event.version == 1 else ""))
    return Line(event.version, event.changed_at, inside(who) if who else "", verb)
