"""What co-operation units mean for one municipality, read from them as they were sent.

Source: docs/rules.md R-61.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.formats import listed
from documents.records import text
from documents.tree import Paragraph, Reference, Table
from meetings.editions import municipal
from meetings.editions.municipal import Said
from meetings.editions.records import number_of
from proposals import cooperation
from proposals.facts import small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.tree import Document, Inline, Section

ALL, GROUPS, UNIT = "alle", "grupper", "unit:"
NOT_FIXED: Final = "{} gruppe er ikke fastlagt."
_NUMBER, _SCOPE = 0, 2
_CELLS: Final = 4


def register() -> None:
    """Let ``meetings`` ask."""
    municipal.register(units)


def units(document: Document, name: str) -> Iterator[Said]:
    """Tell which units are for all municipalities, and which for groups of them."""
    scopes = tuple(_scopes(document))
    every = [each for each in scopes if each[2].startswith(ALL)]
    grouped = [each for each in scopes if each[2].startswith(GROUPS)]
    if every:
        yield Said(f"{_named(every)} er for {every[0][2]}.", _keys(every))
    in_group: dict[str, list[tuple[str, str, str]]] = {}
    for each in grouped:
        in_group.setdefault(_group(document, each[0], name), []).append(each)
    for group, own in in_group.items():
        words = f"{_named(own)} er for grupper af kommuner."
        said = f"{name} er i {group}." if group else NOT_FIXED.format(_of(name))
        yield Said(f"{words} {said}", _keys(own))
    for each in scopes:
        if each not in every and each not in grouped:
            yield Said(f"{_named([each])} er for {each[2]}.", (each[0],))


def _group(document: Document, unit: str, name: str) -> str:
    """Give the group that a unit's own page has a municipality in; "" where it tells none."""
    lines = _groups(document, unit)
    lent = [each.to for line in lines for each in line if isinstance(each, Reference)]
    if lent:
        lines = _groups(document, lent[0])
    for line in lines:
        group, _, members = text(line).partition(": ")
        if name in members.split(", ") and group != cooperation.UNPLACED:
            return group
    return ""


def _groups(document: Document, unit: str) -> tuple[tuple[Inline, ...], ...]:
    blocks = (
        block
        for section in document.sections
        if section.key == unit
        for block in section.blocks
    )
    return next(
        (
            block.lines
            for block in blocks
            if isinstance(block, Paragraph) and block.key == f"{unit}/groups"
        ),
        (),
    )


def _of(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}s"


def _scopes(document: Document) -> Iterator[tuple[str, str, str]]:
    """Give key, number and scope of each unit, as the list prints them, or the unit."""
    listed_ones = {each[0]: each for each in _in_lists(document)}
    for section in document.sections:
        if not section.key.startswith(UNIT):
            continue
        if section.key in listed_ones:
            yield listed_ones[section.key]
        elif scope := _of_section(section):
            yield section.key, number_of(section.label), scope


def _in_lists(document: Document) -> Iterator[tuple[str, str, str]]:
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        for row in (row for group in block.groups for row in group.rows):
            key = row.key.removeprefix(f"{block.key}/")
            if key.startswith(UNIT) and len(row.cells) == _CELLS:
                yield key, text(row.cells[_NUMBER]), text(row.cells[_SCOPE])


def _of_section(section: Section) -> str:
    """Give whom a unit is for as its own page says it: where a cut has no list."""
    scopes = (
        block.lines[0]
        for block in section.blocks
        if isinstance(block, Paragraph) and block.key == f"{section.key}/scope"
    )
    return next((small(text(line)).partition(",")[0] for line in scopes), "")


def _named(found: list[tuple[str, str, str]]) -> str:
    return f"Samdriftsenhed {listed([number for _, number, _ in found])}"


def _keys(found: list[tuple[str, str, str]]) -> tuple[str, ...]:
    return tuple(key for key, _, _ in found)
