"""The list of co-operation units: their sums, how they hang together, what they share."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core import formats
from proposals import references, unit_map
from proposals.choices import MEANS, DependencyKind, NoteKind, PointKind, Scope
from proposals.models import Catalogue, Point
from proposals.queries.shared import SharedRow, shared_rows
from proposals.queries.source_notes import NoteRow, notes_of_catalogue
from proposals.queries.texts import names_in
from proposals.queries.unit_rows import UnitRow, rows_of, unit_row
from proposals.queries.used_in import Use, uses_of
from proposals.references import NO_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from proposals.models import SharedPoint
    from proposals.references import Names

_OWN_NUMBER: Final = re.compile(r"^(Bilag \d+)\b")


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
    units = rows_of(catalogue, lexemes)
    shared = tuple(catalogue.shared_points.all())
    names = names_in(catalogue.council_id, _texts(units, shared))
    rows = tuple(unit_row(unit, names) for unit in units)
    municipalities = units[0].municipalities if units else 0
    edges = _edges(units, names)
    return UnitList(
        groups=tuple(
            (scope.reach(municipalities), _of_scope(rows, scope)) for scope in Scope
        ),
        shared=shared_rows(shared, units, names),
        edges=tuple(sorted(edges, key=lambda edge: not edge.builds)),
        uses=uses_of(catalogue),
        own_name=catalogue.own_name,
        drawings=_drawings(rows, edges, Scope.ALL.reach(municipalities)),
        notes=notes_of_catalogue(catalogue),
        untold=sum(not set(MEANS) <= set(unit.json_topics) for unit in units),
    )


def _of_scope(rows: Sequence[UnitRow], *scopes: Scope) -> tuple[UnitRow, ...]:
    """The units that are for so many, scope by scope."""
    return tuple(row for scope in scopes for row in rows if row.scope_key == scope)


def _edges(units: Sequence[Any], names: Names) -> tuple[unit_map.Edge, ...]:
    """What hangs together with what, unit by unit."""
    return tuple(
        unit_map.Edge(
            unit.number,
            edge["to"],
            references.plain(edge["text"], names),
            edge["kind"] == DependencyKind.PLACED_WITH,
        )
        for unit in units
        for edge in unit.json_edges
    )


def _drawings(
    rows: Sequence[UnitRow], edges: Sequence[unit_map.Edge], everyone: str
) -> tuple[unit_map.Drawing, ...]:
    """Draw the map: the units of a few municipalities, and those of all."""
    few = _of_scope(rows, Scope.CLUSTER)
    many = _of_scope(rows, Scope.ALL, Scope.MORE)
    return unit_map.drawings(
        [(row.number, row.title) for row in few],
        [(row.number, row.title) for row in many],
        edges,
        everyone_title=everyone,
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
