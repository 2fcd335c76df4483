"""What co-operation units mean for one municipality, read from them as they were sent.

Source: docs/rules.md R-61.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.formats import listed
from documents.records import text
from documents.tree import Table
from meetings.editions import municipal
from meetings.editions.municipal import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.tree import Document

ALL, GROUPS = "alle", "grupper"
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
    if grouped:
        words = f"{_named(grouped)} er for grupper af kommuner."
        yield Said(f"{words} {_of(name)} gruppe er ikke fastlagt.", _keys(grouped))


def _of(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}s"


def _scopes(document: Document) -> Iterator[tuple[str, str, str]]:
    """Give key, number and scope of each unit, as the catalogue's list prints them."""
    known = {section.key for section in document.sections}
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        for row in (row for group in block.groups for row in group.rows):
            key = row.key.removeprefix(f"{block.key}/")
            if key.startswith("unit:") and key in known and len(row.cells) == _CELLS:
                yield key, text(row.cells[_NUMBER]), text(row.cells[_SCOPE])


def _named(found: list[tuple[str, str, str]]) -> str:
    return f"Samdriftsenhed {listed([number for _, number, _ in found])}"


def _keys(found: list[tuple[str, str, str]]) -> tuple[str, ...]:
    return tuple(key for key, _, _ in found)
