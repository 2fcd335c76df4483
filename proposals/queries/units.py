"""The list of co-operation units: their sums, how they hang together, what they share."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Value
from django.db.models.functions import JSONObject

from core import formats
from proposals import references, unit_map
from proposals.choices import MEANS, DependencyKind, NoteKind, PointKind, Scope
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
from proposals.queries.shared import SharedRow, shared_rows
from proposals.queries.source_notes import NoteRow, notes_of_catalogue
from proposals.queries.texts import names_in
from proposals.queries.used_in import Use, uses_of
from proposals.references import NO_NAMES
from proposals.stances import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from proposals.models import SharedPoint
    from proposals.references import Names

UNKNOWN_NUMBER: Final = "antal ikke oplyst"
_MORE: Final = re.compile(r"^(.*?)\s*\((.*)\)$")
_OWN_NUMBER: Final = re.compile(r"^(Bilag \d+)\b")


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


@dataclass(frozen=True, slots=True)
class UnitList:
    """The list as the page shows it; sums are of its own rows."""

    groups: tuple[tuple[str, tuple[UnitRow, ...]], ...]
    shared: tuple[SharedRow, ...]
    edges: tuple[unit_map.Edge, ...]
    uses: tuple[Use, ...]
    own_name: str
    drawings: tuple[unit_map.Drawing, ...]
    notes: tuple[NoteRow, ...]
    untold: int

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
    def municipalities(self) -> int:
        """How many municipalities are asked what they think."""
        return self.rows[0].tally.all if self.rows else 0

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
    def own_notes(self) -> tuple[NoteRow, ...]:
        """What the sources do not agree on in the catalogue as a whole."""
        return tuple(row for row in self.notes if not row.number)

    @property
    def unlike(self) -> str:
        """Give "Kilderne er ikke enige om enhed 1, 2 og 3.", or ""."""
        numbers = sorted({row.number for row in self.notes if row.number})
        if not numbers:
            return ""
        return f"Kilderne er ikke enige om enhed {formats.listed([str(n) for n in numbers])}."

    @property
    def untold_words(self) -> str:
        """Say for how many units nothing is told of money and staff; "" where all is."""
        if not self.untold:
            return ""
        units = f"de {len(self.rows)}"
        if self.untold == len(self.rows):
            return f"Finansiering og bemanding er ikke oplyst for nogen af {units}."
        return f"Finansiering eller bemanding mangler for {self.untold} af {units}."

    @property
    def also_elsewhere(self) -> str:
        """Give "2 af de 6 enheder vises også i hovedrapporten: enhed 1 og 4.", or ""."""
        numbers = [str(row.number) for row in self.rows if row.other_title]
        if not numbers:
            return ""
        return (
            f"{len(numbers)} af de {len(self.rows)} enheder vises også i "
            f"hovedrapporten: enhed {formats.listed(numbers)}."
        )

    @property
    def misnamed(self) -> str:
        """The sentence about an appendix that calls itself by another number, or "".

        It is not said twice: a note that is open tells the same.
        """
        own, use = _OWN_NUMBER.match(self.own_name), self.misnaming
        if any(row.kind == NoteKind.TITLE for row in self.own_notes):
            return ""
        if not own or use is None or use.label.endswith(own[1]):
            return ""
        return f"{use.label} kalder sig selv ”{own[1]}”."

    @property
    def misnaming(self) -> Use | None:
        """The latest appendix with all of the catalogue; a cut has no name of the source's."""
        return next((use for use in self.uses if use.cut.is_whole), None)


def unit_list(catalogue: Catalogue, lexemes: str = "") -> UnitList:
    """Give the catalogue's units and what they share. Five queries at most.

    Args:
        catalogue: with its council.
        lexemes: a ``tsquery``; which rows have it is annotated, and none is left out.
    """
    units: Any = CooperationUnit.objects.filter(catalogue=catalogue).for_list()
    units = units.with_reach().annotate(
        json_terms=terms_of("unit"),
        json_stances=stances_of("unit"),
        json_visions=visions_of("unit"),
        json_clusters=json_clusters(),
        json_municipalities=json_municipalities(),
        is_found=_is_found(catalogue, lexemes),
    )
    units = list(
        units.annotate(
            json_points=_points(), json_edges=_edges(), json_topics=_topics()
        )
    )
    shared = tuple(catalogue.shared_points.all())
    names = names_in(catalogue.council_id, _texts(units, shared))
    rows = {unit.pk: _unit_row(unit, names) for unit in units}
    untold = sum(not set(MEANS) <= set(unit.json_topics) for unit in units)
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
            references.plain(edge["text"], names),
            edge["kind"] == DependencyKind.PLACED_WITH,
        )
        for unit in units
        for edge in unit.json_edges
    )
    return UnitList(
        groups=tuple((reach[scope], own) for scope, own in by_scope.items()),
        shared=shared_rows(shared, units, names),
        edges=tuple(sorted(edges, key=lambda edge: not edge.builds)),
        uses=uses_of(catalogue),
        own_name=catalogue.own_name,
        drawings=unit_map.drawings(
            [(row.number, row.title) for row in by_scope[Scope.CLUSTER]],
            [
                (row.number, row.title)
                for row in (*by_scope[Scope.ALL], *by_scope[Scope.MORE])
            ],
            edges,
            everyone_title=reach[Scope.ALL],
        ),
        notes=notes_of_catalogue(catalogue),
        untold=untold,
    )


def _texts(units: Sequence[Any], shared: Sequence[SharedPoint]) -> Iterator[str]:
    """The texts of the list in which references may stand."""
    yield from (each.stem for each in shared)
    for unit in units:
        yield from (unit.scope_text, unit.criterion)
        yield from (edge["text"] for edge in unit.json_edges)
        yield from (point["text"] for point in unit.json_points if point["shared"])


def beneficiaries(catalogue_pk: int) -> tuple[str, ...]:
    """Give those who gain by the units of a catalogue, by name. One query."""
    rows = Point.objects.filter(unit__catalogue=catalogue_pk, kind=PointKind.GAIN)
    names = rows.filter(position__isnull=False, unit__number__isnull=False)
    return tuple(
        names.order_by("beneficiary").values_list("beneficiary", flat=True).distinct()
    )


def gains_of(catalogue_pk: int, who: str) -> tuple[tuple[int, str], ...]:
    """Give the gains of one beneficiary: pairs (number of the unit, text).

    One query, or two.
    """
    rows: Any = Point.objects.filter(
        unit__catalogue=catalogue_pk, kind=PointKind.GAIN, beneficiary=who
    )
    present = rows.filter(position__isnull=False, unit__number__isnull=False)
    found = tuple(
        present.order_by("unit__number", "position").values_list(
            "unit__number", "text", "unit__catalogue__council"
        )
    )
    names = names_in(found[0][2], (text for _, text, _ in found)) if found else NO_NAMES
    return tuple((number, references.plain(text, names)) for number, text, _ in found)


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


def _unit_row(unit: Any, names: Names) -> UnitRow:
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
