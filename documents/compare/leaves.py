"""A section's smallest parts that have a key: fields, points, facts, rows. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

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
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.tree import Block, Inline, Row, Section

# Label of a list → what one of its points is called, and how it is said to be new.
_ONE: Final = {
    "Gevinster": ("Gevinst", "ny"),
    "Risici": ("Risiko", "ny"),
    "Opmærksomhedspunkter": ("Opmærksomhedspunkt", "nyt"),
    "Opgaver, der løses sammen": ("Opgave", "ny"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """One line, cell or rich text of a leaf.

    Attributes:
        name: the column's title, "" outside a table.
        line: its inline parts; ``html`` in their stead for rich text.
        is_name: it is the cell that names its row.
    """

    name: str = ""
    line: tuple[Inline, ...] = ()
    html: str = ""
    is_name: bool = False

    @property
    def words(self) -> str:
        """The line as plain text."""
        return words_of(self.line)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is compared as one: it has a key, a name for people, and texts.

    Attributes:
        name: "Gevinst 2", "Ideen", "Tal"; of a row, what names the row.
        new_word: how it is said to be new: "ny", "nyt"; "" says "tilføjet".
        is_row: its texts are the cells of a table.
    """

    key: str
    name: str
    texts: tuple[Text, ...]
    new_word: str = ""
    is_row: bool = False

    @property
    def values(self) -> dict[str, tuple[Text, Value]]:
        """Its figures by key, each with the text it stands in."""
        return {
            part.key: (text, part)
            for text in self.texts
            for part in text.line
            if isinstance(part, Value)
        }

    @property
    def skeleton(self) -> tuple[object, ...]:
        """What is left when the figures are taken out: equal where only they differ."""
        return tuple((text.html, *map(_bare, text.line)) for text in self.texts)


def words_of(line: tuple[Inline, ...]) -> str:
    """Give a row of inline parts as plain text; a page is no part of what it says."""
    return "".join("" if isinstance(part, PageOf) else part.text for part in line)


def one_of(label: str, number: int) -> str:
    """Give what a point is called: "Gevinst 2"; "Formål, punkt 2" where none is known."""
    kind, beneficiary = _split(label)
    if kind in _ONE:
        return f"{_ONE[kind][0]} {number}{beneficiary}"
    return f"{label}, punkt {number}" if label else f"Punkt {number}"


def leaves(section: Section) -> Iterator[Leaf]:
    """Give all that can differ in a section, in reading order."""
    for name, text in (
        ("Nummer", section.label),
        ("Titel", section.title),
        ("Indledning", section.lead),
    ):
        if text:
            yield _plain(f"{section.key}#{name.casefold()}", name, text)
    for block in section.blocks:
        yield from block_leaves(block)


def block_leaves(block: Block) -> Iterator[Leaf]:
    """Give all that can differ in one block, in reading order."""
    match block:
        case Points():
            yield from _points(block)
        case Columns():
            for points in block.lists:
                yield from _points(points)
        case Facts():
            for row in block.rows:
                yield Leaf(row.key, row.term, _lines(row.lines))
        case Table():
            yield from _table(block)
        case _:
            yield _field(block)


def _field(block: RichText | Paragraph | Note | Picture | Chart) -> Leaf:
    match block:
        case RichText():
            return Leaf(block.key, block.label or "Tekst", (Text(html=block.html),))
        case Paragraph():
            return Leaf(block.key, block.label, _lines(block.lines))
        case Note():
            return Leaf(block.key, "Note", (Text(line=block.line),))
        case Picture():
            return _picture(block)
        case Chart():
            return _plain(block.key, block.label or "Diagram", block.sentence)


def _picture(block: Picture) -> Leaf:
    """Name the file by its first letters, so that another one is seen to be another."""
    said = (block.alternative, block.caption, f"Billedfil {block.file[:8]}")
    texts = tuple(Text(line=(Words(text),)) for text in said if text)
    return Leaf(block.key, block.label or "Billede", texts)


def _points(block: Points) -> Iterator[Leaf]:
    if block.before:
        yield _plain(f"{block.key}#before", block.label, block.before)
    new_word = _ONE.get(_split(block.label)[0], ("", "nyt"))[1]
    for number, point in enumerate(block.items, block.start):
        leaf = _plain(point.key, one_of(block.label, number), point.text)
        yield replace(leaf, new_word=new_word)
    if block.after:
        yield _plain(f"{block.key}#after", block.label, block.after)


def _table(block: Table) -> Iterator[Leaf]:
    name = block.label or block.caption
    heads = " · ".join((block.caption, *(column.title for column in block.columns)))
    yield _plain(f"{block.key}#head", name, heads)
    for group in block.groups:
        if group.title:
            yield _plain(group.key, name, group.title)
        for row in group.rows:
            yield _row(block, row)
    if block.total is not None:
        yield _row(block, block.total)


def _row(table: Table, row: Row) -> Leaf:
    texts = tuple(
        Text(column.title, cell, is_name=column.names_row)
        for column, cell in zip(table.columns, row.cells, strict=True)
    )
    return Leaf(row.key, _row_name(table, texts), texts, is_row=True)


def _row_name(table: Table, texts: tuple[Text, ...]) -> str:
    """Give "Forslag 7" where a quiet column counts the rows, else what names the row."""
    pairs = list(zip(table.columns, texts, strict=True))
    counts = [text.words for column, text in pairs if column.tone == "quiet"]
    named = [text for column, text in pairs if column.names_row and text.words]
    if named and counts and counts[0].isdecimal() and named[0].name:
        return f"{named[0].name} {counts[0]}"
    if named:
        return named[0].words
    return next((text.words for text in texts if text.words), "Række")


def _lines(lines: tuple[tuple[Inline, ...], ...]) -> tuple[Text, ...]:
    return tuple(Text(line=line) for line in lines)


def _plain(key: str, name: str, text: str) -> Leaf:
    return Leaf(key, name, (Text(line=(Words(text),)),))


def _split(label: str) -> tuple[str, str]:
    """Part "Gevinster for borgerne" into "Gevinster" and " for borgerne"."""
    kind, joined, rest = label.partition(" for ")
    return (kind, joined + rest) if kind in _ONE else (label, "")


def _bare(part: Inline) -> object:
    return part.key if isinstance(part, Value) else part
