"""The list of co-operation units: their sums, how they hang together, what they share."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Min, OuterRef
from django.db.models.functions import JSONObject

from core import formats
from proposals import unit_map
from proposals.choices import DependencyKind, PointKind, Scope
from proposals.models import Catalogue, CooperationUnit, Dependency, Point, SharedPoint
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
class Ending:
    """Units that end a shared point alike; ``own``: in words of their own."""

    units: tuple[int, ...]
    texts: tuple[str, ...]
    own: bool

    @property
    def who(self) -> str:
        """Give "1, 2, 3, 5 og 6"."""
        return formats.listed([str(number) for number in self.units])


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A shared attention point with its endings."""

    key: str
    name: str
    stem: str
    version: int
    units: tuple[int, ...]
    rows: int
    endings: tuple[Ending, ...]

    @property
    def has_endings(self) -> bool:
        """The stem goes on in at least one unit."""
        return any(any(e.texts) for e in self.endings if not e.own)


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
        count = len(self.shared)
        words = formats.counted(count, "opmærksomhedspunkt", "opmærksomhedspunkter")
        everywhere = all(len(row.units) == len(self.rows) for row in self.shared)
        where = f"alle {len(self.rows)}" if everywhere else "flere enheder"
        return f"{words} går igen i {where}"

    @property
    def attention_sum(self) -> str:
        """Give "20 opmærksomhedspunkter i alt: 6 om …, 8 om … og 6, der kun …"."""
        parts = [f"{row.rows} om {row.name.lower()}" for row in self.shared]
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
    rows: Any = CooperationUnit.objects.filter(catalogue=catalogue).for_list()
    rows = list(rows.annotate(json_gains=_gains(), json_edges=_edges()))
    edges = tuple(
        unit_map.Edge(row.number, edge["to"], edge["text"], edge["kind"] == PLACED)
        for row in rows
        for edge in row.json_edges
    )
    boxes = [(row.number, row.title, row.scope) for row in rows]
    return UnitList(
        groups=tuple(
            (str(scope.label), tuple(_row(row) for row in rows if row.scope == scope))
            for scope in Scope
        ),
        shared=_shared(catalogue),
        edges=tuple(sorted(edges, key=lambda edge: not edge.builds)),
        uses=uses_of(catalogue),
        own_name=catalogue.own_name,
        drawings=unit_map.drawings(
            [
                (number, title)
                for number, title, scope in boxes
                if scope == Scope.CLUSTER
            ],
            [(number, title) for number, title, scope in boxes if scope == Scope.ALL],
            edges,
        ),
    )


PLACED: Final = DependencyKind.PLACED_WITH


def beneficiaries(unit: CooperationUnit) -> tuple[str, ...]:
    """Give those who gain in the unit's catalogue, by name. One query."""
    rows = Point.objects.filter(unit__catalogue=unit.catalogue_id, kind=PointKind.GAIN)
    names = rows.filter(position__isnull=False, unit__number__isnull=False)
    return tuple(
        names.order_by("beneficiary").values_list("beneficiary", flat=True).distinct()
    )


def scope_words(unit: CooperationUnit) -> tuple[str, tuple[str, ...]]:
    """Give for whom a unit is, in the source's words, and what stands beside it.

    A remark in brackets and the criterion are notes; where the source names no number
    of municipalities it is said.
    """
    text = unit.scope_text or str(unit.get_scope_display())
    found = _MORE.match(text)
    main, notes = (found[1], [found[2]]) if found else (text, [])
    if unit.least is None and unit.scope == Scope.CLUSTER:
        notes.append(UNKNOWN_NUMBER)
    elif unit.criterion:
        notes.append(unit.criterion.removeprefix("udgør et "))
    return main[:1].upper() + main[1:], tuple(notes)


def _row(row: Any) -> UnitRow:
    scope, notes = scope_words(row)
    return UnitRow(
        number=row.number,
        title=row.title,
        url=row.get_absolute_url(),
        other_title=row.other_title,
        scope=scope,
        scope_notes=notes,
        tasks=row.tasks,
        gains=row.gains,
        gains_by=tuple((g["who"], g["count"]) for g in row.json_gains),
        attentions=row.attentions,
        own_attentions=row.own_attentions,
    )


def _gains() -> ArraySubquery:
    """Gains by beneficiary of each unit, in the order in which they first stand."""
    rows = (
        Point.objects.filter(unit=OuterRef("pk"), kind=PointKind.GAIN)
        .filter(position__isnull=False)
        .order_by()
        .values("beneficiary")
        .annotate(count=Count("pk"), first=Min("position"))
        .order_by("first")
    )
    return ArraySubquery(rows.values(json=JSONObject(who="beneficiary", count="count")))


def _edges() -> ArraySubquery:
    rows = Dependency.objects.filter(unit=OuterRef("pk"), to__number__isnull=False)
    return ArraySubquery(
        rows.order_by("to__number").values(
            json=JSONObject(to=F("to__number"), text=F("text"), kind=F("kind"))
        )
    )


def _shared(catalogue: Catalogue) -> tuple[SharedRow, ...]:
    points = (
        Point.objects.filter(shared=OuterRef("pk"), position__isnull=False)
        .filter(unit__number__isnull=False)
        .order_by("unit__number", "position")
        .values(
            json=JSONObject(
                unit=F("unit__number"), text=F("text"), own=F("has_own_wording")
            )
        )
    )
    rows: Any = SharedPoint.objects.filter(catalogue=catalogue)
    return tuple(_shared_row(row) for row in rows.annotate(json=ArraySubquery(points)))


def _shared_row(row: Any) -> SharedRow:
    texts: dict[tuple[int, bool], list[str]] = {}
    for point in row.json:
        texts.setdefault((point["unit"], point["own"]), []).append(point["text"])
    alike: dict[tuple[bool, tuple[str, ...]], list[int]] = {}
    for (unit, own), endings in texts.items():
        alike.setdefault((own, tuple(endings)), []).append(unit)
    return SharedRow(
        key=row.key,
        name=row.name,
        stem=row.stem,
        version=row.version,
        units=tuple(dict.fromkeys(point["unit"] for point in row.json)),
        rows=len(row.json),
        endings=tuple(
            Ending(tuple(units), texts, own) for (own, texts), units in alike.items()
        ),
    )


@dataclass(frozen=True, slots=True)
class Sentence:
    """A shared point as one unit prints it; ``own``: in the unit's own words."""

    point: int
    unit: int
    text: str
    own: bool


def sentences_of(shared: SharedPoint, stem: str) -> tuple[Sentence, ...]:
    """Give each unit's sentence if the stem read ``stem``. One query."""
    points = shared.points.filter(position__isnull=False, unit__number__isnull=False)
    rows = points.select_related("unit").order_by("unit__number", "position")
    return tuple(
        Sentence(
            row.pk,
            row.unit.number or 0 if row.unit else 0,
            row.text if row.has_own_wording else f"{stem} {row.text}".strip(),
            row.has_own_wording,
        )
        for row in rows
    )
