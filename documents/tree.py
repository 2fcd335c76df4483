"""The document tree: an immutable value with a stable key on every node.

A :class:`Document` is a section without a parent. A section holds blocks, and sections
below it. Each section (the root too) is one *piece*: a PDF of its own that begins at H1.
Texts are plain unless a field is called ``html``; that is sanitised rich text.

Source: docs/rules.md R-1, R-3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal  # noqa: TC003 -- the codec reads the annotations
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator


class Missing(StrEnum):
    """Why there is no figure. Missing is never zero."""

    NOT_FILLED = "ikke udfyldt"
    NOT_GIVEN = "ikke oplyst"
    NOT_MEASURED = "ikke målt"
    NOT_RELEVANT = "ikke relevant"
    PENDING = "afventer"
    DISCONTINUED = "udgået"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: the name a reader knows it by, and an address if any."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure: exact numbers, and how they are printed.

    Attributes:
        printed: as the reader sees it, unit left out: "½", "godt 102.000", "4-5".
        low, high: the numbers; equal for a single figure; None where missing.
        unit: "uger", "pct."; empty for a bare count.
        missing: why there is no number; None where there is one.
        strong: set apart from the words around it.
        address: of the page that tells where it comes from, for a reader who may see it.
    """

    key: str
    printed: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    qualifier: str = ""
    source: Source | None = None
    missing: Missing | None = None
    strong: bool = False
    address: str = ""

    @property
    def text(self) -> str:
        """What stands in running text: printed figure and unit, or the missing word."""
        if self.missing is not None:
            return str(self.missing)
        return f"{self.printed}\u00a0{self.unit}" if self.unit else self.printed


type Glyph = Literal["", "full", "half", "empty", "waiting", "minus"]


@dataclass(frozen=True, slots=True)
class Words:
    """A run of plain text; ``strong`` where it is set apart.

    Attributes:
        glyph: stands before the words and says the same: never colour alone.
        address: of a page outside the document that the words lead to.
        is_missing: they say why there is no figure, where :class:`Missing` has no word.
    """

    text: str
    strong: bool = False
    glyph: Glyph = ""
    address: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to another node by key, never a typed number.

    ``is_elsewhere``: to a node of another document, which need not be read beside this.
    """

    to: str
    text: str
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class PageOf:
    """The page of a section inside its own document, known when the pieces are laid out."""

    of: str
    page: str = ""


type Inline = Words | Value | Reference | PageOf


@dataclass(frozen=True, slots=True)
class RichText:
    """A field of sanitised rich text; ``links`` are told of in :func:`linked`."""

    key: str
    label: str
    html: str
    links: tuple[Reference, ...] = ()
    kind: Literal["richtext"] = "richtext"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A field of plain paragraphs, each a row of inline parts."""

    key: str
    label: str
    lines: tuple[tuple[Inline, ...], ...]
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Point:
    """One numbered point; ``links`` are told of in :func:`linked`."""

    key: str
    text: str
    links: tuple[Reference, ...] = ()

    @property
    def line(self) -> tuple[Inline, ...]:
        """The text with its links."""
        return linked(self.text, self.links)


@dataclass(frozen=True, slots=True)
class Points:
    """An ordered list under a label; numbers run from ``start``.

    ``before`` and ``after`` are sentences around the list; "" prints none. ``links`` are
    those of both (:func:`linked`).
    """

    key: str
    label: str
    items: tuple[Point, ...]
    start: int = 1
    before: str = ""
    after: str = ""
    links: tuple[Reference, ...] = ()
    kind: Literal["points"] = "points"


