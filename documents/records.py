"""A document's records as rows of data: what a spreadsheet or a program takes of it.

One row a field, point or figure, each under the key of its node: keys stay when numbers
and titles change, so rows of two versions can be laid side by side.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from core.richtext import to_plain
from documents.tree import (
    Chart,
    Columns,
    Facts,
    Note,
    PageOf,
    Paragraph,
    Picture,
    Points,
    RichText,
    Table,
    Value,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from documents.tree import Block, Document, Inline, Section


@dataclass(frozen=True, slots=True)
class Datum:
    """One row.

    Attributes:
        key: of the node.
        name: the field, the column or the list it stands in; "" where it has none.
        place: its number in a list; what its row of a table is called; "" for none.
        text: as it is printed.
        value: the figure, where the row is one.
    """

    key: str
    name: str
    place: str
    text: str
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A section with what it says itself; those under it are records of their own."""

    key: str
    label: str
    title: str
    data: tuple[Datum, ...]


def records(document: Document) -> tuple[Record, ...]:
    """Give every section that says something, in reading order; the cover first."""
    found = (_record(section) for _, section in walk(document))
    return tuple(record for record in found if record.data)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure where it stands: as it is printed, and the words around it."""

    key: str
    text: str
    said: str


def figures(section: Section) -> tuple[Figure, ...]:
    """Give the figures of a section's fields and facts, in reading order."""
    found = (line for block in section.blocks for line in _with_figures(block))
    return tuple(
        Figure(part.key, part.text, _around(line, part))
        for line in found
        for part in line
        if isinstance(part, Value)
    )


def labelled(
    document: Document, pages: Mapping[str, str]
) -> tuple[dict[str, Any], ...]:
    """Give what an index keeps of the records of a document: those with a label.

    Args:
        pages: section key → its first page, as it is called.

    Returns:
        ``key``, ``label``, ``title``, ``page`` ("" where it has none) and ``figures``:
        mappings with the fields of :class:`Figure`; a key once.
    """
    found = {
        section.key: {
            "key": section.key,
            "label": section.label,
            "title": section.title,
            "page": pages.get(section.key, ""),
            "figures": [asdict(each) for each in figures(section)],
        }
        for depth, section in walk(document)
        if depth and section.label
    }
    return tuple(found.values())


def _with_figures(block: Block) -> Iterator[tuple[Inline, ...]]:
    match block:
        case Paragraph():
            yield from block.lines
        case Facts():
            yield from (line for row in block.rows for line in row.lines)
        case Note():
            yield block.line


def _around(line: tuple[Inline, ...], figure: Value) -> str:
    return text([part for part in line if part is not figure])


def _record(section: Section) -> Record:
    lead = (Datum(f"{section.key}/lead", "", "", section.lead),) if section.lead else ()
    found = (datum for block in section.blocks for datum in _of(block))
    said = tuple(datum for datum in found if datum.text.strip())
    return Record(section.key, section.label, section.title, (*lead, *said))


def _of(block: Block) -> Iterator[Datum]:  # noqa: C901 -- one case a kind
    match block:
        case RichText():
            yield Datum(block.key, block.label, "", to_plain(block.html))
        case Paragraph():
            yield from _lines(block.key, block.label, block.lines)
        case Points():
            yield from _points(block)
        case Columns():
            for points in block.lists:
                yield from _points(points)
        case Facts():
            for row in block.rows:
                yield from _lines(row.key, row.term, row.lines)
        case Note():
            yield from _lines(block.key, "", (block.line,))
        case Table():
            yield from _table(block)
        case Picture():
            yield Datum(block.key, block.label, "Billede", block.alternative)
        case Chart():
            yield Datum(block.key, block.label, "Diagram", block.sentence)


def _points(points: Points) -> Iterator[Datum]:
    if points.before:
        yield Datum(f"{points.key}/before", points.label, "", points.before)
    for number, point in enumerate(points.items, points.start):
        yield Datum(point.key, points.label, str(number), point.text)
    if points.after:
        yield Datum(f"{points.key}/after", points.label, "", points.after)


def _lines(key: str, name: str, lines: Iterable[tuple[Inline, ...]]) -> Iterator[Datum]:
    """Give the text as one row, and each figure in it as one more."""
    lines = tuple(lines)
    yield Datum(key, name, "", "\n".join(text(line) for line in lines))
    for line in lines:
        for part in line:
            if isinstance(part, Value):
                yield Datum(part.key, name, "", part.text, part)


def _table(table: Table) -> Iterator[Datum]:
    titles = [column.title for column in table.columns]
    naming = [at for at, column in enumerate(table.columns) if column.names_row]
    rows = [row for group in table.groups for row in group.rows]
    for row in [*rows, *([table.total] if table.total else [])]:
        own = text(row.cells[naming[0]]) if naming else ""
        for at, (title, cell) in enumerate(zip(titles, row.cells, strict=True), 1):
            figures = [part for part in cell if isinstance(part, Value)]
            value = figures[0] if len(figures) == 1 else None
            key = value.key if value else f"{row.key}/{at}"
            yield Datum(key, title or table.caption, own, text(cell), value)


def text(line: Iterable[Inline]) -> str:
    """Give a line as it is printed; a page number depends on the packet and is left out."""
    return "".join(part.text for part in line if not isinstance(part, PageOf)).strip()
