"""The structure tree of a foreign file as a light tree of our own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectSet, Pdf, Stream, String

from documents.intake.scan import is_true

# The standard structure types of PDF 1.7 (ISO 32000-1, 14.8.4).
STANDARD = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
        "Figure",
        "Formula",
        "Form",
    ]
)
MAX_ELEMENTS = 200_000


@dataclass(slots=True)
class Element:
    """A structure element.

    Attributes:
        role: its standard type; its own where no role map leads to a standard one.
        source: its dictionary in the file.
        children: the elements below it, in order.
        content: it holds page content or an annotation itself.
    """

    role: str
    source: Any
    children: list[Element] = field(default_factory=list)
    content: bool = False

    def has_alternative(self) -> bool:
        """Whether it has a text that stands for it."""
        return any(
            isinstance(self.source.get(key), String)
            and str(self.source.get(key)).strip()
            for key in (Name.Alt, Name.ActualText)
        )


@dataclass(slots=True)
class Tree:
    """All elements in reading order, each before those below it.

    Attributes:
        roots: the elements that stand below no other.
        elements: all of them.
        unmapped: roles that are not standard and not mapped to one that is.
        annotations: number of each annotation in the tree → role of its element.
        is_whole: False if the tree was too large to read to its end.
    """

    roots: list[Element]
    elements: list[Element]
    unmapped: set[str]
    annotations: dict[tuple[int, int], str]
    is_whole: bool

    @property
    def figures_without_text(self) -> int:
        return sum(
            element.role == "Figure" and not element.has_alternative()
            for element in self.elements
        )


def read_tree(pdf: Pdf) -> Tree | None:
    """The tags of ``pdf``; None if it is not tagged or its tags hold no content."""
    root = pdf.Root.get(Name.StructTreeRoot)
    mark = pdf.Root.get(Name.MarkInfo)
    if not isinstance(root, Dictionary) or not isinstance(mark, Dictionary):
        return None
    if not is_true(mark.get(Name.Marked)):
        return None
    tree = _Walk(root).read()
    return tree if any(element.content for element in tree.elements) else None


class _Walk:
    """Reads the tree without recursion; every element once, whatever points to it."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.seen = ObjectSet()
        self.tree = Tree([], [], set(), {}, is_whole=True)
        self.roles: dict[str, str] = {}

    def read(self) -> Tree:
        pending = [(kid, self.tree.roots) for kid in reversed(_kids(self.root))]
        while pending:
            source, siblings = pending.pop()
            if len(self.tree.elements) >= MAX_ELEMENTS:
                self.tree.is_whole = False
                break
            if not isinstance(source, Dictionary) or not self.seen.add(source):
                continue
            element = Element(self._role(source), source)
            siblings.append(element)
            self.tree.elements.append(element)
            below = [kid for kid in _kids(source) if not self._is_content(kid, element)]
            pending.extend((kid, element.children) for kid in reversed(below))
        return self.tree

    def _is_content(self, kid: Any, element: Element) -> bool:
        """Whether ``kid`` is page content or an annotation, and no element."""
        if not isinstance(kid, Dictionary):
            element.content |= isinstance(kid, int)
            return True
        kind = kid.get(Name.Type)
        if kind == Name.OBJR:
            target = kid.get(Name.Obj)
            if isinstance(target, (Dictionary, Stream)):
                self.tree.annotations[target.objgen] = element.role
            element.content = True
        elif kind == Name.MCR:
            element.content = True
        else:
            return False
        return True

    def _role(self, source: Any) -> str:
        name = source.get(Name.S)
        own = str(name)[1:] if isinstance(name, Name) else ""
        if own not in self.roles:
            self.roles[own] = self._mapped(own)
        return self.roles[own]

    def _mapped(self, own: str) -> str:
        table = self.root.get(Name.RoleMap)
        role, steps = own, 0
        while role not in STANDARD and isinstance(table, Dictionary) and role:
            further = table.get("/" + role)
            steps += 1
            if not isinstance(further, Name) or steps > len(table):
                break
            role = str(further)[1:]
        if role not in STANDARD:
            self.tree.unmapped.add(own)
            return own
        return role


def _kids(source: Any) -> list[Any]:
    kids = source.get(Name.K)
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]
