"""Documents and the pages of files as passages: plain text with an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.richtext_tree import Node, parse
from documents.checks.values import Passage, Role
from documents.inlines import text as plain
from documents.tree import (
    Block,
    Chart,
    Columns,
    Document,
    Facts,
    Note,
    Paragraph,
    Picture,
    Points,
    RichText,
    Section,
    Table,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.tree import Group, Inline, Row


def passages_of(document: Document) -> tuple[Passage, ...]:
    """Give every text of a document in reading order.

    Title, lead and cover come first; a heading stands right before what it heads.
    """
    found: list[Passage] = []
    for depth, section in walk(document):
        found += _section(section, is_cover=depth == 0)
    return tuple(passage for passage in found if passage.text)


def rich_passages(key: str, where: str, html: str) -> tuple[Passage, ...]:
    """Give the paragraphs, points and cells of a rich text field.

    Args:
        key: of the field; its blocks are ``key/p:1``, its points ``key/li:1``.
        where: how a reader knows the field: "Indstilling".
    """
    numbers = {"p": 0, "li": 0, "td": 0}
    found: list[Passage] = []
    for kind, text in _runs(parse(html)):
        counted = "p" if kind in {"h3", "h4"} else kind
        numbers[counted] += 1
        number = numbers[counted]
        role: Role = "heading" if kind in {"h3", "h4"} else "body"
        place = f"{where}, punkt {number}" if kind == "li" else where
        if kind == "td":
            role = "table"
        found.append(Passage(f"{key}/{counted}:{number}", place, folded(text), role))
    return tuple(passage for passage in found if passage.text)


def folded(text: str) -> str:
    """Give the text with every run of spaces as one, and none at the ends."""
    return " ".join(text.split())


def _section(section: Section, *, is_cover: bool) -> Iterator[Passage]:
    place = section.label or section.title
    role: Role = "cover" if is_cover else "heading"
    yield Passage(section.key, place, folded(section.title), role)
    if section.lead:
        yield Passage(f"{section.key}/lead", place, folded(section.lead))
    for block in section.blocks:
        yield from _block(block, place)


def _block(block: Block, place: str) -> Iterator[Passage]:
    match block:
        case Columns():
            for points in block.lists:
                yield from _points(points, place)
        case Points():
            yield from _points(block, place)
        case RichText():
            yield from _labelled(block.key, place, block.label)
            yield from rich_passages(block.key, _at(place, block.label), block.html)
        case Picture() | Chart():
            yield from _drawn(block, place)
        case _:
            yield from _of_lines(block, place)


def _drawn(block: Picture | Chart, place: str) -> Iterator[Passage]:
    """Give the words of what is drawn: its label, and what is said of it."""
    yield from _labelled(block.key, place, block.label)
    where = _at(place, block.label)
    if isinstance(block, Chart):
        yield Passage(f"{block.key}/sentence", where, folded(block.sentence))
        return
    yield Passage(f"{block.key}/alternative", where, folded(block.alternative))
    yield Passage(f"{block.key}/caption", where, folded(block.caption))


def _of_lines(block: Paragraph | Facts | Table | Note, place: str) -> Iterator[Passage]:
    match block:
        case Paragraph():
            yield from _labelled(block.key, place, block.label)
            where = _at(place, block.label)
            for number, line in enumerate(block.lines, 1):
                yield _line(f"{block.key}/line:{number}", where, line, "body")
        case Facts():
            yield from _labelled(block.key, place, block.label)
            for fact in block.rows:
                where = _at(place, fact.term)
                yield from (
                    _line(fact.key, where, line, "table") for line in fact.lines
                )
        case Table():
            yield from _table(block, place)
        case Note():
            yield _line(block.key, place, block.line, "body")


def _at(place: str, label: str) -> str:
    return f"{place}, {label}" if label else place


def _labelled(key: str, place: str, label: str) -> Iterator[Passage]:
    if label:
        yield Passage(f"{key}/label", place, folded(label), "heading")


def _line(key: str, where: str, line: tuple[Inline, ...], role: Role) -> Passage:
    return Passage(key, where, folded(plain(line)), role)


def _points(block: Points, place: str) -> Iterator[Passage]:
    where = _at(place, block.label)
    yield from _labelled(block.key, place, block.label)
    if block.before:
        yield Passage(f"{block.key}/before", where, folded(block.before))
    for number, point in enumerate(block.items, block.start):
        yield Passage(point.key, f"{where}, punkt {number}", folded(point.text))
    if block.after:
        yield Passage(f"{block.key}/after", where, folded(block.after))


def _table(table: Table, place: str) -> Iterator[Passage]:
    where = _at(place, table.caption)
    yield Passage(f"{table.key}/caption", place, folded(table.caption), "heading")
    for group in table.groups:
        yield from _group(group, where)
    if table.total is not None:
        yield from _row(table.total, where)


def _group(group: Group, where: str) -> Iterator[Passage]:
    if group.title:
        yield Passage(group.key, where, folded(group.title), "table")
    for row in group.rows:
        yield from _row(row, where)


def _row(row: Row, where: str) -> Iterator[Passage]:
    for number, cell in enumerate(row.cells, 1):
        yield _line(f"{row.key}/cell:{number}", where, cell, "table")


def _runs(nodes: list[Node]) -> Iterator[tuple[str, str]]:
    """Give (kind, text) of every block; loose text counts as a paragraph."""
    loose = ""
    for node in nodes:
        if node.tag in _HOLDS_BLOCKS:
            if loose.strip():
                yield "p", loose
            loose = ""
            yield from _blocks(node)
        else:
            loose += _text(node)
    if loose.strip():
        yield "p", loose


def _blocks(node: Node) -> Iterator[tuple[str, str]]:
    if node.tag in {"p", "h3", "h4"}:
        yield node.tag, _text(node)
        return
    kind = {"li": "li", "td": "td", "th": "td"}.get(node.tag, "")
    for found, text in _runs(node.children):
        yield (kind if kind and found == "p" else found), text


_HOLDS_BLOCKS = frozenset(
    {"p", "h3", "h4", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
)


def _text(node: Node) -> str:
    if node.tag == "br":
        return " "
    return node.text + "".join(_text(child) for child in node.children)
