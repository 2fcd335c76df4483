"""What WeasyPrint leaves to mend in the tags of a piece, done once when it is cached.

Joining then only copies: a mended piece lists its headings, its table headers have
identifiers that no other piece has, and text is not wrapped in elements that say nothing.
"""

from __future__ import annotations

import hashlib
import io
import re
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from documents.objects import (
    HEADING_LIST,
    HEADINGS,
    MENDED,
    drop,
    flat,
    is_reference,
    kids,
)
from documents.printing.tables import mend_table

if TYPE_CHECKING:
    from collections.abc import Callable

_PX = 0.75
_SAYS_NOTHING = frozenset({"/Span", "/NonStruct"})
_HOLDS_TEXT = HEADINGS | {
    "/Caption", "/LBody", "/Lbl", "/Link", "/NonStruct", "/P", "/Span", "/TD", "/TH",
}  # fmt: skip
_BARE = frozenset({"/K", "/P", "/Pg", "/S", "/Type"})
_MARK = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
_LAB = b"/lab-"
_ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


def mend_piece(data: bytes) -> bytes:
    """A PDF/UA piece fit for joining, made from what WeasyPrint printed.

    Running heads become artifacts, every child of a list item lies in its body, table
    headers get a scope and an identifier of their own, pictures their true place.
    A mended piece is returned as it is; the same input gives the same bytes.

    Raises:
        ValueError: ``data`` has no structure tree.
    """
    pdf = Pdf.open(io.BytesIO(data))
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        msg = "a piece must be printed with tags"
        raise ValueError(msg)
    if MENDED in root:
        return data
    _Mender(pdf, root, hashlib.sha256(data).hexdigest()[:12]).mend()
    for page in pdf.pages:
        drop(page.obj, "/TrimBox", "/BleedBox")
        _hold_resources(page.obj)
    drop(pdf.Root, "/Outlines")
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


def _hold_resources(page: Any) -> None:
    """Let a page hold the list of its fonts itself, without colours that it does not use.

    What is no object of its own is not copied as one when pages are joined.
    """
    held = page.get("/Resources")
    if isinstance(held, Dictionary):
        page.Resources = Dictionary(dict(held.items()))
        if "/ColorSpace" in held and _LAB not in page.Contents.read_bytes():
            del page.Resources["/ColorSpace"]


