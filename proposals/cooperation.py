"""The catalogue of co-operation units, or a cut of it, as a document.

One query, then pure.

Source: docs/rules.md R-102.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

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
from proposals.choices import DependencyKind, PointKind
from proposals.cuts import OVERVIEW, WHOLE, Field
from proposals.facts import (
    ATTENTION,
    actors_facts,
    capital,
    figures_fact,
    left_out,
    points,
    rich_text,
    small,
)
from proposals.queries.printed import units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from documents.tree import Point as PointOfList
    from proposals.cuts import Cut
    from proposals.models import Catalogue, CooperationUnit, Figure
    from proposals.queries.printed import Leaning, PrintedUnit

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


def document(catalogue: Catalogue, cut: Cut = WHOLE) -> Document:
    """Give the catalogue as a document: a cover with the list, then one unit a section.

    A cut has only its own part of them, with the same keys.

    Raises:
        LookupError: the unit that was chosen is no more.
    """
    found = units(catalogue)
    chosen = [each for each in found if not cut.slug or each.row.key == cut.slug]
    key, said = cut.document_key(catalogue.key), left_out(cut)
    if not chosen:
        if found or cut.slug:
            raise LookupError(cut.of)
        return Document(key, catalogue.title, NO_UNITS)
    if cut.kind == OVERVIEW:
        contents = _contents(catalogue, found, has_pages=False)
        lead = _lead(found)
        title = f"{catalogue.title}, oversigt"
        return Document(key, title, lead=lead, blocks=(contents,))
    by_number = {each.row.number: each.row for each in found if each.row.number}
    clusters = _clusters(found)
    sections = tuple(
        _unit(each, by_number, clusters.get(each.row.key, ()), cut) for each in chosen
    )
    if cut.is_of_record:
        [section] = sections
        title = f"{catalogue.title}, {small(section.label)}"
        return Document(key, title, sections=(replace(section, lead=said),))
    lead = _lead(found)
    contents = _contents(catalogue, found)
    return Document(
        key=key,
        title=catalogue.title,
        lead=f"{lead}. {said}" if said else lead,
        blocks=(contents,) if cut.has(Field.OVERVIEW, "unit") else (),
        sections=sections,
    )


def _lead(found: Sequence[PrintedUnit]) -> str:
    def amount(kind: PointKind) -> int:
        return sum(each.count(kind) for each in found)

    parts = (
        counted(amount(PointKind.TASK), "opgave", "opgaver"),
        counted(amount(PointKind.GAIN), "gevinst", "gevinster"),
        counted(
            amount(PointKind.ATTENTION), "opmærksomhedspunkt", "opmærksomhedspunkter"
        ),
    )
    units = counted(len(found), "samdriftsenhed", "samdriftsenheder")
    return f"{units} med {listed(parts)}"


def _contents(
    catalogue: Catalogue, found: Sequence[PrintedUnit], *, has_pages: bool = True
) -> Table:
    key = f"catalogue:{catalogue.key}/contents"
    rows = tuple(
        Row(
            f"{key}/{each.key}",
            (
                (Words(str(each.row.number)),),
                (Reference(each.key, each.row.title),),
                (Words(small(each.row.reach)),),
                *(((PageOf(each.key),),) if has_pages else ()),
            ),
        )
        for each in found
    )
    return Table(
        key=key,
        caption="Samdriftsenheder i kataloget",
        label="Indhold",
        columns=COLUMNS if has_pages else COLUMNS[:-1],
        groups=(Group(f"{key}/all", "", rows),),
    )


def _unit(
    found: PrintedUnit, others: _Units, cluster: tuple[int, ...], cut: Cut
) -> Section:
    key, unit = found.key, found.row
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
            Paragraph(f"{key}/scope", "Omfang", _scope(unit, others)),
            _tasks(found),
            *_gains(found),
            Points(f"{key}/attentions", ATTENTION, _attentions(found, cut)),
            Paragraph(
                f"{key}/related",
                "Hænger sammen med",
                _related(found, others, cluster, cut),
            ),
            Facts(f"{key}/facts", "Oplysninger", _facts(found, cut)),
        ),
    )


def _attentions(found: PrintedUnit, cut: Cut) -> tuple[PointOfList, ...]:
    if not cut.has(Field.ATTENTIONS, "unit"):
        return ()
    return points(found.points, found.key, PointKind.ATTENTION)


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


def _tasks(found: PrintedUnit) -> Points:
    """Give the tasks; an introduction that is a sentence (ends in ":") stands before."""
    key, unit = found.key, found.row
    more = points(found.points, key, PointKind.EXTRA)
    extra = "; ".join(small(point.text) for point in more)
    return Points(
        f"{key}/tasks",
        "Opgaver, der løses sammen",
        points(found.points, key, PointKind.TASK),
        before=unit.tasks_intro if unit.tasks_intro.endswith(":") else "",
        after=f"Desuden: {extra}." if extra else "",
    )


def _gains(found: PrintedUnit) -> tuple[Block, ...]:
    """Give gains by beneficiary, numbered through; two lists or more stand abreast."""
    key = found.key
    beneficiaries: dict[str, list[str]] = {}
    for row in found.points:
        if row.kind == PointKind.GAIN:
            beneficiaries.setdefault(row.beneficiary, []).append(row.key)
    items = {item.key: item for item in points(found.points, key, PointKind.GAIN)}
    lists: list[Points] = []
    start = 1
    for position, (name, keys) in enumerate(beneficiaries.items(), start=1):
        mine = tuple(items[f"{key}/gain:{own}"] for own in keys)
        label = f"Gevinster for {small(name)}" if name else "Gevinster"
        lists.append(Points(f"{key}/gains:{position}", label, mine, start))
        start += len(mine)
    if len(lists) > 1:
        return (Columns(f"{key}/gains", tuple(lists)),)
    return tuple(lists)


def _related(
    found: PrintedUnit, others: _Units, cluster: tuple[int, ...], cut: Cut
) -> tuple[tuple[Inline, ...], ...]:
    """Give what it leans on, with links; what its scope tells already is not said again."""
    if not cut.has(Field.REFERENCES, "unit"):
        return ()
    untold = [each for each in found.leans_on if not _is_told(found.row, each)]
    line: list[Inline] = []
    for leaning in untold:
        line += [*_linked(capital(leaning.wording), others), Words(". ")]
    if cluster and len(untold) == len(found.leans_on):
        numbers = listed([str(number) for number in cluster])
        together = (
            f"Samdriftsenhed {numbers} kan placeres i én fælles tværkommunal enhed."
        )
        line.append(Words(together))
    return (tuple(line),) if line else ()


def _is_told(unit: CooperationUnit, leaning: Leaning) -> bool:
    """Whether the unit's scope names the other unit, by its number or its title."""
    told = f"{unit.scope_text} {unit.criterion}".casefold()
    numbers = {int(n) for pair in _NAMED.findall(told) for n in pair if n}
    if leaning.number is None:
        return False
    return leaning.number in numbers or leaning.title.casefold() in told


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


