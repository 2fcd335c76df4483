"""A section's own words, field by field, as plain text: what a search looks through.

Page numbers are left out, and in tables and notes so are links to other nodes: those
words belong to what they lead to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.richtext import to_plain
from documents.tree import (
    Chart,
    Columns,
    Facts,
    Note,
    Paragraph,
    Picture,
    Points,
    Reference,
    RichText,
    Table,
    Value,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from documents.tree import Block, Inline, Section


@dataclass(frozen=True, slots=True)
class Field:
    """One field, point or row.

    Attributes:
        key: of its node.
        name: the label it stands under; "" where it has none.
        number: of a point in its list; 0 for what is not one.
        text: with a line for each line.
    """

    key: str
    name: str
    text: str
    number: int = 0


def fields(section: Section) -> tuple[Field, ...]:
    """Give what a section says, its heading and the sections under it left out."""
    lead = (Field(f"{section.key}/lead", "", section.lead),) if section.lead else ()
    found = (field for block in section.blocks for field in _of(block))
    return (*lead, *(field for field in found if field.text.strip()))


def _of(block: Block) -> Iterator[Field]:
    match block:
        case RichText():
            yield Field(block.key, block.label, to_plain(block.html))
        case Paragraph():
            yield Field(block.key, block.label, _lines(block.lines))
        case Points() | Columns():
            for points in block.lists if isinstance(block, Columns) else (block,):
                yield from _points(points)
        case Picture():
            text = "\n".join(filter(None, (block.alternative, block.caption)))
            yield Field(block.key, block.label, text)
        case Chart():
            yield Field(block.key, block.label, block.sentence)
        case Facts() | Note() | Table():
            yield from _rows(block)


def _rows(block: Facts | Note | Table) -> Iterator[Field]:
    match block:
        case Facts():
            for row in block.rows:
                yield Field(row.key, row.term, _lines(row.lines))
        case Note():
            yield Field(block.key, "", _line(block.line, is_list=True))
        case Table():
            yield from _table(block)


def _points(points: Points) -> Iterator[Field]:
    if points.before:
        yield Field(f"{points.key}/before", points.label, points.before)
    for number, point in enumerate(points.items, points.start):
        yield Field(point.key, points.label, point.text, number)
    if points.after:
        yield Field(f"{points.key}/after", points.label, points.after)


def _table(table: Table) -> Iterator[Field]:
    for group in table.groups:
        for row in group.rows:
            cells = (_line(cell, is_list=True) for cell in row.cells)
            text = " · ".join(cell for cell in cells if cell)
            # Rows of figures alone say nothing without their heads.
            if any(letter.isalpha() for letter in text):
                yield Field(row.key, table.caption, text)


def _lines(lines: Iterable[tuple[Inline, ...]]) -> str:
    return "\n".join(_line(line) for line in lines)


def _line(line: Iterable[Inline], *, is_list: bool = False) -> str:
    return "".join(_word(part, is_list=is_list) for part in line).strip()


def _word(part: Inline, *, is_list: bool) -> str:
    match part:
        case Words():
            return part.text
        case Value():
            return part.text
        case Reference() if not is_list:
            return part.text
        case _:
            return ""
