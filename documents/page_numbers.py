"""Pages that a section shows of others ("bilagets side"): asked for, and filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from documents.tree import Facts, Note, PageOf, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from documents.tree import Block, Inline, Row, Section


def with_pages(section: Section, pages: Mapping[str, str]) -> Section:
    """Fill every :class:`PageOf` from section key → page; unknown keys stay empty."""

    def fill(part: Inline) -> Inline:
        if isinstance(part, PageOf):
            return replace(part, page=pages.get(part.of, ""))
        return part

    return map_inlines(section, fill)


def page_keys(section: Section) -> frozenset[str]:
    """Give the keys of the sections whose page ``section`` shows."""
    keys: set[str] = set()

    def note(part: Inline) -> Inline:
        if isinstance(part, PageOf):
            keys.add(part.of)
        return part

    map_inlines(section, note)
    return frozenset(keys)


def map_inlines(section: Section, change: Callable[[Inline], Inline]) -> Section:
    """Give the section with ``change`` applied to each inline part of its blocks."""

    def lines(rows: tuple[tuple[Inline, ...], ...]) -> tuple[tuple[Inline, ...], ...]:
        return tuple(tuple(change(part) for part in row) for row in rows)

    def row(old: Row) -> Row:
        return replace(old, cells=lines(old.cells))

    def block(old: Block) -> Block:
        match old:
            case Paragraph():
                return replace(old, lines=lines(old.lines))
            case Facts():
                rows = tuple(replace(f, lines=lines(f.lines)) for f in old.rows)
                return replace(old, rows=rows)
            case Table():
                groups = tuple(
                    replace(g, rows=tuple(row(r) for r in g.rows)) for g in old.groups
                )
                total = row(old.total) if old.total else None
                return replace(old, groups=groups, total=total)
            case Note():
                return replace(old, line=lines((old.line,))[0])
            case _:
                return old

    return replace(section, blocks=tuple(block(b) for b in section.blocks))
