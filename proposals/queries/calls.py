"""Who lacks which answers of a call.

Source: docs/rules.md R-88.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.aggregates import ArrayAgg

from core.formats import listed
from proposals.choices import CatalogueKind
from proposals.models import CooperationUnit, Position, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from proposals.models import PositionCall, Record

MOST_NAMED: Final = 6
"""Records that are named in a line; of more it says how many."""
OWNER = {CatalogueKind.SIMPLIFICATION: "proposal", CatalogueKind.COOPERATION: "unit"}


def model_of(kind: str) -> type[Record]:
    """Give what a catalogue of a kind holds."""
    return Proposal if kind == CatalogueKind.SIMPLIFICATION else CooperationUnit


def waiting_for(call: PositionCall) -> dict[int, str]:
    """Give the municipalities that lack an answer, each with what it lacks: two queries.

    Whoever declines lacks none. What was removed since is not asked for any more.
    """
    kind = CatalogueKind(call.catalogue.kind)
    rows: Any = model_of(kind)._default_manager  # noqa: SLF001 -- Django's
    there = rows.filter(pk__in=call.records).present().order_by("number", "pk")
    asked = dict(there.values_list("pk", "number"))
    said = answered(call.municipalities, asked, OWNER[kind])
    word = model_of(kind).word
    missing = {
        pk: [number for own, number in asked.items() if own not in said.get(pk, set())]
        for pk in call.municipalities
    }
    return {
        pk: missing_words(numbers, len(asked), word)
        for pk, numbers in missing.items()
        if numbers
    }


def missing_words(missing: Sequence[int], asked: int, word: str) -> str:
    """Say what is missing: "forslag 9 og 12", "alle 18", "31 forslag"."""
    if len(missing) == asked and asked > 1:
        return f"alle {asked}"
    if len(missing) > MOST_NAMED:
        many = "enheder" if word == "samdrift" else word
        return f"{len(missing)} {many}"
    return f"{word} {listed([str(number) for number in missing])}"


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
