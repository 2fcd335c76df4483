"""The list of co-operation units: their sums, how they hang together, what they share."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from core import formats
from proposals import unit_map
from proposals.choices import DependencyKind, PointKind, Scope
from proposals.models import Catalogue, CooperationUnit, Dependency, Point
from proposals.queries.shared import SharedRow, shared_rows
from proposals.queries.used_in import Use, uses_of

UNKNOWN_NUMBER: Final = "antal ikke oplyst"
_MORE: Final = re.compile(r"^(.*?)\s*\((.*)\)$")
_OWN_NUMBER: Final = re.compile(r"^(Bilag \d+)\b")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in the list.

    Attributes:
        scope, scope_notes: for whom, in the source's words.
        gains_by: pairs (beneficiary, number of gains), in the unit's order.
    """

    number: int
    title: str
    url: str
    other_title: str
    scope: str
    scope_notes: tuple[str, ...]
    tasks: int
    gains: int
    gains_by: tuple[tuple[str, int], ...]
    attentions: int
    own_attentions: int

    @property
    def attention_note(self) -> str:
        """How many attention points no other unit has: "2 kun her" or "alle fælles"."""
        if not self.attentions:
            return "ingen"
        return (
            f"{self.own_attentions} kun her" if self.own_attentions else "alle fælles"
        )


