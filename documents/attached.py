"""Data files inside a PDF: listed once by name, and hung on what they belong to.

No clock is asked, so the files have no dates: the same data give the same bytes.

Source: docs/rules.md R-56.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, NameTree, Pdf, Stream, String

from documents.objects import flat, kids
from documents.parts import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

AF = "/AF"


class Attachments:
    """The data files of a PDF under way."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self._listed: dict[str, Any] = {}

    def hang(self, owner: Any, files: Iterable[DataFile], label: str = "") -> None:
        """Let files belong to ``owner``: a structure element, or the catalog.

        Args:
            label: what their names begin with: "2.1 Bilag 1".
        """
        hung = [self._specification(file, label) for file in files]
        if hung:
            owner[AF] = Array([*owner.get(AF, ()), *hung])

    def _specification(self, file: DataFile, label: str) -> Any:
        name = self._free(f"{label} {file.name}".strip())
        spec = self.pdf.make_indirect(specification(self.pdf, file, name))
        self._listed[name] = spec
        return spec

    def _free(self, name: str) -> str:
        """Give a name that no other file of the PDF has."""
        lead, dot, ending = name.rpartition(".")
        number, free = 1, name
        while free in self._listed:
            number += 1
            free = f"{lead} ({number}){dot}{ending}"
        return free

    def finish(self) -> None:
        """List the files by name; call once, after the other names are written."""
        write_list(self.pdf, self._listed)


def specification(pdf: Pdf, file: DataFile, name: str) -> Dictionary:
    """Give the dictionary that a file is known by inside a PDF, with its bytes."""
    md5 = hashlib.md5(file.content, usedforsecurity=False).digest()
    stream = pdf.make_stream(
        file.content,
        Type=Name.EmbeddedFile,
        Subtype=Name(f"/{file.media_type}"),
        Params=Dictionary(Size=len(file.content), CheckSum=String(md5)),
    )
    return Dictionary(
        Type=Name.Filespec,
        F=String(name),
        UF=String(name),
        Desc=String(file.description),
        AFRelationship=Name.Data,
        EF=Dictionary(F=stream, UF=stream),
    )


def write_list(pdf: Pdf, listed: dict[str, Any]) -> None:
    """List files by name, sorted by the names' bytes; what was listed before goes."""
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary) and "/EmbeddedFiles" in names:
        del names["/EmbeddedFiles"]
    if not listed:
        return
    keys = sorted(listed, key=lambda name: bytes(String(name)))
    entries = flat((String(key), listed[key]) for key in keys)
    tree = pdf.make_indirect(Dictionary(Names=entries))
    if isinstance(names, Dictionary):
        names.EmbeddedFiles = tree
    else:
        pdf.Root.Names = Dictionary(EmbeddedFiles=tree)


def read_list(pdf: Pdf) -> Iterator[DataFile]:
    """Give the files that a PDF made here lists, in the order of their names."""
    names = pdf.Root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, Dictionary) else None
    if not isinstance(tree, Dictionary):
        return
    for spec in NameTree(tree).values():
        stream: Any = spec.EF.F
        yield DataFile(
            name=str(spec.UF),
            media_type=str(stream.Subtype).removeprefix("/"),
            description=str(spec.Desc),
            content=bytes(stream.read_bytes()),
        )


def left_of(top: Any, kept: set[tuple[int, int]]) -> dict[str, Any]:
    """Take data off what is not there with all of its pages; give what is left, by name.

    Args:
        top: the structure's uppermost element.
        kept: the pages that stay.
    """
    found: dict[str, Any] = {}
    for element in _owners(top):
        if _pages(element) <= kept:
            found |= {str(spec.UF): spec for spec in element[AF]}
        else:
            del element[AF]
    return found


def _owners(top: Any) -> Iterator[Any]:
    """Give the elements with data: parts, which hang right below the document."""
    for element in (top, *kids(top)):
        if isinstance(element.get(AF), Array):
            yield element


def _pages(element: Any) -> set[tuple[int, int]]:
    """Give the pages that an element and all below it lie on."""
    found: set[tuple[int, int]] = set()
    todo = [element]
    while todo:
        each = todo.pop()
        if "/Pg" in each:
            found.add(each.Pg.objgen)
        below = each.get("/K")
        inside = list(below) if isinstance(below, Array) else [below]
        todo += [kid for kid in inside if isinstance(kid, (Dictionary, Stream))]
    return found
