"""A section as its page shows it: rows with links, charts in two widths. Pure.

Source: docs/rules.md R-150.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.tree import Chart, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.tree import Column, Inline, Row
    from meetings.municipality.values import Part, Picture


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell under its column; ``url`` and ``icon`` of the row's name and last word."""

    column: Column
    line: tuple[Inline, ...]
    url: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row; ``is_own``: about the municipality itself."""

    cells: tuple[ShownCell, ...]
    is_own: bool
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table; ``heads`` are columns with the address that sorts by them, if any."""

    caption: str
    heads: tuple[tuple[Column, str, bool], ...]
    rows: tuple[ShownRow, ...]
    is_folded: bool
    stays: bool
    is_titled: bool
    after: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One of the three kinds of blocks that sections of a municipality have.

    Attributes:
        after: a link below the words.
    """

    table: ShownTable | None = None
    picture: Picture | None = None
    lines: tuple[tuple[Inline, ...], ...] = ()
    after: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A section of the page."""

    anchor: str
    title: str
    lead: str
    blocks: tuple[ShownBlock, ...]


def shown(part: Part) -> ShownPart:
    """Give a section as the page shows it."""
    own = part.section
    return ShownPart(own.anchor, own.title, own.lead, tuple(_blocks(part)))


def _blocks(part: Part) -> Iterator[ShownBlock]:
    for block in part.section.blocks:
        match block:
            case Chart() if block.key in part.pictures:
                yield ShownBlock(picture=part.pictures[block.key])
            case Table():
                yield ShownBlock(table=_table(part, block))
            case Paragraph():
                yield ShownBlock(lines=block.lines, after=part.after.get(block.key))
            case _:
                message = f"{part.section.key}: a page cannot show {block.kind}"
                raise TypeError(message)


def _table(part: Part, table: Table) -> ShownTable:
    sorts = part.sorts.get(table.key, ())
    heads = tuple(
        (column, *(sorts[at] if at < len(sorts) else ("", False)))
        for at, column in enumerate(table.columns)
    )
    rows = [row for group in table.groups for row in group.rows]
    own = [_row(part, table, row) for row in rows]
    if table.total is not None:
        own.append(_row(part, table, table.total, is_total=True))
    return ShownTable(
        table.caption,
        heads,
        tuple(own),
        is_folded=table.key in part.folded,
        stays=table.key in part.kept,
        is_titled=table.key in part.kept - part.folded,
        after=part.after.get(table.key),
    )


def _row(part: Part, table: Table, row: Row, *, is_total: bool = False) -> ShownRow:
    last = len(row.cells) - 1
    cells = tuple(
        ShownCell(
            column,
            line,
            part.links.get(row.key, "") if column.names_row else "",
            part.icons.get(row.key, "") if at == last else "",
        )
        for at, (column, line) in enumerate(zip(table.columns, row.cells, strict=True))
    )
    return ShownRow(cells, row.key in part.marked, is_total)
