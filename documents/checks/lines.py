"""The rows of inline parts in a block, with the key that a finding points to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.tree import Facts, Note, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.tree import Block, Inline, Row

    type Line = tuple[str, tuple[Inline, ...]]


def lines(block: Block) -> Iterator[Line]:
    """Give every row of inline parts; blocks of plain or rich text have none."""
    match block:
        case Facts():
            yield from ((fact.key, line) for fact in block.rows for line in fact.lines)
        case Paragraph():
            yield from ((block.key, line) for line in block.lines)
        case Note():
            yield block.key, block.line
        case Table():
            for row in rows(block):
                yield from ((row.key, cell) for cell in row.cells)


def rows(table: Table) -> Iterator[Row]:
    """Give the rows of all groups, without the row of sums."""
    for group in table.groups:
        yield from group.rows
