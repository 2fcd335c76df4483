"""The catalogue of co-operation units as a document: 5 queries, then pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Prefetch

from core.formats import counted, listed
from documents.tree import (
    Block,
    Column,
    Columns,
    Document,
    Fact,
    Facts,
    Group,
    Inline,
    PageOf,
    Paragraph,
    Points,
    Reference,
    Row,
    Section,
    Table,
    Words,
    drop_empty,
)
from documents.tree import Point as PointOfList
from proposals import references
from proposals.choices import MEANS, DependencyKind, PointKind
from proposals.facts import (
    ATTENTION,
    capital,
    figures_fact,
    points,
    rich_block,
    small,
    visions_fact,
)
from proposals.models import CooperationUnit, Point
from proposals.queries.clusters import json_clusters, json_municipalities
from proposals.queries.texts import FIELDS, names_for
from proposals.queries.visions import json_visions, served_by
from proposals.references import token_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from proposals.models import Catalogue, Dependency, Figure
    from proposals.references import Names

COLUMNS: Final = (
    Column("Nr.", width=10, tone="quiet"),
    Column("Samdriftsenhed", names_row=True),
    Column("Fælles for", width=40),
    Column("Bilagets side", "right", 20, tone="strong"),
)
NO_UNITS: Final = "Ingen samdriftsenheder"
MUNICIPALITIES: Final = "kommuner"
# A reference, or two units in a row.
_NAMED: Final = re.compile(
    r"(\{\{(?:samdrift|forenkling):[a-z0-9-]+\}\})(?: og (\{\{samdrift:[a-z0-9-]+\}\}))?"
)
# A criterion that goes on from the words before it, as a clause of its own.
_CLAUSE: Final = ("udgør ", "dækker ", "har ", "er ", "hører ")

type _Units = Mapping[str, CooperationUnit]


@dataclass(frozen=True)
class _Kinds:
    """A unit's points by kind."""

    key: str
    rows: tuple[Point, ...] = field(repr=False)
    names: Names = field(repr=False)

    def of(self, kind: PointKind) -> tuple[PointOfList, ...]:
        return points(self.rows, self.key, kind, self.names)


def document(catalogue: Catalogue, *, groups: bool = False) -> Document:
    """Give the catalogue as a document: a cover with the list, then one unit a section.

    Args:
        groups: print which municipalities take part in which group.
    """
    units = _units(catalogue)
    if not units:
        return Document(f"catalogue:{catalogue.key}", catalogue.title, NO_UNITS)
    names = names_for(catalogue.council_id, units, _texts(units))
    kinds = {
        unit.pk: _Kinds(f"unit:{unit.key}", tuple(unit.points.all()), names)
        for unit in units
    }
    by_token = {token_of(unit.word, unit.key): unit for unit in units}
    clusters = _clusters(units)
    sections = tuple(
        _unit(unit, kinds[unit.pk], by_token, clusters.get(unit.pk, ()), groups=groups)
        for unit in units
    )
    return Document(
        key=f"catalogue:{catalogue.key}",
        title=catalogue.title,
        lead=_lead(len(units), kinds.values()),
        blocks=(_contents(catalogue, units),),
        sections=sections,
    )


def _units(catalogue: Catalogue) -> tuple[CooperationUnit, ...]:
    return tuple(
        CooperationUnit.objects.filter(catalogue=catalogue)
        .present()
        .with_reach()
        .prefetch_related(
            Prefetch("points", Point.objects.all().present()), "figures", "dependencies"
        )
        .select_related("groups_of")
        .annotate(
            json_visions=json_visions(CooperationUnit.owner),
            json_clusters=json_clusters(),
            json_municipalities=json_municipalities(),
        )
        .order_by("number", "pk")
    )


def _texts(units: Iterable[CooperationUnit]) -> Iterator[str]:
    """All texts in which references may stand."""
    for unit in units:
        yield from (getattr(unit, field) for field in FIELDS["unit"])
        yield from (point.sentence for point in unit.points.all())
        yield from (figure.what for figure in unit.figures.all())
        yield from (dependency.text for dependency in unit.dependencies.all())


def _lead(units: int, kinds: Iterable[_Kinds]) -> str:
    every = tuple(kinds)

    def amount(kind: PointKind) -> int:
        return sum(len(each.of(kind)) for each in every)

    parts = (
        counted(amount(PointKind.TASK), "opgave", "opgaver"),
        counted(amount(PointKind.GAIN), "gevinst", "gevinster"),
        counted(
            amount(PointKind.ATTENTION), "opmærksomhedspunkt", "opmærksomhedspunkter"
        ),
    )
    return f"{counted(units, 'samdriftsenhed', 'samdriftsenheder')} med {listed(parts)}"


