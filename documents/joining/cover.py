"""The contents page of a selection: drawn and tagged here, as it is asked for.

No layout engine runs where pages are read, so its few lines are set by hand, in the
type and measures of the packet's own contents page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pikepdf import Array, Dictionary, Name, Page, Pdf, String

from documents.joining.outline import top_of
from documents.joining.stamp import (
    BRAND_DARK,
    EDGE_MM,
    INK_2,
    REGULAR,
    SEMIBOLD,
    Look,
    Stamp,
    Stamper,
)
from documents.joining.typeface import MM
from documents.objects import flat, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, RIGHT = EDGE_MM * MM, WIDTH - EDGE_MM * MM
TITLES: Final = 54 * MM
PAGES_ROOM: Final = 34 * MM
TOP, END = HEIGHT - 32 * MM, 22.3 * MM + 12
RULE: Final = "0.82745 0.8549 0.87843 RG 0.5 w"
_ROW: Final = 16.0
_GAP: Final = 8.0


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One appendix of a selection.

    Attributes:
        label: "2.1 Bilag 3".
        pages: what its pages are called, "34–58".
        count: how many sheets it takes.
    """

    label: str
    title: str
    pages: str
    count: int


@dataclass(frozen=True, slots=True)
class Cover:
    """The words of a contents page; ``note`` stands under the list."""

    heading: str
    lead: str
    counts: str
    lines: tuple[CoverLine, ...]
    note: str
    left: str
    foot: str


@dataclass(slots=True)
class _Sheet:
    """A page under way: what is drawn, and the element of each mark in turn."""

    drawn: list[str] = field(default_factory=list)
    owners: list[Any] = field(default_factory=list)
    links: list[tuple[Any, tuple[float, float, float, float], int]] = field(
        default_factory=list
    )


