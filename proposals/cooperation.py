"""The catalogue of co-operation units, or a cut of it, as a document.

One query, then pure.

Source: docs/rules.md R-102.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

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
from proposals import references
from proposals.choices import MEANS, DependencyKind, PointKind
from proposals.cuts import OVERVIEW, WHOLE, Field
from proposals.facts import (
    ATTENTION,
    actors_facts,
    capital,
    figures_fact,
    left_out,
    points,
    removed_since,
    rich_block,
    small,
    visions_fact,
)
from proposals.queries.printed import units
from proposals.references import token_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from documents.tree import Point as PointOfList
    from proposals.cuts import Cut
    from proposals.models import Catalogue, CooperationUnit, Figure
    from proposals.queries.printed import Leaning, PrintedUnit
    from proposals.references import Names

COLUMNS: Final = (
    Column("Nr.", width=10, tone="quiet"),
    Column("Samdriftsenhed", names_row=True),
    Column("Fælles for", width=40),
    Column("Bilagets side", "right", 20, tone="strong"),
)
UNPLACED: Final = "Ikke placeret"
NO_UNITS: Final = "Ingen samdriftsenheder"
MUNICIPALITIES: Final = "kommuner"
# A reference, or two units in a row.
_NAMED: Final = re.compile(
    r"(\{\{(?:samdrift|forenkling):[a-z0-9-]+\}\})(?: og (\{\{samdrift:[a-z0-9-]+\}\}))?"
)
# A criterion that goes on from the words before it, as a clause of its own.
_CLAUSE: Final = ("udgør ", "dækker ", "har ", "er ", "hører ")

type _Units = Mapping[str, CooperationUnit]


def document(catalogue: Catalogue, cut: Cut = WHOLE) -> Document:
    """Give the catalogue as a document: a cover with the list, then one unit a section.

    A cut has only its own part of them, with the same keys.

    Raises:
        LookupError: the unit that was chosen is no more.
    """
    found = units(catalogue)
    own = cut.slugs
    chosen = [each for each in found if not own or each.row.key in own]
    key, said = cut.document_key(catalogue.key), left_out(cut)
    whole = WHOLE.document_key(catalogue.key)
    if not chosen:
        if found or own:
            raise LookupError(cut.of)
        return Document(key, catalogue.title, NO_UNITS)
    if cut.kind == OVERVIEW:
        contents = _contents(whole, found, has_pages=False)
        lead = _lead(found)
        title = f"{catalogue.title}, oversigt"
        return Document(key, title, lead=lead, blocks=(contents,))
    by_token = {token_of(each.row.word, each.row.key): each.row for each in found}
    clusters = _clusters(found)
    sections = tuple(
        _unit(each, by_token, clusters.get(each.row.key, ()), cut) for each in chosen
    )
    if cut.is_of_chosen:
        return _chosen(catalogue, chosen, sections, cut)
    if cut.is_of_record:
        [section] = sections
        title = f"{catalogue.title}, {small(section.label)}"
        return Document(key, title, sections=(replace(section, lead=said),))
    lead = _lead(found)
    contents = _contents(whole, found)
    return Document(
        key=key,
        title=catalogue.title,
        lead=f"{lead}. {said}" if said else lead,
        blocks=(contents,) if cut.has(Field.OVERVIEW, "unit") else (),
        sections=sections,
    )


def _chosen(
    catalogue: Catalogue,
    found: Sequence[PrintedUnit],
    sections: tuple[Section, ...],
    cut: Cut,
) -> Document:
    """Give the units that were picked, under a list of them."""
    key = cut.document_key(catalogue.key)
    numbers = listed([str(each.row.number) for each in found])
    said = (
        f"Samdriftsenhed {numbers}.",
        removed_since(cut, len(found)),
        left_out(cut),
    )
    contents = _contents(key, found, caption="De valgte samdriftsenheder")
    return Document(
        key,
        f"{catalogue.title}, {counted(len(found), 'valgt enhed', 'valgte enheder')}",
        " ".join(filter(None, said)),
        (contents,) if cut.has(Field.OVERVIEW, "unit") else (),
        sections,
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
    document: str,
    found: Sequence[PrintedUnit],
    *,
    caption: str = "Samdriftsenheder i kataloget",
    has_pages: bool = True,
) -> Table:
    """Give the list of units; ``document`` is the key of what it stands in."""
    key = f"{document}/contents"
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
        caption=caption,
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
            rich_block(
                f"{key}/summary",
                "Hvad handler forslaget om?",
                unit.summary,
                found.names,
            ),
            Paragraph(f"{key}/scope", "Omfang", _scope(found, others)),
            Paragraph(f"{key}/groups", "Kommuner i grupper", _groups(unit, cut)),
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
    return points(found.points, found.key, PointKind.ATTENTION, found.names)


def _scope(found: PrintedUnit, units: _Units) -> tuple[tuple[Inline, ...], ...]:
    unit = found.row
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
    return tuple(tuple(_linked(line, units, found.names)) for line in lines)


def _tasks(found: PrintedUnit) -> Points:
    """Give the tasks; an introduction that is a sentence (ends in ":") stands before."""
    key, unit = found.key, found.row
    extra = points(found.points, key, PointKind.EXTRA, found.names)
    more = "; ".join(small(point.text) for point in extra)
    intro = unit.tasks_intro if unit.tasks_intro.endswith(":") else ""
    before = references.links(intro, found.names, "unit")
    return Points(
        f"{key}/tasks",
        "Opgaver, der løses sammen",
        points(found.points, key, PointKind.TASK, found.names),
        before=references.plain(intro, found.names),
        after=f"Desuden: {more}." if more else "",
        links=(*before, *(link for point in extra for link in point.links)),
    )


def _gains(found: PrintedUnit) -> tuple[Block, ...]:
    """Give gains by beneficiary, numbered through; two lists or more stand abreast."""
    key = found.key
    beneficiaries: dict[str, list[str]] = {}
    for row in found.points:
        if row.kind == PointKind.GAIN:
            beneficiaries.setdefault(row.beneficiary, []).append(row.key)
    items = {
        item.key: item
        for item in points(found.points, key, PointKind.GAIN, found.names)
    }
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
        line += [*_linked(capital(leaning.wording), others, found.names), Words(". ")]
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
    if leaning.number is None:
        return False
    return token_of(unit.word, leaning.key) in told or leaning.title.casefold() in told


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
    """Give the figures that the scope does not already tell, its means and its visions."""
    own: list[Fact] = []
    if cut.has(Field.FIGURES, "unit"):
        means = [figure for figure in found.figures if figure.topic in MEANS]
        others = [figure for figure in found.figures if figure.topic not in MEANS]
        untold = [figure for figure in others if not _is_scope(figure, found.row)]
        own += figures_fact(found.key, untold, found.names, means=means)
    if cut.has(Field.ACTORS, "unit"):
        own += actors_facts(found.key, found)
    return (*own, *visions_fact(found.key, found.visions))


def _groups(unit: CooperationUnit, cut: Cut) -> tuple[tuple[Inline, ...], ...]:
    """Give each group with its municipalities, or whose groups they are."""
    loaded: Any = unit
    if not (cut.has(Field.GROUPS, "unit") and loaded.json_clusters):
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
        lines.append((Words(f"{UNPLACED}: {', '.join(left)}"),))
    return tuple(lines)


def _members(pks: Sequence[int], names: Mapping[int, str]) -> str:
    return ", ".join(names[pk] for pk in pks if pk in names) or "ingen"