@dataclass(frozen=True, slots=True)
class UnitList:
    """The list as the page shows it; sums are of its own rows."""

    groups: tuple[tuple[str, tuple[UnitRow, ...]], ...]
    shared: tuple[SharedRow, ...]
    edges: tuple[unit_map.Edge, ...]
    uses: tuple[Use, ...]
    own_name: str
    drawings: tuple[unit_map.Drawing, ...]

    @property
    def rows(self) -> tuple[UnitRow, ...]:
        """All units."""
        return tuple(row for _, rows in self.groups for row in rows)

    @property
    def tasks(self) -> int:
        """All tasks."""
        return sum(row.tasks for row in self.rows)

    @property
    def gains(self) -> int:
        """All gains."""
        return sum(row.gains for row in self.rows)

    @property
    def attentions(self) -> int:
        """All attention points."""
        return sum(row.attentions for row in self.rows)

    @property
    def own_attentions(self) -> int:
        """Attention points that stand in one unit only."""
        return sum(row.own_attentions for row in self.rows)

    @property
    def gains_by(self) -> tuple[tuple[str, int], ...]:
        """Pairs (beneficiary, number of gains), most first."""
        total: Counter[str] = Counter()
        for row in self.rows:
            total.update(dict(row.gains_by))
        return tuple(sorted(total.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def finding(self) -> str:
        """The heading of the map: what hangs together."""
        return unit_map.finding(self.edges)

    @property
    def sentence(self) -> str:
        """What the map shows, in words."""
        return unit_map.sentence([row.number for row in self.rows], self.edges)

    @property
    def shared_heading(self) -> str:
        """Give "2 opmærksomhedspunkter går igen i alle 6"."""
        standing = [row for row in self.shared if row.units]
        if not standing:
            return "Fælles opmærksomhedspunkter"
        words = formats.counted(
            len(standing), "opmærksomhedspunkt", "opmærksomhedspunkter"
        )
        everywhere = self.is_shared_by_all
        where = f"alle {len(self.rows)}" if everywhere else "flere enheder"
        return f"{words} går igen i {where}"

    @property
    def is_shared_by_all(self) -> bool:
        """Every unit has all that is shared; what no unit has does not count."""
        standing = [row for row in self.shared if row.units]
        return all(len(row.units) == len(self.rows) for row in standing)

    @property
    def attention_sum(self) -> str:
        """Give "20 opmærksomhedspunkter i alt: 6 om …, 8 om … og 6, der kun …"."""
        parts = [f"{row.rows} om {row.name.lower()}" for row in self.shared if row.rows]
        if self.own_attentions:
            parts.append(f"{self.own_attentions}, der kun findes i én enhed")
        words = ("opmærksomhedspunkt", "opmærksomhedspunkter")
        return f"{formats.counted(self.attentions, *words)} i alt: {formats.listed(parts)}."

    @property
    def misnamed(self) -> str:
        """The sentence about an appendix that calls itself by another number, or ""."""
        own = _OWN_NUMBER.match(self.own_name)
        if not own or not self.uses or self.uses[0].label.endswith(own[1]):
            return ""
        return f"{self.uses[0].label} kalder sig selv ”{own[1]}”."


def unit_list(catalogue: Catalogue) -> UnitList:
    """Give the catalogue's units and what they share. Three queries."""
    units: Any = CooperationUnit.objects.filter(catalogue=catalogue).for_list()
    units = units.with_reach()
    units = list(units.annotate(json_points=_points(), json_edges=_edges()))
    rows = {unit.pk: _unit_row(unit) for unit in units}
    by_scope = {
        scope: tuple(rows[unit.pk] for unit in units if unit.scope == scope)
        for scope in Scope
    }
    municipalities = units[0].municipalities if units else 0
    reach = {scope: scope.reach(municipalities) for scope in Scope}
    edges = tuple(
        unit_map.Edge(
            unit.number,
            edge["to"],
            edge["text"],
            edge["kind"] == DependencyKind.PLACED_WITH,
        )
        for unit in units
        for edge in unit.json_edges
    )
    return UnitList(
        groups=tuple((reach[scope], own) for scope, own in by_scope.items()),
        shared=shared_rows(catalogue, units),
        edges=tuple(sorted(edges, key=lambda edge: not edge.builds)),
        uses=uses_of(catalogue),
        own_name=catalogue.own_name,
        drawings=unit_map.drawings(
            [(row.number, row.title) for row in by_scope[Scope.CLUSTER]],
            [(row.number, row.title) for row in by_scope[Scope.ALL]],
            edges,
            everyone_title=reach[Scope.ALL],
        ),
    )


def beneficiaries(catalogue_pk: int) -> tuple[str, ...]:
    """Give those who gain by the units of a catalogue, by name. One query."""
    rows = Point.objects.filter(unit__catalogue=catalogue_pk, kind=PointKind.GAIN)
    names = rows.filter(position__isnull=False, unit__number__isnull=False)
    return tuple(
        names.order_by("beneficiary").values_list("beneficiary", flat=True).distinct()
    )


def gains_of(catalogue_pk: int, who: str) -> tuple[tuple[int, str], ...]:
    """Give the gains of one beneficiary: pairs (number of the unit, text). One query."""
    rows: Any = Point.objects.filter(
        unit__catalogue=catalogue_pk, kind=PointKind.GAIN, beneficiary=who
    )
    present = rows.filter(position__isnull=False, unit__number__isnull=False)
    return tuple(
        present.order_by("unit__number", "position").values_list("unit__number", "text")
    )


def scope_words(unit: CooperationUnit) -> tuple[str, tuple[str, ...]]:
    """Give for whom a unit is, in the source's words, and what stands beside it.

    A remark in brackets and the criterion are notes; where the source names no number
    of municipalities it is said.
    """
    text = unit.scope_text or unit.reach
    found = _MORE.match(text)
    main, notes = (found[1], [found[2]]) if found else (text, [])
    if unit.least is None and unit.scope == Scope.CLUSTER:
        notes.append(UNKNOWN_NUMBER)
    elif unit.criterion:
        notes.append(unit.criterion.removeprefix("udgør et "))
    return main[:1].upper() + main[1:], tuple(notes)


def _unit_row(unit: Any) -> UnitRow:
    def count(kind: PointKind) -> int:
        return sum(point["kind"] == kind for point in unit.json_points)

    scope, notes = scope_words(unit)
    gains = [p["who"] for p in unit.json_points if p["kind"] == PointKind.GAIN]
    attentions = count(PointKind.ATTENTION)
    shared = sum(point["shared"] is not None for point in unit.json_points)
    return UnitRow(
        number=unit.number,
        title=unit.title,
        url=unit.get_absolute_url(),
        other_title=unit.other_title,
        scope=scope,
        scope_notes=notes,
        tasks=count(PointKind.TASK),
        gains=len(gains),
        gains_by=tuple(Counter(gains).items()),
        attentions=attentions,
        own_attentions=attentions - shared,
    )


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
