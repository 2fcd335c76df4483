"""Pages that a section shows of others ("bilagets side"): asked for, and filled in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from documents.tree import Facts, Note, PageOf, Paragraph, Table, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from documents.tree import Block, Inline, Row, Section

# What leads to a page, and says nothing without it.
_LEADING: Final = re.compile(r"\s*(?:på )?bilagets side\s*$")


def with_pages(section: Section, pages: Mapping[str, str]) -> Section:
    """Fill every :class:`PageOf` from section key → page; unknown keys stay empty."""

    def fill(part: Inline) -> Inline:
        if isinstance(part, PageOf):
            return replace(part, page=pages.get(part.of, ""))
        return part

    return map_inlines(section, fill)


def without_pages(section: Section) -> Section:
    """Leave out every :class:`PageOf`, its column and the words that lead to it.

    For what is shown where no pages are: a column without a figure says nothing.
    """
    blocks = tuple(_unpaged(block) for block in section.blocks)
    return replace(section, blocks=blocks)


def _unpaged(block: Block) -> Block:
    match block:
        case Table():
            rows = [row for group in block.groups for row in group.rows]
            cells = [[row.cells[place] for row in rows] for place in _places(block)]
            kept = [place for place in _places(block) if not _is_paged(cells[place])]
            return _with_columns(block, kept)
        case Note():
            return replace(block, line=_unled(block.line))
        case Paragraph():
            return replace(block, lines=tuple(map(_unled, block.lines)))
        case _:
            return block


def _places(table: Table) -> range:
    return range(len(table.columns))


def _is_paged(cells: list[tuple[Inline, ...]]) -> bool:
    """Whether a column holds pages and nothing else."""
    parts = [part for cell in cells for part in cell]
    return bool(parts) and all(isinstance(part, PageOf) for part in parts)


def _with_columns(table: Table, kept: list[int]) -> Table:
    def row(old: Row) -> Row:
        return replace(old, cells=tuple(old.cells[place] for place in kept))

    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        groups=tuple(
            replace(group, rows=tuple(map(row, group.rows))) for group in table.groups
        ),
        total=row(table.total) if table.total else None,
    )


def _unled(line: tuple[Inline, ...]) -> tuple[Inline, ...]:
    parts: list[Inline] = []
    for part in line:
        if not isinstance(part, PageOf):
            parts.append(part)
        elif parts and isinstance(parts[-1], Words):
            last = parts[-1]
            parts[-1] = replace(last, text=_LEADING.sub("", last.text))
    return tuple(parts)


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
