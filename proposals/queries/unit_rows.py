"""One co-operation unit as a list has it: whom it is for, and its counts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Value
from django.db.models.functions import JSONObject

from proposals import references
from proposals.choices import PointKind, Scope
from proposals.models import Catalogue, CooperationUnit, Dependency, Figure, Point
from proposals.queries.clusters import json_clusters, json_municipalities
from proposals.queries.found import (
    is_found,
    key_of_entry,
    stances_of,
    terms_of,
    visions_found,
    visions_of,
)
from proposals.references import NO_NAMES
from proposals.stances import Tally

if TYPE_CHECKING:
    from proposals.references import Names

UNKNOWN_NUMBER: Final = "antal ikke oplyst"
_MORE: Final = re.compile(r"^(.*?)\s*\((.*)\)$")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in the list.

    Attributes:
        scope, scope_notes: for whom, in the source's words.
        gains_by: pairs (beneficiary, number of gains), in the unit's order.
        visions: pairs (key, "2. Titel") of those it serves.
        places: the names of the municipalities that take part as far as is known.
        groups: how many groups of municipalities there are; ``unplaced``: how many of
            the council's municipalities are in none.
    """

    number: int
    title: str
    url: str
    other_title: str
    scope_key: str
    scope: str
    scope_notes: tuple[str, ...]
    tasks: int
    gains: int
    gains_by: tuple[tuple[str, int], ...]
    attentions: int
    own_attentions: int
    terms: tuple[tuple[str, str], ...]
    is_found: bool
    tally: Tally
    visions: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    groups: int
    unplaced: int

    @property
    def attention_note(self) -> str:
        """How many attention points no other unit has: "2 kun her" or "alle fælles"."""
        if not self.attentions:
            return "ingen"
        return (
            f"{self.own_attentions} kun her" if self.own_attentions else "alle fælles"
        )


def rows_of(catalogue: Catalogue, lexemes: str = "") -> list[Any]:
    """Give the units of a catalogue with what a list tells of them. One query.

    Args:
        lexemes: a ``tsquery``; which rows have it is annotated, and none is left out.
    """
    units: Any = CooperationUnit.objects.filter(catalogue=catalogue).for_list()
    return list(
        units.with_reach().annotate(
            json_terms=terms_of("unit"),
            json_stances=stances_of("unit"),
            json_visions=visions_of("unit"),
            json_clusters=json_clusters(),
            json_municipalities=json_municipalities(),
            json_points=_points(),
            json_edges=_edges(),
            json_topics=_topics(),
            is_found=_is_found(catalogue, lexemes),
        )
    )


def unit_row(unit: Any, names: Names) -> UnitRow:
    """Give a unit that ``rows_of`` read as the list shows it."""

    def count(kind: PointKind) -> int:
        return sum(point["kind"] == kind for point in unit.json_points)

    scope, notes = scope_words(unit, names)
    gains = [p["who"] for p in unit.json_points if p["kind"] == PointKind.GAIN]
    attentions = count(PointKind.ATTENTION)
    shared = sum(point["shared"] is not None for point in unit.json_points)
    placed = {pk for row in unit.json_clusters for pk in row["members"]}
    return UnitRow(
        number=unit.number,
        title=unit.title,
        url=unit.get_absolute_url(),
        other_title=unit.other_title,
        scope_key=unit.scope,
        scope=scope,
        scope_notes=notes,
        tasks=count(PointKind.TASK),
        gains=len(gains),
        gains_by=tuple(Counter(gains).items()),
        attentions=attentions,
        own_attentions=attentions - shared,
        terms=tuple((term["kind"], term["text"]) for term in unit.json_terms),
        is_found=unit.is_found,
        tally=Tally.of(unit.json_stances, unit.municipalities),
        visions=visions_found(unit.json_visions),
        places=_places(unit, placed),
        groups=len(unit.json_clusters),
        unplaced=unit.municipalities - len(placed),
    )


def _places(unit: Any, placed: set[int]) -> tuple[str, ...]:
    """Give the names of those that take part: all of them, or who is in a group."""
    is_grouped = unit.scope == Scope.CLUSTER
    every = unit.json_municipalities
    return tuple(row["name"] for row in every if not is_grouped or row["pk"] in placed)


def scope_words(
    unit: CooperationUnit, names: Names = NO_NAMES
) -> tuple[str, tuple[str, ...]]:
    """Give for whom a unit is, in the source's words, and what stands beside it.

    A remark in brackets and the criterion are notes; where the source names no number
    of municipalities it is said.
    """
    text = references.plain(unit.scope_text, names) or unit.reach
    found = _MORE.match(text)
    main, notes = (found[1], [found[2]]) if found else (text, [])
    if unit.least is None and unit.scope == Scope.CLUSTER:
        notes.append(UNKNOWN_NUMBER)
    elif unit.criterion:
        criterion = references.plain(unit.criterion, names)
        notes.append(criterion.removeprefix("udgør et "))
    return main[:1].upper() + main[1:], tuple(notes)


def _is_found(catalogue: Catalogue, lexemes: str) -> Any:
    keys = Value(key_of_entry(catalogue, CooperationUnit))
    return is_found("samdrift", Value(lexemes), keys, is_searched=bool(lexemes))


def _points() -> ArraySubquery:
    """The points of each unit, in their order."""
    rows = Point.objects.filter(unit=OuterRef("pk"), position__isnull=False)
    shown = JSONObject(
        kind="kind",
        who="beneficiary",
        shared="shared_id",
        text="text",
        own="has_own_wording",
    )
    return ArraySubquery(rows.order_by("position").values(json=shown))


def _edges() -> ArraySubquery:
    rows = Dependency.objects.filter(unit=OuterRef("pk"), to__number__isnull=False)
    return ArraySubquery(
        rows.order_by("to__number").values(
            json=JSONObject(to=F("to__number"), text=F("text"), kind=F("kind"))
        )
    )


def _topics() -> ArraySubquery:
    """What a unit's figures are about."""
    rows = Figure.objects.filter(unit=OuterRef("pk"))
    return ArraySubquery(rows.order_by().values("topic"))