def _clusters(found: Sequence[PrintedUnit]) -> dict[str, tuple[int, ...]]:
    """Give, by key, the numbers of the units that may be placed together; two or more."""
    group: dict[str, set[str]] = {each.row.key: {each.row.key} for each in found}
    for each in found:
        for leaning in each.leans_on:
            other = group.get(leaning.key)
            if leaning.kind == DependencyKind.PLACED_WITH and other is not None:
                joined = group[each.row.key] | other
                for member in joined:
                    group[member] = joined
    numbers = {each.row.key: each.row.number or 0 for each in found}
    return {
        key: tuple(sorted(numbers[member] for member in members))
        for key, members in group.items()
        if len(members) > 1
    }


def _is_scope(figure: Figure, unit: CooperationUnit) -> bool:
    """Whether the figure is the number of municipalities that the scope tells."""
    return (
        (figure.low, figure.high) == (unit.least, unit.most)
        and unit.least is not None
        and MUNICIPALITIES in figure.measure.casefold()
    )


def _facts(found: PrintedUnit, cut: Cut) -> tuple[Fact, ...]:
    """Give the figures that the scope does not already tell."""
    own: list[Fact] = []
    if cut.has(Field.FIGURES, "unit"):
        figures = [each for each in found.figures if not _is_scope(each, found.row)]
        own += figures_fact(found.key, figures)
    if cut.has(Field.ACTORS, "unit"):
        own += actors_facts(found.key, found)
    return tuple(own)