def _contents(catalogue: Catalogue, units: Sequence[CooperationUnit]) -> Table:
    key = f"catalogue:{catalogue.key}/contents"
    rows = tuple(
        Row(
            f"{key}/unit:{unit.key}",
            (
                (Words(str(unit.number)),),
                (Reference(f"unit:{unit.key}", unit.title),),
                (Words(small(unit.reach)),),
                (PageOf(f"unit:{unit.key}"),),
            ),
        )
        for unit in units
    )
    return Table(
        key=key,
        caption="Samdriftsenheder i kataloget",
        label="Indhold",
        columns=COLUMNS,
        groups=(Group(f"{key}/all", "", rows),),
    )


def _unit(
    unit: CooperationUnit,
    kinds: _Kinds,
    units: _Units,
    cluster: tuple[int, ...],
    *,
    groups: bool,
) -> Section:
    key, names = kinds.key, kinds.names
    name = f"Samdriftsenhed {unit.number}"
    return Section(
        key=key,
        title=unit.title,
        label=name,
        running=name,
        look="long-record",
        compact=True,
        blocks=drop_empty(
            rich_block(
                f"{key}/summary", "Hvad handler forslaget om?", unit.summary, names
            ),
            Paragraph(f"{key}/scope", "Omfang", _scope(unit, units, names)),
            Paragraph(
                f"{key}/groups", "Kommuner i grupper", _groups(unit) if groups else ()
            ),
            _tasks(unit, kinds),
            *_gains(unit, kinds),
            Points(f"{key}/attentions", ATTENTION, kinds.of(PointKind.ATTENTION)),
            Paragraph(
                f"{key}/related",
                "Hænger sammen med",
                _related(unit, units, cluster, names),
            ),
            Facts(f"{key}/facts", "Oplysninger", _facts(unit, key, names)),
        ),
    )


def _scope(
    unit: CooperationUnit, units: _Units, names: Names
) -> tuple[tuple[Inline, ...], ...]:
    reach = capital(unit.scope_text or unit.reach)
    if unit.criterion.startswith(_CLAUSE):
        reach = f"{reach}, som {unit.criterion}"
    elif unit.criterion:
        reach = f"{reach}; {unit.criterion}"
    lines = [reach]
    if unit.moves_from:
        lines.append(f"Flyttes fra: {unit.moves_from}")
    if unit.stays:
        lines.append(f"Bliver i kommunen: {small(unit.stays)}")
    return tuple(tuple(_linked(line, units, names)) for line in lines)


def _tasks(unit: CooperationUnit, kinds: _Kinds) -> Points:
    """Give the tasks; an introduction that is a sentence (ends in ":") stands before."""
    extra = kinds.of(PointKind.EXTRA)
    more = "; ".join(small(point.text) for point in extra)
    intro = unit.tasks_intro if unit.tasks_intro.endswith(":") else ""
    before = references.links(intro, kinds.names, "unit")
    return Points(
        f"{kinds.key}/tasks",
        "Opgaver, der løses sammen",
        kinds.of(PointKind.TASK),
        before=references.plain(intro, kinds.names),
        after=f"Desuden: {more}." if more else "",
        links=(*before, *(link for point in extra for link in point.links)),
    )


def _gains(unit: CooperationUnit, kinds: _Kinds) -> tuple[Block, ...]:
    """Give gains by beneficiary, numbered through; two lists or more stand abreast."""
    beneficiaries: dict[str, list[str]] = {}
    for row in unit.points.all():
        if row.kind == PointKind.GAIN:
            beneficiaries.setdefault(row.beneficiary, []).append(row.key)
    items = {item.key: item for item in kinds.of(PointKind.GAIN)}
    lists: list[Points] = []
    start = 1
    for position, (name, keys) in enumerate(beneficiaries.items(), start=1):
        mine = tuple(items[f"{kinds.key}/gain:{key}"] for key in keys)
        label = f"Gevinster for {small(name)}" if name else "Gevinster"
        lists.append(Points(f"{kinds.key}/gains:{position}", label, mine, start))
        start += len(mine)
    if len(lists) > 1:
        return (Columns(f"{kinds.key}/gains", tuple(lists)),)
    return tuple(lists)


