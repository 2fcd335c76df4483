"""What was done in a catalogue, act by act, and the records that were removed from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from pghistory.models import Context

from core.conflict_page import inside
from proposals.models import CooperationUnit, Proposal, SharedPoint, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from proposals.models import Catalogue, Record


@dataclass(frozen=True, slots=True)
class Act:
    """One act: when, by whom, what, and the records that it gave a version.

    Attributes:
        records: pairs of a record as it is today and the number of its version.
    """

    at: datetime
    who: str
    verb: str
    records: tuple[tuple[Record, int], ...]

    @property
    def by(self) -> str:
        """Give "sekretariatet" as it stands inside a line."""
        return inside(self.who) if self.who else "ukendt"


def acts_of(catalogue: Catalogue) -> QuerySet[Context]:
    """Give the acts that changed anything of a catalogue itself, the latest first."""
    own = Q()
    for model in (record_model(catalogue), Theme, SharedPoint):
        events: Any = model.pgh_event_model.objects  # type: ignore[union-attr]
        of_it = events.filter(catalogue=catalogue, pgh_context__isnull=False)
        own |= Q(pk__in=of_it.values("pgh_context"))
    return Context.objects.filter(own).order_by("-created_at", "pk")


def told(catalogue: Catalogue, acts: Iterable[Context]) -> tuple[Act, ...]:
    """Give acts as they are read, with the records of each: two queries."""
    contexts = list(acts)
    model: Any = record_model(catalogue)
    events = model.pgh_event_model.objects.filter(
        pgh_context__in=[context.pk for context in contexts]
    )
    found: dict[Any, dict[int, int]] = {}
    for act, pk, version in events.order_by("pgh_id").values_list(
        "pgh_context_id", "pgh_obj_id", "version"
    ):
        found.setdefault(act, {})[pk] = version
    pks = {pk for own in found.values() for pk in own}
    rows = model._default_manager.filter(pk__in=pks).in_bulk()  # noqa: SLF001
    return tuple(_act(context, found.get(context.pk, {}), rows) for context in contexts)


def removed_records(catalogue: Catalogue) -> QuerySet[Any]:
    """Give the records that were removed from a catalogue, the latest first: one query."""
    rows: Any = record_model(catalogue)._default_manager  # noqa: SLF001
    gone: QuerySet[Any] = rows.filter(catalogue=catalogue, number__isnull=True)
    return gone.order_by("-changed_at", "-pk")


def record_model(catalogue: Catalogue) -> type[Record]:
    """Give the kind of records that a catalogue holds."""
    is_simple = catalogue.kind == Proposal.catalogue_kind
    return Proposal if is_simple else CooperationUnit


def _act(context: Context, own: dict[int, int], rows: dict[int, Record]) -> Act:
    metadata = context.metadata
    at = metadata.get("at")
    return Act(
        datetime.fromisoformat(at) if at else context.created_at,
        str(metadata.get("who") or ""),
        str(metadata.get("verb") or ""),
        tuple((rows[pk], version) for pk, version in own.items() if pk in rows),
    )
