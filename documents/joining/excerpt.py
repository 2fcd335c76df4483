"""Some pages of a packet as a file of their own, with their tags, stamps and links.

Whatever lies on other pages goes: its structure elements, links to it, its bookmarks.
Data go along with an appendix that is there with all of its pages.
"""

from __future__ import annotations

import io
import re
from html import escape
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, NameTree, ObjectStreamMode, Pdf, String

from documents.attached import left_of, write_list
from documents.joining.cover import CoverWriter, starts
from documents.joining.outline import Bookmark, top_of, write_bookmarks, write_labels
from documents.objects import HEADINGS, drop, flat, is_reference, kids

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from documents.joining.cover import Cover

_TITLE = re.compile(
    r"(<dc:title><rdf:Alt><rdf:li[^>]*>).*?(</rdf:li></rdf:Alt></dc:title>)", re.DOTALL
)


def excerpt(
    path: Path,
    sheets: Sequence[int],
    *,
    labels: Sequence[str],
    title: str,
    cover: Cover | None = None,
    fonts: Path | None = None,
) -> bytes:
    """Give some pages of a packet as PDF; the same input gives the same bytes.

    Args:
        path: a packet that ``documents.joining.packet.join`` made.
        sheets: which pages, from 1, ascending; at least one.
        labels: what each of them is called in the packet.
        title: the new file's own title.
        cover: what its contents page says; its pages come first, and are no sheets.
        fonts: folder with the fonts that the contents page is set in.

    Raises:
        ValueError: no page is asked for, or not as many labels as pages.
    """
    if not sheets or len(sheets) != len(labels):
        msg = f"{len(labels)} labels for {len(sheets)} pages"
        raise ValueError(msg)
    with Pdf.open(path) as pdf:
        kept = {pdf.pages[at - 1].obj.objgen for at in sheets}
        _Cutter(pdf, kept).cut()
        for at in reversed(range(len(pdf.pages))):
            if at + 1 not in set(sheets):
                del pdf.pages[at]
        named = list(zip(labels, pdf.pages, strict=True))
        marks = [Bookmark(f"Side {label}", top_of(page.obj)) for label, page in named]
        if cover is not None and fonts is not None:
            marks, labels = _with_cover(pdf, cover, fonts, labels)
        write_labels(pdf, labels)
        write_bookmarks(pdf, marks)
        _name(pdf, title)
        pdf.remove_unreferenced_resources()
        out = io.BytesIO()
        pdf.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
        )
    return out.getvalue()


def _with_cover(
    pdf: Pdf, cover: Cover, fonts: Path, labels: Sequence[str]
) -> tuple[list[Bookmark], list[str]]:
    """Put the contents page first; give the bookmarks and labels of all pages."""
    begins = [(name, top_of(pdf.pages[at].obj)) for name, at in starts(cover)]
    count = CoverWriter(pdf, fonts).put(cover)
    own = [f"Indhold {at}" for at in range(1, count + 1)] if count > 1 else ["Indhold"]
    first = Bookmark(cover.heading, top_of(pdf.pages[0].obj))
    return [first, *(Bookmark(name, top) for name, top in begins)], [*own, *labels]


def _name(pdf: Pdf, title: str) -> None:
    """Give the file its own title, in its metadata too; its claim stays as it was."""
    pdf.docinfo[Name.Title] = String(title)
    before = pdf.Root.Metadata.read_bytes().decode()
    named = _TITLE.sub(lambda found: f"{found[1]}{escape(title)}{found[2]}", before)
    pdf.Root.Metadata = pdf.make_stream(
        named.encode(), Type=Name.Metadata, Subtype=Name.XML
    )