def _related(
    unit: CooperationUnit, units: _Units, cluster: tuple[int, ...], names: Names
) -> tuple[tuple[Inline, ...], ...]:
    """Give what it leans on, with links; what its scope tells already is not said again."""
    untold = [
        each for each in unit.dependencies.all() if not _is_told(unit, each, units)
    ]
    line: list[Inline] = []
    for dependency in untold:
        line += [*_linked(capital(dependency.text), units, names), Words(". ")]
    if cluster and len(untold) == len(unit.dependencies.all()):
        numbers = listed([str(number) for number in cluster])
        together = (
            f"Samdriftsenhed {numbers} kan placeres i én fælles tværkommunal enhed."
        )
        line.append(Words(together))
    return (tuple(line),) if line else ()


def _is_told(unit: CooperationUnit, dependency: Dependency, units: _Units) -> bool:
    """Whether the unit's scope names the other unit, by its number or its title."""
    told = f"{unit.scope_text} {unit.criterion}".casefold()
    return any(
        other.pk == dependency.to_id
        and (token in told or other.title.casefold() in told)
        for token, other in units.items()
    )


def _linked(text: str, units: _Units, names: Names) -> list[Inline]:
    """Give a wording with its references as links; a unit is named with its title."""
    parts: list[Inline] = []
    end = 0
    for match in _NAMED.finditer(text):
        tokens = [token for token in match.groups() if token]
        found = [units[token] for token in tokens if token in units]
        if len(found) != len(tokens):
            continue
        if text[end : match.start()]:
            parts += references.line(text[end : match.start()], names, "unit")
        parts += _names(found)
        end = match.end()
    return (
        [*parts, *references.line(text[end:], names, "unit")] if text[end:] else parts
    )


def _names(units: Sequence[CooperationUnit]) -> list[Inline]:
    """Give "samdriftsenhed 2, Digitalisering", or "samdriftsenhed 1 og 2"."""
    first, *more = units
    name = f"samdriftsenhed {first.number}" + ("" if more else f", {first.title}")
    parts: list[Inline] = [Reference(f"unit:{first.key}", name)]
    for unit in more:
        parts += [Words(" og "), Reference(f"unit:{unit.key}", str(unit.number))]
    return parts


def _clusters(units: Sequence[CooperationUnit]) -> dict[int, tuple[int, ...]]:
    """Give, by id, the numbers of the units that may be placed together; two or more."""
    group: dict[int, set[int]] = {unit.pk: {unit.pk} for unit in units}
    for unit in units:
        for dependency in unit.dependencies.all():
            other = group.get(dependency.to_id)
            if dependency.kind == DependencyKind.PLACED_WITH and other is not None:
                joined = group[unit.pk] | other
                for member in joined:
                    group[member] = joined
    numbers = {unit.pk: unit.number or 0 for unit in units}
    return {
        pk: tuple(sorted(numbers[member] for member in members))
        for pk, members in group.items()
        if len(members) > 1
    }


def _is_scope(figure: Figure, unit: CooperationUnit) -> bool:
    """Whether the figure is the number of municipalities that the scope tells."""
    return (
        (figure.low, figure.high) == (unit.least, unit.most)
        and unit.least is not None
        and MUNICIPALITIES in figure.measure.casefold()
    )


def _facts(unit: CooperationUnit, key: str, names: Names) -> tuple[Fact, ...]:
    """Give the figures that the scope does not already tell, its means and its visions."""
    every = tuple(unit.figures.all())
    means = [figure for figure in every if figure.topic in MEANS]
    others = [figure for figure in every if figure.topic not in MEANS]
    untold = [figure for figure in others if not _is_scope(figure, unit)]
    return (
        *figures_fact(key, untold, names, means=means),
        *visions_fact(key, served_by(unit)),
    )


def _groups(unit: CooperationUnit) -> tuple[tuple[Inline, ...], ...]:
    """Give each group with its municipalities, or whose groups they are."""
    loaded: Any = unit
    if not loaded.json_clusters:
        return ()
    names = {row["pk"]: row["name"] for row in loaded.json_municipalities}
    lines: list[tuple[Inline, ...]] = [
        (Words(f"{row['name']}: {_members(row['members'], names)}"),)
        for row in loaded.json_clusters
    ]
    if unit.groups_of is not None and unit.groups_of.number:
        lender = unit.groups_of
        name = f"samdriftsenhed {lender.number}"
        return ((Words("Som "), Reference(f"unit:{lender.key}", name)),)
    placed = {pk for row in loaded.json_clusters for pk in row["members"]}
    if left := [name for pk, name in names.items() if pk not in placed]:
        lines.append((Words(f"Ikke placeret: {', '.join(left)}"),))
    return tuple(lines)


def _members(pks: Sequence[int], names: Mapping[int, str]) -> str:
    return ", ".join(names[pk] for pk in pks if pk in names) or "ingen"
