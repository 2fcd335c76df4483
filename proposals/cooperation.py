"""The catalogue of co-operation units as a document: 5 queries, then pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

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
    RichText,
    Row,
    Section,
    Table,
    Words,
    drop_empty,
)
from documents.tree import Point as PointOfList
from proposals.choices import DependencyKind, PointKind
from proposals.facts import ATTENTION, capital, figures_fact, points, rich_text, small
from proposals.models import CooperationUnit, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from proposals.models import Catalogue, Dependency, Figure

COLUMNS: Final = (
    Column("Nr.", width=10, tone="quiet"),
    Column("Samdriftsenhed", names_row=True),
    Column("Fælles for", width=40),
    Column("Bilagets side", "right", 20, tone="strong"),
)
NO_UNITS: Final = "Ingen samdriftsenheder"
MUNICIPALITIES: Final = "kommuner"
# How the source names a unit in running text; the number is the catalogue's own.
_NAMED: Final = re.compile(r"forslag (\d+)(?: og (\d+))?")
# A criterion that goes on from the words before it, as a clause of its own.
_CLAUSE: Final = ("udgør ", "dækker ", "har ", "er ", "hører ")

type _Units = Mapping[int, CooperationUnit]


@dataclass(frozen=True)
class _Kinds:
    """A unit's points by kind."""

    key: str
    rows: tuple[Point, ...] = field(repr=False)

    def of(self, kind: PointKind) -> tuple[PointOfList, ...]:
        return points(self.rows, self.key, kind)


def document(catalogue: Catalogue) -> Document:
    """Give the catalogue as a document: a cover with the list, then one unit a section."""
    units = _units(catalogue)
    if not units:
        return Document(f"catalogue:{catalogue.key}", catalogue.title, NO_UNITS)
    kinds = {
        unit.pk: _Kinds(f"unit:{unit.key}", tuple(unit.points.all())) for unit in units
    }
    by_number = {unit.number: unit for unit in units if unit.number is not None}
    clusters = _clusters(units)
    sections = tuple(
        _unit(unit, kinds[unit.pk], by_number, clusters.get(unit.pk, ()))
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
        .order_by("number", "pk")
    )


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
    unit: CooperationUnit, kinds: _Kinds, units: _Units, cluster: tuple[int, ...]
) -> Section:
    key = kinds.key
    name = f"Samdriftsenhed {unit.number}"
    return Section(
        key=key,
        title=unit.title,
        label=name,
        running=name,
        look="long-record",
        compact=True,
        blocks=drop_empty(
            RichText(
                f"{key}/summary", "Hvad handler forslaget om?", rich_text(unit.summary)
            ),
            Paragraph(f"{key}/scope", "Omfang", _scope(unit, units)),
            _tasks(unit, kinds),
            *_gains(unit, kinds),
            Points(f"{key}/attentions", ATTENTION, kinds.of(PointKind.ATTENTION)),
            Paragraph(
                f"{key}/related", "Hænger sammen med", _related(unit, units, cluster)
            ),
            Facts(f"{key}/facts", "Oplysninger", _facts(unit, key)),
        ),
    )


def _scope(unit: CooperationUnit, units: _Units) -> tuple[tuple[Inline, ...], ...]:
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
    return tuple(tuple(_linked(line, units)) for line in lines)


def _tasks(unit: CooperationUnit, kinds: _Kinds) -> Points:
    """Give the tasks; an introduction that is a sentence (ends in ":") stands before."""
    extra = "; ".join(small(point.text) for point in kinds.of(PointKind.EXTRA))
    return Points(
        f"{kinds.key}/tasks",
        "Opgaver, der løses sammen",
        kinds.of(PointKind.TASK),
        before=unit.tasks_intro if unit.tasks_intro.endswith(":") else "",
        after=f"Desuden: {extra}." if extra else "",
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
    unit: CooperationUnit, units: _Units, cluster: tuple[int, ...]
) -> tuple[tuple[Inline, ...], ...]:
    """Give what it leans on, with links; what its scope tells already is not said again."""
    untold = [
        each for each in unit.dependencies.all() if not _is_told(unit, each, units)
    ]
    line: list[Inline] = []
    for dependency in untold:
        line += [*_linked(capital(dependency.text), units), Words(". ")]
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
    numbers = {int(n) for pair in _NAMED.findall(told) for n in pair if n}
    return any(
        other.pk == dependency.to_id
        and (number in numbers or other.title.casefold() in told)
        for number, other in units.items()
    )


def _linked(text: str, units: _Units) -> list[Inline]:
    """Give the source's wording with "forslag 2" turned into a link to the unit."""
    parts: list[Inline] = []
    end = 0
    for match in _NAMED.finditer(text):
        named = [units.get(int(number)) for number in match.groups() if number]
        found = [unit for unit in named if unit is not None]
        if len(found) != len(named):
            continue
        parts += [Words(text[end : match.start()]), *_names(found)]
        end = match.end()
    return [*parts, Words(text[end:])] if text[end:] else parts


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


def _facts(unit: CooperationUnit, key: str) -> tuple[Fact, ...]:
    """Give the figures that the scope does not already tell."""
    figures = [figure for figure in unit.figures.all() if not _is_scope(figure, unit)]
    return figures_fact(key, figures)