class _Mender:
    """One pass over one piece's structure tree."""

    def __init__(self, pdf: Pdf, root: Any, digest: str) -> None:
        self.pdf, self.root, self.digest = pdf, root, digest
        nums = root.ParentTree.Nums
        self.parents = {nums[at]: nums[at + 1] for at in range(0, len(nums), 2)}
        self.reached: set[tuple[int, int]] = set()
        self.headings = Array()
        self.ids: dict[str, Any] = {}

    def mend(self) -> None:
        for top in kids(self.root):
            self._walk(top)
        for page in self.pdf.pages:
            self._drop_unreached(page)
        nums = flat(sorted(self.parents.items()))
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=nums))
        self.root[HEADING_LIST] = self.headings
        self.root[MENDED] = True
        if self.ids:
            names = flat((String(key), self.ids[key]) for key in sorted(self.ids))
            self.root.IDTree = self.pdf.make_indirect(Dictionary(Names=names))

    def _walk(self, element: Any) -> None:
        kind = str(element.S)
        if kind in HEADINGS:
            self.headings.append(element)
        mend: Callable[[Any], None] | None = {
            "/LI": self._list_item,
            "/Table": mend_table,
            "/TH": self._header_cell,
            "/TD": self._data_cell,
            "/Figure": self._figure,
        }.get(kind)
        if mend:
            mend(element)
        for kid in kids(element):
            self._walk(kid)
        self._take_in(element, kind in _HOLDS_TEXT)
        if kind == "/Link":
            self._drop_inner_links(element)
            _hold_references(element)
        self.reached.add(element.objgen)

    def _take_in(self, element: Any, may_hold_text: bool) -> None:  # noqa: FBT001
        """Put text straight into ``element`` where a wrapper between says nothing."""
        old = element.get("/K")
        if not isinstance(old, Array):
            return
        new = Array()
        for kid in old:
            if not isinstance(kid, Dictionary) or kid.get("/S") not in _SAYS_NOTHING:
                new.append(kid)
            elif may_hold_text and self._is_bare(kid, element):
                new.extend(kid.K)
                self._own(kid, element)
            elif len(kid.get("/K", ())):
                new.append(kid)
        element.K = new

    @staticmethod
    def _is_bare(kid: Any, element: Any) -> bool:
        if not (_BARE.issuperset(kid.keys()) and isinstance(kid.K, Array)):
            return False
        inside: list[Any] = list(kid.K)
        marks = [mark for mark in inside if isinstance(mark, int)]
        links = [mark for mark in inside if is_reference(mark)]
        return (
            len(marks) + (len(links) if element.S == "/Link" else 0) == len(inside)
            and "/Pg" in element
            and kid.Pg.objgen == element.Pg.objgen
        )

    def _own(self, kid: Any, element: Any) -> None:
        """Make ``element`` the parent of ``kid``'s marks and annotations."""
        marks = self.parents[element.Pg.StructParents]
        for mark in kid.K:
            if isinstance(mark, int):
                marks[mark] = element
            else:
                self.parents[mark.Obj.StructParent] = element

    def _drop_inner_links(self, link: Any) -> None:
        """Keep one annotation where a link lies within another to the same place."""
        outer: list[Any] = []
        for kid in [kid for kid in link.K if is_reference(kid)]:
            if any(_lies_in(kid.Obj, other.Obj) for other in outer):
                own = kid.Obj.objgen
                link.K = Array([k for k in link.K if not _refers_to(k, own)])
                page = link.Pg
                page.Annots = Array([a for a in page.Annots if a.objgen != own])
                del self.parents[kid.Obj.StructParent]
            else:
                outer.append(kid)

    def _list_item(self, item: Any) -> None:
        """Move what is neither label nor body into the body."""
        inside = list(kids(item))
        stray = [kid for kid in inside if kid.S not in ("/Lbl", "/LBody")]
        if not stray:
            return
        body = next((kid for kid in inside if kid.S == "/LBody"), None)
        if body is None:
            body = self.pdf.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=Array())
            )
            if "/Pg" in item:
                body.Pg = item.Pg
            inside.append(body)
        for kid in stray:
            kid.P = body
            body.K.append(kid)
        item.K = Array([kid for kid in inside if kid.S in ("/Lbl", "/LBody")])

    def _name(self, key: Any) -> str:
        return f"{self.digest}-{key}"

    def _header_cell(self, cell: Any) -> None:
        if "/ID" in cell:
            key = self._name(cell.ID)
            cell.ID = String(key)
            self.ids[key] = cell

    def _data_cell(self, cell: Any) -> None:
        attributes = cell.get("/A")
        if attributes is None or "/Headers" not in attributes:
            return
        names = [String(self._name(key)) for key in attributes.Headers]
        if names:
            attributes.Headers = Array(names)
        else:
            del attributes["/Headers"]

    def _figure(self, figure: Any) -> None:
        """Turn the picture's box from CSS pixels downwards into points upwards."""
        attributes = figure.get("/A")
        if attributes is None or "/BBox" not in attributes:
            return
        left, top, right, bottom = (float(edge) * _PX for edge in attributes.BBox)
        height = float(figure.Pg.MediaBox[3])
        attributes.BBox = Array(
            [round(edge, 2) for edge in (left, height - bottom, right, height - top)]
        )

    def _drop_unreached(self, page: Any) -> None:
        """Make artifacts of the marks that belong to no element in the tree."""
        marks = self.parents.get(page.obj.get("/StructParents"))
        if marks is None:
            return
        lost = {
            at for at, element in enumerate(marks) if element.objgen not in self.reached
        }
        if not lost:
            return
        for at in lost:
            marks[at] = None
        content = page.obj.Contents.read_bytes()
        page.obj.Contents = self.pdf.make_stream(
            _MARK.sub(
                lambda mark: _ARTIFACT if int(mark[1]) in lost else mark[0], content
            )
        )


def _hold_references(link: Any) -> None:
    """Let a link hold its references to annotations itself: see ``_hold_resources``."""
    if isinstance(link.get("/K"), Array):
        link.K = Array(
            [Dictionary(dict(k.items())) if is_reference(k) else k for k in link.K]
        )


def _refers_to(kid: Any, objgen: tuple[int, int]) -> bool:
    return is_reference(kid) and kid.Obj.objgen == objgen


def _lies_in(inner: Any, outer: Any) -> bool:
    """Whether one link's rectangle lies in another's, and both lead to one place."""
    if inner.get("/Contents") != outer.get("/Contents"):
        return False
    left, right = sorted((float(outer.Rect[0]), float(outer.Rect[2])))
    bottom, top = sorted((float(outer.Rect[1]), float(outer.Rect[3])))
    across = (float(inner.Rect[0]) + float(inner.Rect[2])) / 2
    up = (float(inner.Rect[1]) + float(inner.Rect[3])) / 2
    return left <= across <= right and bottom <= up <= top