class CoverWriter:
    """Puts a contents page before the pages of a selection."""

    def __init__(self, pdf: Pdf, fonts: Path) -> None:
        self.pdf = pdf
        self.stamper = Stamper(pdf, fonts)
        self._sheets = [_Sheet()]
        self._y = TOP
        self._part: Any = None

    def put(self, cover: Cover) -> int:
        """Insert the page, or pages where there are many lines; give how many.

        The structure tree has been cut already; bookmarks and labels are written after.
        """
        document = self.pdf.Root.StructTreeRoot.K[0]
        self._part = self._element("Part", document)
        self._part.T = String(cover.heading)
        # It was hung last, and is read first.
        document.K = Array([self._part, *list(document.K)[:-1]])
        self._draw_head(cover)
        self._draw_lines(cover.lines)
        self._y -= _GAP
        self._paragraph(cover.note, TITLES, Look(8.5, INK_2), 12)
        pages = [self._page(sheet, cover, at) for at, sheet in enumerate(self._sheets)]
        for at, page in enumerate(pages):
            self.pdf.pages.insert(at, page)
        self._tag(cover)
        self.stamper.finish()
        return len(pages)

    def _element(self, kind: str, parent: Any) -> Any:
        element = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, K=Array())
        )
        parent.K.append(element)
        return element

    def _draw_head(self, cover: Cover) -> None:
        self._paragraph(cover.lead, LEFT, Look(10, INK_2), 14)
        self._paragraph(cover.heading, LEFT, Look(26, is_strong=True), 34, kind="H1")
        self._paragraph(cover.counts, LEFT, Look(11, INK_2), 16)
        self._y -= 2 * _GAP

    def _paragraph(
        self, text: str, x: float, look: Look, height: float, *, kind: str = "P"
    ) -> None:
        element = self._element(kind, self._part)
        for line in self._wrapped(text, look, RIGHT - x):
            self._room(height)
            self._y -= height
            self._text(element, line, (x, self._y + 0.3 * look.size), look)

    def _draw_lines(self, lines: Sequence[CoverLine]) -> None:
        contents = self._element("TOC", self._part)
        for at, line in enumerate(lines):
            self._line(self._element("TOCI", contents), line, at)
        self._rule()

    def _line(self, item: Any, line: CoverLine, at: int) -> None:
        """Draw label, title and pages; the title is a link."""
        look = Look(11, BRAND_DARK)
        titles = self._wrapped(line.title, look, RIGHT - PAGES_ROOM - TITLES)
        self._room(_ROW * len(titles) + _GAP)
        self._rule()
        self._y -= _GAP / 2
        top, base = self._y, self._y - _ROW + 0.3 * look.size
        label = self._element("Lbl", item)
        self._text(label, line.label, (LEFT, base), Look(10, is_strong=True))
        link = self._element("Link", self._element("Reference", item))
        for title in titles:
            self._y -= _ROW
            self._text(link, title, (TITLES, self._y + 0.3 * look.size), look)
        end = TITLES + max(self._width(title, look) for title in titles)
        self._sheets[-1].links.append((link, (TITLES, self._y, end, top), at))
        pages = self._element("P", item)
        self._text(pages, f"side {line.pages}", (RIGHT, base), Look(10, is_right=True))
        self._y -= _GAP / 2

    def _room(self, height: float) -> None:
        """Begin another page where the rest of this one is too low."""
        if self._y - height < END:
            self._sheets.append(_Sheet())
            self._y = TOP

    def _rule(self) -> None:
        y = number(self._y)
        self._sheets[-1].drawn.append(
            f"/Artifact <</Type /Layout>> BDC q {RULE} "
            f"{number(LEFT)} {y} m {number(RIGHT)} {y} l S Q EMC"
        )

    def _text(
        self, element: Any, text: str, at: tuple[float, float], look: Look
    ) -> None:
        """Draw one line as the next mark of its page."""
        sheet = self._sheets[-1]
        mark = len(sheet.owners)
        kind = str(element.S)
        shown = self.stamper.text(text, at, look)
        sheet.drawn.append(f"{kind} <</MCID {mark}>> BDC\n{shown}\nEMC")
        sheet.owners.append(element)

    def _width(self, text: str, look: Look) -> float:
        font = self.stamper.semibold if look.is_strong else self.stamper.regular
        return font.face.width(font.face.clean(text), look.size)

    def _wrapped(self, text: str, look: Look, room: float) -> list[str]:
        """Break a text into lines that fit; a word that is too long is cut."""
        font = self.stamper.semibold if look.is_strong else self.stamper.regular
        lines: list[str] = []
        for word in font.face.clean(text).split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._width(longer, look) <= room:
                lines[-1] = longer
            else:
                lines.append(font.face.clipped(word, look.size, room))
        return lines or [""]

    def _page(self, sheet: _Sheet, cover: Cover, at: int) -> Any:
        own = f"{cover.heading}, side {at + 1} af {len(self._sheets)}"
        stamp = Stamp("", own, "", cover.left, cover.foot)
        drawn = "\n".join(sheet.drawn).encode("ascii")
        around = self.stamper.alone(stamp, WIDTH, HEIGHT)
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(WIDTH, 3), round(HEIGHT, 3)]),
            Contents=self.pdf.make_stream(drawn + b"\n" + around),
            Resources=Dictionary(
                Font=Dictionary(
                    {
                        REGULAR: self.stamper.regular.obj,
                        SEMIBOLD: self.stamper.semibold.obj,
                    }
                )
            ),
            Tabs=Name.S,
        )
        return Page(self.pdf.make_indirect(page))

    def _tag(self, cover: Cover) -> None:
        """Give marks and links their places in the parent tree."""
        tree = self.pdf.Root.StructTreeRoot
        nums: Any = tree.ParentTree.Nums
        pairs = [(int(nums[at]), nums[at + 1]) for at in range(0, len(nums), 2)]
        key = max((each for each, _ in pairs), default=-1) + 1
        for at, sheet in enumerate(self._sheets):
            page = self.pdf.pages[at].obj
            page.StructParents = key
            for mark, element in enumerate(sheet.owners):
                element.K.append(Dictionary(Type=Name.MCR, Pg=page, MCID=mark))
            pairs.append((key, self.pdf.make_indirect(Array(sheet.owners))))
            key += 1
            page.Annots = Array()
            for link, box, line in sheet.links:
                annotation = self._annotation(cover, line, box)
                annotation.StructParent = key
                page.Annots.append(annotation)
                link.K.append(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page))
                pairs.append((key, link))
                key += 1
        tree.ParentTree = self.pdf.make_indirect(Dictionary(Nums=flat(pairs)))
        tree.ParentTreeNextKey = key

    def _annotation(
        self, cover: Cover, line: int, box: tuple[float, float, float, float]
    ) -> Any:
        own = cover.lines[line]
        before = sum(each.count for each in cover.lines[:line])
        target = self.pdf.pages[len(self._sheets) + before].obj
        return self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([round(edge, 2) for edge in box]),
                Border=Array([0, 0, 0]),
                Dest=top_of(target),
                Contents=String(f"Gå til {own.label}. {own.title}"),
            )
        )


def starts(cover: Cover) -> Iterator[tuple[str, int]]:
    """Give each appendix's bookmark, and the sheet of the selection it begins on, from 0."""
    at = 0
    for line in cover.lines:
        yield f"{line.label}. {line.title}", at
        at += line.count
