"""Who lacks which answers of a call.

Source: docs/rules.md R-88.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg

from proposals.choices import CatalogueKind
from proposals.models import CooperationUnit, Position, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from proposals.models import PositionCall, Record

OWNER = {CatalogueKind.SIMPLIFICATION: "proposal", CatalogueKind.COOPERATION: "unit"}


def model_of(kind: str) -> type[Record]:
    """Give what a catalogue of a kind holds."""
    return Proposal if kind == CatalogueKind.SIMPLIFICATION else CooperationUnit


def waiting_for(call: PositionCall) -> list[int]:
    """Give the municipalities that lack an answer, by name: two queries.

    Whoever declines lacks none. What was removed since is not asked for any more.
    """
    kind = CatalogueKind(call.catalogue.kind)
    rows: Any = model_of(kind)._default_manager  # noqa: SLF001 -- Django's
    asked = set(rows.filter(pk__in=call.records).present().values_list("pk", flat=True))
    said = answered(call.municipalities, asked, OWNER[kind])
    return [pk for pk in call.municipalities if asked - said.get(pk, set())]


def answered(
    municipalities: Iterable[int], records: Iterable[int], owner: str
) -> dict[int, set[int]]:
    """Give, by municipality, the records it said something about: one query."""
    field = f"{owner}_id"
    rows = Position.objects.filter(
        **{f"{field}__in": list(records)}, municipality__in=list(municipalities)
    ).exclude(stance="")
    found = rows.order_by().values("municipality_id").annotate(said=ArrayAgg(field))
    return {row["municipality_id"]: set(row["said"]) for row in found}