class _Cutter:
    """One pass over a packet's structure, names and links."""

    def __init__(self, pdf: Pdf, kept: set[tuple[int, int]]) -> None:
        self.pdf, self.kept = pdf, kept
        self.gone_elements: set[tuple[int, int]] = set()
        self.level = 0

    def cut(self) -> None:
        """Leave only what lies on the kept pages."""
        names = self._names()
        for page in self.pdf.pages:
            if page.obj.objgen in self.kept:
                self._cut_links(page.obj, names)
        tree = self.pdf.Root.StructTreeRoot
        data: dict[str, Any] = {}
        for top in list(kids(tree)):
            data |= left_of(top, self.kept)
            self._prune(top, None)
        write_list(self.pdf, data)
        self._keep_parents(tree)
        for top in kids(tree):
            self._settle(top)
        drop(self.pdf.Root, "/Outlines")
        self._cut_fields()

    def _cut_fields(self) -> None:
        """Leave the form fields that are shown on a kept page."""
        form = self.pdf.Root.get("/AcroForm")
        if form is None:
            return
        shown = {
            annotation.objgen
            for page in self.pdf.pages
            if page.obj.objgen in self.kept
            for annotation in page.obj.get("/Annots", ())
        }
        left = [field for field in form.Fields if _keep_shown(field, shown)]
        if left:
            form.Fields = Array(left)
        else:
            drop(self.pdf.Root, "/AcroForm")

    def _names(self) -> set[str]:
        """Keep the destinations on kept pages, and give their names."""
        root = self.pdf.Root
        tree = root.Names.Dests if "/Names" in root else None
        found = dict(NameTree(tree).items()) if tree is not None else {}
        left = {
            str(name): place
            for name, place in found.items()
            if self._leads_to_kept(place)
        }
        keys = sorted(left, key=lambda name: bytes(String(name)))
        entries = flat((String(name), left[name]) for name in keys)
        drop(root, "/Names")
        if left:
            dests = self.pdf.make_indirect(Dictionary(Names=entries))
            root.Names = Dictionary(Dests=dests)
        return set(left)

    def _leads_to_kept(self, place: Any) -> bool:
        target = place.get("/D") if isinstance(place, Dictionary) else place
        return isinstance(target, Array) and target[0].objgen in self.kept

    def _cut_links(self, page: Any, names: set[str]) -> None:
        """Remove links into pages that go; their words stay."""
        if "/Annots" not in page:
            return
        page.Annots = Array(
            [each for each in page.Annots if self._leads_somewhere(each, names)]
        )

    def _leads_somewhere(self, annotation: Any, names: set[str]) -> bool:
        target = annotation.get("/Dest")
        action = annotation.get("/A")
        if target is None and isinstance(action, Dictionary):
            target = action.get("/D") if action.get("/S") == "/GoTo" else None
        if isinstance(target, (String, Name)):
            return str(target).removeprefix("/") in names
        return not isinstance(target, Array) or self._leads_to_kept(target)

    def _prune(self, element: Any, page: Any) -> bool:
        """Drop what lies on other pages; tell whether ``element`` is to stay.

        An element that never held anything (an empty cell) stays with its neighbours.
        """
        page = element.get("/Pg", page)
        below = element.get("/K")
        inside: list[Any] = list(below) if isinstance(below, Array) else [below]
        inside = [kid for kid in inside if kid is not None]
        left = [kid for kid in inside if self._stays(kid, page)]
        if inside and not any(map(_says_something, left)):
            self.gone_elements.add(element.objgen)
            return False
        if len(left) < len(inside):
            element.K = Array(left)
        if "/Pg" in element and element.Pg.objgen not in self.kept:
            self._move_page(element)
        return True

    def _stays(self, kid: Any, page: Any) -> bool:
        if not isinstance(kid, Dictionary):
            return page is not None and page.objgen in self.kept
        if "/S" in kid:
            return self._prune(kid, page)
        if is_reference(kid):
            own = kid.get("/Pg", page)
            return own is not None and own.objgen in self.kept and self._is_on(kid, own)
        return kid.get("/Pg", page).objgen in self.kept

    @staticmethod
    def _is_on(kid: Any, page: Any) -> bool:
        """Whether the annotation it refers to was left on its page."""
        own = kid.Obj.objgen
        return any(each.objgen == own for each in page.get("/Annots", ()))

    def _move_page(self, element: Any) -> None:
        """Let an element that began on another page begin where its first mark is."""
        for kid in element.get("/K", ()):
            if isinstance(kid, Dictionary) and "/Pg" in kid:
                element.Pg = kid.Pg
                return
        drop(element, "/Pg")

    def _keep_parents(self, tree: Any) -> None:
        """Leave the entries of kept pages and annotations in the parent tree."""
        wanted: set[int] = set()
        for page in self.pdf.pages:
            if page.obj.objgen in self.kept:
                wanted |= set(_keys(page.obj))
        nums = tree.ParentTree.Nums
        pairs = [
            (int(nums[at]), nums[at + 1])
            for at in range(0, len(nums), 2)
            if int(nums[at]) in wanted
        ]
        tree.ParentTree = self.pdf.make_indirect(Dictionary(Nums=flat(pairs)))
        if "/IDTree" in tree:
            names = tree.IDTree.Names
            ids = [
                (names[at], names[at + 1])
                for at in range(0, len(names), 2)
                if names[at + 1].objgen not in self.gone_elements
            ]
            drop(tree, "/IDTree")
            if ids:
                tree.IDTree = self.pdf.make_indirect(Dictionary(Names=flat(ids)))

    def _settle(self, element: Any) -> None:
        """Let no heading skip a level, and no link stand without its annotation."""
        if str(element.S) in HEADINGS:
            self.level = min(int(str(element.S)[2:]), self.level + 1)
            element.S = Name(f"/H{self.level}")
        below = element.get("/K")
        inside: list[Any] = list(below) if isinstance(below, Array) else [below]
        if element.S == "/Link" and not any(map(is_reference, inside)):
            element.S = Name.Span
        for kid in kids(element):
            self._settle(kid)


def _keep_shown(field: Any, shown: set[tuple[int, int]]) -> bool:
    """Drop what of a form field is not shown; tell whether any of it is."""
    if "/Kids" not in field:
        return field.objgen in shown
    left = [kid for kid in field.Kids if _keep_shown(kid, shown)]
    field.Kids = Array(left)
    return bool(left)


def _says_something(kid: Any) -> bool:
    """Whether a kid that was kept holds anything, so that its parent is needed."""
    if not isinstance(kid, Dictionary) or "/S" not in kid:
        return True
    below = kid.get("/K")
    inside: list[Any] = list(below) if isinstance(below, Array) else [below]
    return any(each is not None and _says_something(each) for each in inside)


def _keys(page: Any) -> Iterator[int]:
    """The parent-tree keys of a page, its annotations and what else is drawn on it."""
    if "/StructParents" in page:
        yield int(page.StructParents)
    for annotation in page.get("/Annots", ()):
        if "/StructParent" in annotation:
            yield int(annotation.StructParent)
    resources = page.get("/Resources", {})
    for drawn in dict(resources.get("/XObject", {})).values():
        for key in ("/StructParent", "/StructParents"):
            if key in drawn:
                yield int(drawn[key])
