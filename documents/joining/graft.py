"""Joining pages with their tags: one structure tree grown from many files.

Only files made ready by ``mend_piece`` or ``place`` are grafted; both list their
headings and keep a flat parent tree, so that joining copies and does not search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String

from documents.joining.carry import carry_over
from documents.objects import (
    HEADING_LIST,
    KEYED_LIST,
    MENDED,
    drop,
    flat,
    is_reference,
    kids,
    page_index,
)
from documents.printing.mend import mend_piece

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Graft", "Link", "mend_piece"]

SCHEME = "kkr:"
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Link:
    """A link annotation whose target is looked up when all parts are in."""

    annotation: Any
    page: Any
    names: tuple[str, ...]
    text: str


class Graft:
    """A packet being grown: pages, one Document element, names and links.

    Attributes:
        names: destination name → explicit destination.
        titles: destination name → words for a link that leads there.
    """

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.names: dict[str, Any] = {}
        self.titles: dict[str, str] = {}
        self.links: list[Link] = []
        self._next_key = 0
        self._level = 0
        self._parents: dict[int, Any] = {}
        self._ids: dict[str, Any] = {}
        self._document = self._element("Document")
        self._part = self._document

    def _element(self, kind: str, parent: Any = None) -> Any:
        element = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), K=Array())
        )
        if parent is not None:
            element.P = parent
            parent.K.append(element)
        return element

    @property
    def part(self) -> Any:
        """The Part element that was opened last."""
        return self._part

    def open_part(self, title: str, language: str = "") -> None:
        """Begin a new Part element; what is added from now on lies in it."""
        self._part = self._element("Part", self._document)
        self._part.T = String(title)
        if language:
            self._part.Lang = String(language)

    def name(self, name: str, page: Any, title: str = "") -> None:
        """Let ``name`` lead to the top of ``page``, unless it leads somewhere already."""
        top = Array([page, Name.XYZ, None, page.MediaBox[3], None])
        self.names.setdefault(name, top)
        if title:
            self.titles.setdefault(name, title)

    def add(self, source: Pdf, prefix: str, depth: int) -> list[Any]:
        """Copy all pages of ``source`` with tags, names and links.

        Args:
            source: made by ``mend_piece`` or ``place``.
            prefix: what its destination names are prefixed with.
            depth: how many levels its headings are lowered, at most to H6, and less
                where a level would be skipped: its first comes under the one before.

        Returns:
            The new pages' dictionaries, in order.

        Raises:
            ValueError: ``source`` was not made ready, or has no pages.
        """
        tree = source.Root.get("/StructTreeRoot")
        if tree is None or MENDED not in tree:
            msg = f"{prefix}: the file was not made ready for joining"
            raise ValueError(msg)
        if not len(source.pages):
            msg = f"{prefix}: the file has no pages"
            raise ValueError(msg)
        first = len(self.pdf.pages)
        for copied in source.pages:
            self.pdf.pages.append(copied)
        pages: list[Any] = [
            self.pdf.pages[at].obj for at in range(first, len(self.pdf.pages))
        ]
        self._take_names(source, pages, prefix)
        for page in pages:
            self._take_page(page, prefix)
        self._take_tree(self.pdf.copy_foreign(tree), prefix, depth)
        carry_over(self.pdf, source, prefix)
        return pages

    def _take_page(self, page: Any, prefix: str) -> None:
        page.Tabs = Name.S
        if "/StructParents" in page:
            page.StructParents += self._next_key
        for annotation in page.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent += self._next_key
            if annotation.get("/Subtype") == "/Link":
                self._take_link(annotation, page, prefix)

    def _take_link(self, annotation: Any, page: Any, prefix: str) -> None:
        """Note a link by name for later; other links stay as they are."""
        target, action = annotation.get("/Dest"), annotation.get("/A")
        action = action if isinstance(action, Dictionary) else Dictionary()
        if target is None and action.get("/S") == "/GoTo":
            target = action.get("/D")
        if isinstance(target, (String, Name)):
            name = str(target).removeprefix("/")
            names: tuple[str, ...] = (f"{prefix}/{name}",)
        elif str(action.get("/URI", "")).startswith(SCHEME):
            name = unquote(str(action.URI).removeprefix(SCHEME))
            names = (f"{prefix}/{name}", name)
        else:
            return
        self.links.append(Link(annotation, page, names, name))

    def _take_names(self, source: Pdf, pages: list[Any], prefix: str) -> None:
        index = {page.obj.objgen: at for at, page in enumerate(source.pages)}
        for name, target in _destinations(source):
            place: Any = target.get("/D") if isinstance(target, Dictionary) else target
            at = page_index(place, index)
            if at is not None:
                rest = [place[n] for n in range(1, len(place))]
                self.names.setdefault(f"{prefix}/{name}", Array([pages[at], *rest]))

    def _take_tree(self, tree: Any, prefix: str, depth: int) -> None:
        self._take_ids(tree, prefix)
        base, nums = self._next_key, tree.ParentTree.Nums
        for at in range(0, len(nums), 2):
            self._parents[base + nums[at]] = nums[at + 1]
            self._next_key = max(self._next_key, base + nums[at] + 1)
        for keyed in tree.get(KEYED_LIST, ()):
            for key in ("/StructParent", "/StructParents"):
                if key in keyed:
                    keyed[key] += base
        self._lower(tree[HEADING_LIST], depth)
        for top in kids(tree):
            if top.S == "/Document":
                top.S = Name.Sect
            top.P = self._part
            self._part.K.append(top)

    def _lower(self, headings: Any, depth: int) -> None:
        """Lower headings by ``depth``, or less where that would skip a level."""
        depth = min(depth, self._level)
        for heading in headings:
            self._level = min(int(str(heading.S)[2:]) + depth, DEEPEST)
            heading.S = Name(f"/H{self._level}")

    def _take_ids(self, tree: Any, prefix: str) -> None:
        """Collect element identifiers; a second copy of a file gets its own."""
        names = tree.IDTree.Names if "/IDTree" in tree else ()
        found = {str(names[at]): names[at + 1] for at in range(0, len(names), 2)}
        if not self._ids.keys().isdisjoint(found):
            found = {f"{prefix}-{key}": element for key, element in found.items()}
            for top in kids(tree):
                _prefix_ids(top, prefix)
        self._ids.update(found)

    def resolve(self) -> tuple[str, ...]:
        """Point every noted link at its target; return the anchors that have none."""
        dropped = []
        for link in self.links:
            name = next((name for name in link.names if name in self.names), None)
            if name is None:
                dropped.append(link.text)
                self._unlink(link)
                continue
            drop(link.annotation, "/A")
            link.annotation.Dest = String(name)
            self._describe(link, name)
        return tuple(dropped)

    def _describe(self, link: Link, name: str) -> None:
        """Give the link words for a screen reader where it only has an address."""
        said = str(link.annotation.get("/Contents", ""))
        if not said or unquote(said.removeprefix(SCHEME)) == link.text:
            title = self.titles.get(name, "")
            words = f"Gå til {title}" if title else "Gå til stedet i dokumentet"
            link.annotation.Contents = String(words)

    def _unlink(self, link: Link) -> None:
        """Remove a link that leads nowhere; its text stays, as plain text."""
        own = link.annotation.objgen
        link.page.Annots = Array([a for a in link.page.Annots if a.objgen != own])
        element = self._parents.pop(link.annotation.get("/StructParent", -1), None)
        if element is None:
            return
        inside = element.K if isinstance(element.K, Array) else [element.K]
        element.K = Array([kid for kid in inside if not _refers_to(kid, own)])
        others = [kid for kid in element.K if is_reference(kid)]
        if element.S == "/Link" and not others:
            element.S = Name.Span

    def finish(self) -> None:
        """Write the structure root and the names; call after ``resolve``."""
        nums = flat(sorted(self._parents.items()))
        root = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([self._document]),
                ParentTree=self.pdf.make_indirect(Dictionary(Nums=nums)),
                ParentTreeNextKey=self._next_key,
            )
        )
        if self._ids:
            root.IDTree = self._name_tree(self._ids)
        self._document.P = root
        self.pdf.Root.StructTreeRoot = root
        if self.names:
            self.pdf.Root.Names = Dictionary(Dests=self._name_tree(self.names))

    def _name_tree(self, entries: dict[str, Any]) -> Any:
        """A name tree in one node, sorted by the names' bytes."""
        keys = sorted(entries, key=lambda name: bytes(String(name)))
        names = flat((String(name), entries[name]) for name in keys)
        return self.pdf.make_indirect(Dictionary(Names=names))


def _destinations(source: Pdf) -> Iterator[tuple[str, Any]]:
    """Named destinations of both kinds: the name tree's and the old dictionary's."""
    names = source.Root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, Dictionary) else None
    if isinstance(tree, Dictionary):
        for key, target in NameTree(tree).items():
            yield str(key), target
    old: Any = source.Root.get("/Dests")
    for name in old.keys() if isinstance(old, Dictionary) else ():
        yield name.removeprefix("/"), old[name]


def _refers_to(kid: Any, objgen: tuple[int, int]) -> bool:
    return is_reference(kid) and kid.Obj.objgen == objgen


def _prefix_ids(element: Any, prefix: str) -> None:
    if "/ID" in element:
        element.ID = String(f"{prefix}-{element.ID}")
    attributes = element.get("/A")
    for owner in attributes if isinstance(attributes, Array) else [attributes]:
        if isinstance(owner, Dictionary) and "/Headers" in owner:
            owner.Headers = Array([String(f"{prefix}-{key}") for key in owner.Headers])
    for kid in kids(element):
        _prefix_ids(kid, prefix)
