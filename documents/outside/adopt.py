"""The structure tree of a file from outside, made fit for grafting.

Its tags are kept. What only had meaning inside its own file is settled: role names
become the standard types they stand for, classes become attributes, heading levels
run without gaps, and boxes follow the page into its frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, NumberTree, Pdf, Stream, String

from documents.objects import (
    HEADING_LIST,
    HEADINGS,
    KEYED_LIST,
    MENDED,
    drop,
    flat,
    kids,
    numbers_of,
)
from documents.outside.content import xobjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from documents.outside.sheet import Sheet

STANDARD = HEADINGS | {
    "/Annot", "/Art", "/BibEntry", "/BlockQuote", "/Caption", "/Code", "/Div",
    "/Document", "/Figure", "/Form", "/Formula", "/H", "/Index", "/L", "/LBody", "/LI",
    "/Lbl", "/Link", "/NonStruct", "/Note", "/P", "/Part", "/Private", "/Quote", "/RB",
    "/RP", "/RT", "/Reference", "/Ruby", "/Sect", "/Span", "/TBody", "/TD", "/TFoot",
    "/TH", "/THead", "/TOC", "/TOCI", "/TR", "/Table", "/WP", "/WT", "/Warichu",
}  # fmt: skip
# Types of PDF 2.0 that PDF/UA-1 does not know, and what says nearly the same.
NEWER = {
    "/Aside": "/Sect", "/DocumentFragment": "/Sect", "/Em": "/Span", "/FENote": "/Note",
    "/Strong": "/Span", "/Sub": "/Span", "/Title": "/P",
}  # fmt: skip
_LONGEST_ROLE_CHAIN = 32


def has_tags(pdf: Pdf) -> bool:
    """Whether there is a structure tree with content in it."""
    root = pdf.Root.get("/StructTreeRoot")
    return (
        isinstance(root, Dictionary)
        and isinstance(root.get("/ParentTree"), Dictionary)
        and next(kids(root), None) is not None
    )


def adopt(pdf: Pdf, sheets: Mapping[tuple[int, int], Sheet]) -> None:
    """Make the structure tree of ``pdf`` fit for ``Graft.add``.

    Args:
        sheets: page object → where it lies; annotations are already moved.
    """
    root = pdf.Root.StructTreeRoot
    adopter = _Adopter(root, sheets)
    adopter.walk()
    parents = {int(key): value for key, value in NumberTree(root.ParentTree).items()}
    top = next(kids(root))
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            given: Any = annotation.get("/StructParent")
            if not isinstance(given, int) or given not in parents:
                key = max(parents, default=-1) + 1
                parents[key] = tag_annotation(pdf, top, page.obj, annotation, key)
    write_root(pdf, root, parents, adopter.headings)
    root[KEYED_LIST] = Array(_keyed(page.obj for page in pdf.pages))
    if adopter.ids:
        names = flat((String(name), adopter.ids[name]) for name in sorted(adopter.ids))
        root.IDTree = pdf.make_indirect(Dictionary(Names=names))


def write_root(pdf: Pdf, root: Any, parents: dict[int, Any], headings: Any) -> None:
    """Leave in ``root`` only what grafting reads."""
    drop(root, "/RoleMap", "/ClassMap", "/IDTree", "/Namespaces", "/AF")
    drop(root, "/PronunciationLexicon")
    nums = flat(sorted(parents.items()))
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=nums))
    root[HEADING_LIST] = headings
    root[MENDED] = True


def tag_annotation(pdf: Pdf, parent: Any, page: Any, annotation: Any, key: int) -> Any:
    """Give an annotation without a place in the structure an element of its own."""
    kind = {"/Link": Name.Link, "/Widget": Name.Form}.get(
        str(annotation.get("/Subtype")), Name.Annot
    )
    reference = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)
    element = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem, S=kind, P=parent, Pg=page, K=Array([reference])
        )
    )
    below = parent.get("/K", Array())
    parent.K = Array(
        [*below, element] if isinstance(below, Array) else [below, element]
    )
    annotation.StructParent = key
    return element


def _keyed(pages: Iterable[Any]) -> list[Any]:
    """Forms and images that have a key in the parent tree, each once."""
    seen: dict[tuple[int, int], Any] = {}
    todo: list[Any] = [entry for page in pages for entry in xobjects(page)]
    while todo:
        stream = todo.pop()
        if stream.objgen in seen:
            continue
        seen[stream.objgen] = stream
        todo += xobjects(stream)
    keys = ("/StructParent", "/StructParents")
    return [s for s in seen.values() if any(key in s for key in keys)]


class _Adopter:
    """One pass over a structure tree that may be deep, odd or circular."""

    def __init__(self, root: Any, sheets: Mapping[tuple[int, int], Sheet]) -> None:
        self.root, self.sheets = root, sheets
        roles = root.get("/RoleMap")
        self.roles = roles if isinstance(roles, Dictionary) else Dictionary()
        classes = root.get("/ClassMap")
        self.classes = classes if isinstance(classes, Dictionary) else Dictionary()
        self.headings = Array()
        self.ids: dict[str, Any] = {}
        self._level = 0

    def walk(self) -> None:
        """Visit every element in reading order."""
        seen: set[tuple[int, int]] = set()
        todo = [(element, 0) for element in reversed(list(kids(self.root)))]
        while todo:
            element, sections = todo.pop()
            if element.is_indirect:
                if element.objgen in seen:
                    continue
                seen.add(element.objgen)
            below = list(kids(element))
            sections += any(self._standard(kid) == "/H" for kid in below)
            self._settle(element, sections)
            todo += [(kid, sections) for kid in reversed(below)]

    def _standard(self, element: Any) -> str:
        """The standard type that the element's own type stands for."""
        kind = str(element.S)
        for _ in range(_LONGEST_ROLE_CHAIN):
            if kind in STANDARD:
                return kind
            if kind in NEWER:
                return NEWER[kind]
            mapped = self.roles.get(kind)
            if not isinstance(mapped, Name):
                break
            kind = str(mapped)
        return "/NonStruct"

    def _settle(self, element: Any, sections: int) -> None:
        kind = self._standard(element)
        if kind == "/H" or kind in HEADINGS:
            wanted = sections if kind == "/H" else int(kind[2:])
            self._level = max(1, min(wanted, self._level + 1, 6))
            kind = f"/H{self._level}"
            self.headings.append(element)
        if kind != element.S:
            element.S = Name(kind)
        drop(element, "/NS")
        if "/ID" in element:
            self.ids.setdefault(str(element.ID), element)
        self._attributes(element)

    def _attributes(self, element: Any) -> None:
        """Spell out the element's classes, and move its box with the page."""
        own = element.get("/A")
        held = list(own) if isinstance(own, Array) else [] if own is None else [own]
        if "/C" in element:
            named = element.C if isinstance(element.C, Array) else [element.C]
            for name in named:
                given = self.classes.get(str(name)) if isinstance(name, Name) else None
                held += list(given) if isinstance(given, Array) else [given]
            del element["/C"]
        held = [self._moved(kept, element) for kept in held if _is_attribute(kept)]
        if held:
            element.A = Array(held) if len(held) > 1 else held[0]
        else:
            drop(element, "/A")

    def _moved(self, attribute: Any, element: Any) -> Any:
        page = element.get("/Pg")
        sheet = self.sheets.get(page.objgen) if isinstance(page, Dictionary) else None
        if sheet is None or not isinstance(attribute, Dictionary):
            return attribute
        box = numbers_of(attribute.get("/BBox"), 4)
        if not box:
            return attribute
        left, bottom, right, top = box
        moved: Any = Dictionary(dict(attribute.items()))
        moved.BBox = Array(
            [round(edge, 2) for edge in sheet.matrix.rect((left, bottom, right, top))]
        )
        return moved


def _is_attribute(value: Any) -> bool:
    return isinstance(value, (Dictionary, Stream))
