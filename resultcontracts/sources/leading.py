"""Where the figures of a print lead: to where each is from and who approved it. Pure.

Only those may follow who may read the contract: a packet is read by others, and has the
names of the sources alone.

Source: docs/rules.md R-179.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from documents.tree import Facts, Note, Paragraph, Row, Table, Value, Words, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from documents.tree import Block, Document, Group, Inline, Section

    type Line = tuple[Inline, ...]

WHERE: Final = "Hvor tallene kommer fra, og hvem der har godkendt dem: "
ON_PAGE: Final = "Læs det i portalen: "
_MEASURE: Final = re.compile(r"goal:([\w-]+)/measure:([\w-]+)")
_GOAL: Final = re.compile(r"goal:([\w-]+)$")
_DRAWN: Final = frozenset({"table", "chart"})


def led(document: Document, home: str, origin: str = "", page: str = "") -> Document:
    """Let each figure lead to its page, and say under each table which page that is.

    Args:
        home: address of the contract's page, "/resultatkontrakt/2021/".
        origin: what addresses begin with on paper, "https://portal.example"; "" on a
            page, where the links alone will do.
        page: of what the document is about, where that is not the contract's.
    """
    own = _Leading(home, origin, page or home, _numbers(document))
    found = own.section(document)
    if not origin or any(_where(each) for _, each in walk(found)):
        return found
    return own.ended(found)


def _where(section: Section) -> bool:
    return any(block.key == f"{section.key}/where" for block in section.blocks)


def _numbers(document: Document) -> dict[str, int]:
    """Give the numbers of the goals that a document tells of, by their keys."""
    found: dict[str, int] = {}
    for _, section in walk(document):
        if (own := _GOAL.match(section.key)) and section.label:
            found[own[1]] = int(section.label.rpartition(" ")[2])
        for row in _rows(section.blocks):
            first = row.cells[0][0] if row.cells and row.cells[0] else None
            own = _GOAL.search(row.key)
            if own and isinstance(first, Words):
                found[own[1]] = int(first.text)
    return found


def _rows(blocks: Iterable[Block]) -> Iterator[Row]:
    for block in blocks:
        if isinstance(block, Table):
            for group in block.groups:
                yield from group.rows


@dataclass(frozen=True, slots=True)
class _Leading:
    home: str
    origin: str
    page: str
    numbers: Mapping[str, int]

    def section[S: Section | Document](self, section: S) -> S:
        blocks = tuple(map(self._block, section.blocks))
        made = replace(
            section, blocks=blocks, sections=tuple(map(self.section, section.sections))
        )
        return self._noted(made, WHERE) if self.origin and _has_figures(made) else made

    def ended(self, document: Document) -> Document:
        """Let the last section of a document without figures name its page."""
        if not document.sections:
            return self._noted(document, ON_PAGE)
        *others, last = document.sections
        return replace(document, sections=(*others, self._noted(last, ON_PAGE)))

    def _noted[S: Section | Document](self, section: S, said: str) -> S:
        path = self._page_of(section)
        link = Words(_spoken(self.origin) + path, address=f"{self.origin}{path}")
        note = Note(f"{section.key}/where", (Words(said), link), is_wide=True)
        at = _under(section.blocks)
        blocks = (*section.blocks[:at], note, *section.blocks[at:])
        return replace(section, blocks=blocks)

    def _page_of(self, section: Section | Document) -> str:
        own = _GOAL.match(section.key)
        return self._goal(own[1]) if own else self.page

    def _goal(self, key: str) -> str:
        number = self.numbers.get(key)
        return f"{self.home}maal/{number}/" if number is not None else self.page

    def _block(self, block: Block) -> Block:
        match block:
            case Table():
                total = self._row(block.total) if block.total else None
                groups = tuple(map(self._group, block.groups))
                return replace(block, groups=groups, total=total)
            case Paragraph():
                return replace(block, lines=self._lines(block.lines))
            case Facts():
                rows = (replace(r, lines=self._lines(r.lines)) for r in block.rows)
                return replace(block, rows=tuple(rows))
        return block

    def _group(self, group: Group) -> Group:
        return replace(group, rows=tuple(map(self._row, group.rows)))

    def _row(self, row: Row) -> Row:
        cells = self._lines(row.cells)
        if own := _GOAL.search(row.key):
            cells = tuple(self._titled(line, own[1]) for line in cells)
        return replace(row, cells=cells)

    def _titled(self, line: Line, goal: str) -> Line:
        """Lead from a goal's title, where it has no section in the document."""
        return tuple(
            replace(each, address=f"{self.origin}{self._goal(goal)}")
            if isinstance(each, Words) and each.strong and not each.glyph
            else each
            for each in line
        )

    def _lines(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(tuple(map(self._inline, line)) for line in lines)

    def _inline(self, each: Inline) -> Any:
        if not isinstance(each, Value):
            return each
        path = self._path(each)
        return replace(each, address=f"{self.origin}{path}") if path else each

    def _path(self, value: Value) -> str:
        """Give its own page, or where its measure is told of; "" where there is none."""
        if value.source is not None and value.source.url.startswith("/"):
            return value.source.url
        if own := _MEASURE.search(value.key):
            return f"{self._goal(own[1])}#maalepunkt-{own[2]}"
        return ""


def _has_figures(section: Section | Document) -> bool:
    """Whether a section has figures, or rows of goals with what theirs say."""
    if any(_GOAL.search(row.key) for row in _rows(section.blocks)):
        return True
    return any(isinstance(each, Value) for each in _inlines(section.blocks))


def _inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    lines: list[Line] = [cell for row in _rows(blocks) for cell in row.cells]
    for block in blocks:
        if isinstance(block, Paragraph):
            lines += block.lines
        elif isinstance(block, Facts):
            lines += (line for row in block.rows for line in row.lines)
    yield from (each for line in lines for each in line)


def _under(blocks: tuple[Block, ...]) -> int:
    """Give the place under the last table or chart, and under its own notes."""
    drawn = [at for at, block in enumerate(blocks) if block.kind in _DRAWN]
    at = drawn[-1] + 1 if drawn else len(blocks)
    while at < len(blocks) and blocks[at].kind == "note":
        at += 1
    return at


def _spoken(origin: str) -> str:
    return origin.partition("://")[2]