@dataclass(frozen=True, slots=True)
class Columns:
    """Ordered lists side by side over the full width; numbers run on through them."""

    key: str
    lists: tuple[Points, ...]
    kind: Literal["columns"] = "columns"


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of facts: a term and its lines."""

    key: str
    term: str
    lines: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Small print under a label ("Oplysninger"): terms with their lines."""

    key: str
    label: str
    rows: tuple[Fact, ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; ``width`` in mm on paper, 0 takes what is left.

    ``names_row``: its cells name their row to a screen reader. ``tone`` is how its cells
    are set: quiet for what only counts the rows, strong for what one looks up.
    """

    title: str
    align: Literal["left", "right"] = "left"
    width: int = 0
    names_row: bool = False
    tone: Literal["", "quiet", "strong"] = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; one cell a column."""

    key: str
    cells: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading row; an empty title prints none."""

    key: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with grouped rows and, if given, a row of sums.

    ``label`` stands in the label column; an empty one lets the table take all 170 mm.
    With ``has_quiet_head`` the column titles are read aloud but not seen.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    total: Row | None = None
    label: str = ""
    has_quiet_head: bool = False
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small print; ``is_wide`` lets it begin in the label column."""

    key: str
    line: tuple[Inline, ...]
    is_wide: bool = False
    kind: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture under a label: the bytes lie in storage, the words are here.

    ``file`` is its name in storage, ``width`` and ``height`` are in pixels;
    ``alternative``, never "", is what a screen reader says in its stead.
    """

    key: str
    label: str
    file: str
    format: Literal["png", "jpeg"]
    width: int
    height: int
    alternative: str
    caption: str = ""
    kind: Literal["picture"] = "picture"

    @property
    def name(self) -> str:
        """Its address beside the page that shows it."""
        return f"{self.file}.{self.format}"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart under a label. Its table stands right before it, its sentence below.

    ``svg`` is shapes and texts with attributes only (:mod:`documents.charts`);
    ``alternative`` is what a screen reader says in its stead.
    """

    key: str
    label: str
    sentence: str
    alternative: str
    svg: str
    kind: Literal["chart"] = "chart"


type Block = (
    RichText | Paragraph | Points | Columns | Facts | Table | Note | Picture | Chart
)


@dataclass(frozen=True, slots=True)
class Section:
    """One record or chapter: a heading, blocks, and the sections under it.

    Attributes:
        key: stable slug with its kind, e.g. ``proposal:faerre-maalgrupper``.
        title: the heading.
        label: what stands before the heading: "Forslag 7", "Tema 1"; "" for none.
        lead: a sentence under the heading.
        running: what the running head shows for this section; "" leaves it out.
        look: how the heading is set on paper; an "entry" is no piece of its own but
            runs on in that of the document.
    """

    key: str
    title: str
    label: str = ""
    lead: str = ""
    running: str = ""
    look: Literal[
        "record", "long-record", "chapter", "theme", "plain", "entry", "sheet"
    ] = "record"
    compact: bool = False
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def heading(self) -> str:
        """Label and title as one sentence, for bookmarks and contents lists."""
        return f"{self.label}. {self.title}" if self.label else self.title

    @property
    def anchor(self) -> str:
        """The node's address inside its page and its PDF."""
        return anchor(self.key)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: its cover (title, lead, blocks), then its sections."""

    key: str
    title: str
    lead: str = ""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    language: str = "da"

    @property
    def cover(self) -> Section:
        """The document's own page as a section without sections below it."""
        return Section(
            key=self.key,
            title=self.title,
            lead=self.lead,
            running=self.title,
            look="sheet" if self.entries else "chapter",
            blocks=self.blocks,
        )

    @property
    def has_cover(self) -> bool:
        """One section that nothing is said before stands by itself.

        A record that is cut out is then printed as in the whole, on its own page.
        """
        is_bare = len(self.sections) == 1 and not (self.lead or self.blocks)
        return bool(self.entries) or not is_bare

    @property
    def entries(self) -> tuple[Section, ...]:
        """The sections that run on below the cover: items of an agenda."""
        return tuple(section for section in self.sections if section.look == "entry")


@dataclass(frozen=True, slots=True)
class Piece:
    """A section by itself, as it is laid out, cached and hashed.

    Attributes:
        section: without the sections below it, but for entries that run on in it.
        running: the running head: the path from the document down.
        depth: 0 for the cover, 1 for a section under it; heading levels follow.
    """

    section: Section
    running: str
    depth: int
    language: str = field(default="da")


def linked(text: str, links: tuple[Reference, ...]) -> tuple[Inline, ...]:
    """Give a text with its links: each stands where its words are next met in the text.

    The words are all in the text, so whoever compares or searches it sees no markup.
    """
    found: list[Inline] = []
    for link in links:
        at = re.search(rf"(?<!\w){re.escape(link.text)}(?!\w)", text)
        if at is None:
            continue
        if text[: at.start()]:
            found.append(Words(text[: at.start()]))
        found.append(link)
        text = text[at.end() :]
    return (*found, Words(text)) if text or not found else tuple(found)


def anchor(key: str) -> str:
    """Give the address of a node inside a page or PDF: the key without its marks."""
    return key.replace(":", "-").replace("/", "-")


def pieces(document: Document) -> tuple[Piece, ...]:
    """Cut a document into its pieces, in reading order; the cover, if any, is the first."""
    whole = replace(document.cover, sections=document.entries)
    cover = Piece(whole, document.title, 0, document.language)
    return (
        *((cover,) if document.has_cover else ()),
        *(
            Piece(replace(section, sections=()), running, depth, document.language)
            for depth, running, section in _below(document.sections, document.title, 1)
            if section.look != "entry"
        ),
    )


def walk(document: Document) -> Iterator[tuple[int, Section]]:
    """Give every section with its depth, in reading order; the cover first."""
    yield 0, document.cover
    for depth, _, section in _below(document.sections, "", 1):
        yield depth, section


def _below(
    sections: tuple[Section, ...], above: str, depth: int
) -> Iterator[tuple[int, str, Section]]:
    """Give depth, running head and section of each and of all that is under it."""
    for section in sections:
        running = f"{above} · {section.running}" if section.running else above
        yield depth, running, section
        yield from _below(section.sections, running, depth + 1)


# What a field must hold to be printed; blocks of other kinds always are.
_CONTENT = {
    RichText: ("html",),
    Paragraph: ("lines",),
    Points: ("items", "after"),
    Columns: ("lists",),
    Facts: ("rows",),
}


def drop_empty(*blocks: Block) -> tuple[Block, ...]:
    """Leave out the blocks that have nothing to print: an empty field prints nothing."""
    return tuple(
        block
        for block in blocks
        if type(block) not in _CONTENT
        or any(getattr(block, name) for name in _CONTENT[type(block)])
    )
