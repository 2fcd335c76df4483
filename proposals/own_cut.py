"""What both catalogues say of one municipality, as a document of its own.

It says whom a unit is for as the units say it, in which of its groups the municipality
is, with whom, and what names it. Who takes part in a group that nobody has fixed is not
guessed. Where it is asked for, what the municipality thinks of each record follows.

Source: docs/rules.md R-103.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from accounts.models import Municipality
from core.formats import counted, listed
from documents import plain
from documents.tree import (
    Block,
    Column,
    Document,
    Group,
    Inline,
    Paragraph,
    Row,
    Table,
    Words,
    walk,
)
from proposals import cooperation, own_cut_positions, simplification
from proposals.choices import CatalogueKind, Scope
from proposals.facts import small
from proposals.models import Catalogue
from proposals.queries.printed import units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from documents.tree import Section
    from proposals.models import CooperationUnit
    from proposals.queries.printed import PrintedUnit

NOT_FIXED: Final = "gruppen er ikke fastlagt"
NOT_PLACED: Final = "ikke i en gruppe"
TAKES_PART: Final = "med"
NOTHING: Final = "Ingen forslag og ingen samdriftsenheder."
_RECORDS: Final = ("proposal:", "unit:")


def document(code: int, *, has_positions: bool = False) -> Document:
    """Give what the catalogues of a municipality's council say of it.

    Args:
        code: the municipality's own, 269.
        has_positions: what it thinks of each record stands after it.

    Raises:
        LookupError: there is no such municipality.
    """
    own = Municipality.objects.select_related("council").filter(code=code).first()
    if own is None:
        raise LookupError(code)
    key = f"municipal:{own.code}"
    catalogues = {
        row.kind: row for row in Catalogue.objects.filter(council=own.council_id)
    }
    cooperating = catalogues.get(CatalogueKind.COOPERATION)
    found = units(cooperating) if cooperating else ()
    records = _records(catalogues.values())
    blocks: list[Block] = []
    if found:
        blocks.append(_units(key, own, found))
        blocks += _together(key, own, found)
    if records:
        blocks.append(_named(key, own.name, records))
    thinks = (
        own_cut_positions.sections(key, own, catalogues.values())
        if has_positions
        else ()
    )
    return Document(
        key=key,
        title=f"Forslag og samdrift for {own}",
        lead=_lead(own.name, found) if records else NOTHING,
        blocks=tuple(blocks),
        sections=tuple(thinks),
    )


def made_of(made: Document) -> str:
    """Say what it is formed of: "6 samdriftsenheder"."""
    tables = (block for block in made.blocks if isinstance(block, Table))
    rows = sum(len(group.rows) for table in tables for group in table.groups)
    return counted(rows, "samdriftsenhed", "samdriftsenheder", "ingen enheder")


def _lead(name: str, found: Sequence[PrintedUnit]) -> str:
    every = sum(each.row.scope != Scope.CLUSTER for each in found)
    if not found:
        return ""
    told = f"{every} er for alle kommuner, {name} med."
    of = counted(len(found), "samdriftsenhed", "samdriftsenheder")
    return f"{of}. {told}" if every else f"{of}."


def _group_of(unit: CooperationUnit, own: Municipality) -> tuple[str, list[str]] | None:
    """Give the name of the group a municipality is in, and all that are; None: in none."""
    loaded: Any = unit
    names = {row["pk"]: row["name"] for row in loaded.json_municipalities}
    for row in loaded.json_clusters:
        if own.pk in row["members"]:
            members = [names[pk] for pk in row["members"] if pk in names]
            return row["name"], members
    return None


def _part(unit: CooperationUnit, own: Municipality) -> str:
    """Say how a municipality takes part in a unit, as far as that is known."""
    loaded: Any = unit
    group = _group_of(unit, own)
    if group is not None:
        return f"{TAKES_PART}, {group[0]}"
    if unit.scope != Scope.CLUSTER:
        return TAKES_PART
    return NOT_PLACED if loaded.json_clusters else NOT_FIXED


def _together(
    key: str, own: Municipality, found: Sequence[PrintedUnit]
) -> Iterator[Paragraph]:
    """Give the groups that a municipality is in; units that share one in one line."""
    shared: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for each in found:
        if group := _group_of(each.row, own):
            shared.setdefault((group[0], tuple(group[1])), []).append(
                str(each.row.number)
            )
    lines: list[tuple[Inline, ...]] = [
        (
            Words(f"{name}: ", strong=True),
            Words(f"{listed(members)} (samdriftsenhed {listed(numbers)})."),
        )
        for (name, members), numbers in shared.items()
    ]
    if lines:
        yield Paragraph(f"{key}/groups", f"{own.name} er med i", tuple(lines))


def _units(key: str, own: Municipality, found: Sequence[PrintedUnit]) -> Table:
    name = own.name
    rows = tuple(
        Row(
            f"{key}/{each.key}",
            (
                (Words(str(each.row.number)),),
                (Words(each.row.title),),
                (Words(small(each.row.reach)),),
                (Words(_part(each.row, own)),),
            ),
        )
        for each in found
    )
    return Table(
        key=f"{key}/units",
        caption=f"Samdriftsenheder, og om {name} er med",
        columns=(
            Column("Nr.", width=10, tone="quiet"),
            Column("Samdriftsenhed", names_row=True),
            Column("Fælles for", width=40),
            Column(name, width=44),
        ),
        groups=(Group(f"{key}/units/all", "Samdrift", rows),),
    )


def _records(catalogues: Iterable[Catalogue]) -> tuple[Section, ...]:
    """Give every proposal and unit as it is printed."""
    forms = {
        CatalogueKind.SIMPLIFICATION: simplification.document,
        CatalogueKind.COOPERATION: cooperation.document,
    }
    return tuple(
        section
        for row in catalogues
        for _, section in walk(forms[CatalogueKind(row.kind)](row))
        if section.key.startswith(_RECORDS)
    )


def _named(key: str, name: str, records: Sequence[Section]) -> Paragraph:
    lines: list[tuple[Inline, ...]] = [
        (Words(section.label, strong=True), Words(f". {section.title}"))
        for section in _naming(name, records)
    ]
    if not lines:
        kinds = listed([*_amounts(records)])
        lines = [(Words(f"{name} er ikke nævnt ved navn i {kinds}."),)]
    return Paragraph(f"{key}/named", "Nævnt ved navn", tuple(lines))


def _naming(name: str, records: Sequence[Section]) -> Iterator[Section]:
    named = re.compile(rf"(?<!\w){re.escape(name)}(?:s|'s|’s)?(?!\w)")
    for section in records:
        words = [section.title, *(each.text for each in plain.fields(section))]
        if named.search("\n".join(words)):
            yield section


def _amounts(records: Sequence[Section]) -> Iterator[str]:
    words = (("forslag", "forslag"), ("samdriftsenhed", "samdriftsenheder"))
    for kind, own in zip(_RECORDS, words, strict=True):
        if amount := sum(section.key.startswith(kind) for section in records):
            yield counted(amount, *own)
