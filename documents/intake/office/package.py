"""A Word file as a package of parts: what it is, and what it asks for."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from documents.intake.packages import RefusedError, add_up, trees

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W: Final = f"{{{WORD}}}"
_MAIN: Final = "word/document.xml"
_TYPES: Final = "[Content_Types].xml"
_DDE: Final = re.compile(r"^\s*DDE(?:AUTO)?\b", re.IGNORECASE)
_FETCHES: Final = re.compile(
    r"^\s*(?:INCLUDE(?:TEXT|PICTURE)|LINK|IMPORT)\b", re.IGNORECASE
)
_OUTSIDE: Final = ("http:", "https:", "mailto:")


@dataclass(frozen=True, slots=True)
class Package:
    """The judged parts of a Word file.

    Attributes:
        names: of its parts.
        notes: keys of ``sentences.NOTES`` that its parts call for.
        trees: part → its XML, of those that are looked into.
    """

    names: frozenset[str]
    notes: frozenset[str]
    trees: dict[str, ET.Element]

    @classmethod
    def judged(cls, archive: zipfile.ZipFile) -> Package:
        """Judge a package.

        Raises:
            RefusedError: it is no Word file, or what it holds may not come in.
        """
        add_up(archive)
        names = frozenset(archive.namelist())
        if _MAIN not in names or _TYPES not in names:
            raise RefusedError("not_word")
        if any("vbaproject" in name.casefold() for name in names):
            raise RefusedError("macros")
        parts = dict(trees(archive))
        if "macroEnabled" in ET.tostring(parts[_TYPES], encoding="unicode"):
            raise RefusedError("macros")
        notes = {*_of_names(names, parts), *_of_relations(parts), *_of_fields(parts)}
        return cls(names, frozenset(notes), parts)

    @property
    def main(self) -> ET.Element:
        """The document's own text."""
        return self.trees[_MAIN]


def _of_names(names: frozenset[str], trees: dict[str, ET.Element]) -> Iterator[str]:
    for name in names:
        folder, file = posixpath.split(name.casefold())
        if folder in {"word/embeddings", "word/activex"}:
            yield "embedded"
        if folder in {"word/charts", "word/chartex"}:
            yield "charts"
        if folder == "word/diagrams":
            yield "shapes"
        is_edge = folder == "word" and re.match(r"(?:header|footer)\d*\.xml", file)
        if is_edge and _says(trees[name]):
            yield "headers"
        if folder == "word" and file == "comments.xml" and _says(trees[name]):
            yield "comments"


def _says(tree: ET.Element) -> bool:
    return any((node.text or "").strip() for node in tree.iter(f"{W}t"))


def _of_relations(trees: dict[str, ET.Element]) -> Iterator[str]:
    """Tell what the file would fetch from elsewhere; nothing ever is."""
    for name, tree in trees.items():
        if not name.casefold().endswith(".rels"):
            continue
        for relation in tree:
            if relation.get("TargetMode", "").casefold() != "external":
                continue
            kind = relation.get("Type", "").rpartition("/")[2]
            target = relation.get("Target", "").strip().casefold()
            if kind == "attachedTemplate":
                yield "template"
            elif kind != "hyperlink":
                yield "linked"
            elif not target.startswith(_OUTSIDE):
                yield "links"


def _of_fields(trees: dict[str, ET.Element]) -> Iterator[str]:
    for name, tree in trees.items():
        if name.startswith("word/"):
            for said in _fields(tree):
                if _DDE.match(said):
                    raise RefusedError("dde")
                if _FETCHES.match(said):
                    yield "linked"


def _fields(tree: ET.Element) -> Iterator[str]:
    """Give what each field is told to do; Word may cut it in many runs."""
    said: list[str] = []
    for node in tree.iter():
        if node.tag == f"{W}fldSimple":
            yield node.get(f"{W}instr", "")
        elif node.tag == f"{W}fldChar":
            yield "".join(said)
            said = []
        elif node.tag in {f"{W}instrText", f"{W}delInstrText"}:
            said.append(node.text or "")
    yield "".join(said)
