"""Reads a PDF back with qpdf and poppler: shares no code with what wrote it."""

from __future__ import annotations

import html
import json
import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

MM = 72 / 25.4
_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_HEADING = re.compile(r"^( *)(H[1-6])\b.*$")
_QUOTED = re.compile(r'^ *"(.*)"$')
_DEST = re.compile(r'^ *(\d+) \[ (.*?) *\] "(.*)"$')


def run(*command: str | Path) -> str:
    """What ``command`` prints; warnings of qpdf (exit 3) are let through."""
    done = subprocess.run(list(map(str, command)), capture_output=True, check=False)
    assert done.returncode in (0, 3), done.stderr.decode()
    return done.stdout.decode(errors="replace")


@dataclass(frozen=True)
class Word:
    """One word; millimetres from the upper left corner of the page as displayed."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """One page as displayed, in millimetres."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def between(self, left: float, right: float, bottom: float = 13.5) -> str:
        """The words of the packet's zone whose middle lies in this column."""
        inside = [
            word
            for word in self.words
            if left <= (word.left + word.right) / 2 < right and word.bottom < bottom
        ]
        ordered = sorted(inside, key=lambda word: word.left)
        return " ".join(word.text for word in ordered)

    @property
    def stamp(self) -> tuple[str, str, str]:
        """The three fields: label, own page, "pakkens side 41"."""
        edge = self.width - 20
        return (
            self.between(edge - 98, edge - 70),
            self.between(edge - 70, edge - 35),
            self.between(edge - 35, edge),
        )

    @property
    def number(self) -> str:
        """The packet page that the stamp says."""
        return self.stamp[2].removeprefix("pakkens side ")

    @property
    def left(self) -> str:
        return self.between(19, self.width - 118)

    @property
    def foot(self) -> str:
        return " ".join(word.text for word in self.words if word.top > 279)


@dataclass(frozen=True)
class Bookmark:
    """A bookmark, the PDF page it leads to (from 1, 0 for none), and those below."""

    title: str
    page: int
    below: tuple[Bookmark, ...]


@dataclass(frozen=True)
class Link:
    """A link: the page it leads to (0 for outside), its address, words and rectangle.

    ``box`` is left, top, right, bottom in millimetres as displayed.
    """

    page: int
    address: str
    words: str
    box: tuple[float, float, float, float]


class PdfReader:
    """One file, read by other programs."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Sizes and words of all pages."""
        found = _PAGE.findall(run("pdftotext", "-bbox", self.path, "-"))
        return tuple(
            Page(
                round(float(width) / MM, 2),
                round(float(height) / MM, 2),
                tuple(_word(*match) for match in _WORD.findall(body)),
            )
            for width, height, body in found
        )

    @cached_property
    def _json(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(run("qpdf", "--json=2", self.path))
        return answer

    @cached_property
    def _objects(self) -> dict[str, Any]:
        objects: dict[str, Any] = self._json["qpdf"][1]
        return objects

    def get(self, value: Any) -> Any:
        """``value``, or the object it refers to; a stream gives its dictionary."""
        if isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            entry = self._objects[f"obj:{value}"]
            return entry["value"] if "value" in entry else entry["stream"]["dict"]
        return value

    @property
    def root(self) -> Any:
        return self.get(self._objects["trailer"]["value"]["/Root"])

    @property
    def title(self) -> str:
        info = self.get(self._objects["trailer"]["value"]["/Info"])
        return words_of(info["/Title"])

    @property
    def page_refs(self) -> list[str]:
        return [page["object"] for page in self._json["pages"]]

    @property
    def labels(self) -> list[str]:
        """The page labels as a reader would show them."""
        shown = []
        for page in self._json["pages"]:
            label = page["label"]
            number = str(label.get("/St", 1)) if label.get("/S") == "/D" else ""
            shown.append(words_of(label.get("/P", "u:")) + number)
        return shown

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        return tuple(self._bookmark(entry) for entry in self._json["outlines"])

    def _bookmark(self, entry: dict[str, Any]) -> Bookmark:
        page = entry.get("destpageposfrom1") or 0
        below = tuple(self._bookmark(kid) for kid in entry["kids"])
        return Bookmark(entry["title"], page, below)

    @cached_property
    def names(self) -> dict[str, int]:
        """Named destination → PDF page, from 1."""
        lines = run("pdfinfo", "-dests", self.path).splitlines()
        matches = [match for line in lines if (match := _DEST.match(line))]
        return {match[3]: int(match[1]) for match in matches}

    def links(self, number: int) -> list[Link]:
        """The links on PDF page ``number``, from 1, in the order of the file."""
        page = self.get(self.page_refs[number - 1])
        annotations = self.get(page.get("/Annots", []))
        return [
            self._link(annotation, self.pages[number - 1].height)
            for annotation in map(self.get, annotations)
            if annotation["/Subtype"] == "/Link"
        ]

    def _link(self, annotation: Any, height: float) -> Link:
        action = self.get(annotation.get("/A", {}))
        target = self.get(annotation.get("/Dest") or action.get("/D"))
        if isinstance(target, list):
            page = self.page_refs.index(target[0]) + 1
        else:
            page = self.names[words_of(target)] if target else 0
        x1, y1, x2, y2 = (edge / MM for edge in annotation["/Rect"])
        box = (min(x1, x2), height - max(y1, y2), max(x1, x2), height - min(y1, y2))
        address = words_of(action.get("/URI", "u:"))
        return Link(page, address, words_of(annotation["/Contents"]), box)

    @cached_property
    def structure(self) -> list[str]:
        """The structure tree with its text, a line an element, indented by level."""
        return run("pdfinfo", "-struct-text", self.path).splitlines()

    @property
    def spoken(self) -> str:
        """All text in reading order, artifacts left out."""
        found = (_QUOTED.match(line) for line in self.structure)
        return " ".join(match[1] for match in found if match)

    @property
    def headings(self) -> list[tuple[str, str]]:
        """Every heading in reading order: ("H2", "Ideen")."""
        found: list[tuple[str, str]] = []
        inside: tuple[int, str] | None = None
        for line in self.structure:
            depth = len(line) - len(line.lstrip())
            if heading := _HEADING.match(line):
                inside = (depth, heading[2])
                found.append((heading[2], ""))
            elif inside and depth > inside[0] and (quoted := _QUOTED.match(line)):
                found[-1] = (inside[1], found[-1][1] + quoted[1])
            elif inside and depth <= inside[0]:
                inside = None
        return found

    def elements(self, kind: str) -> list[Any]:
        """The structure elements of type ``kind``, reached from the root, in order."""
        found: list[Any] = []
        todo = [self.root["/StructTreeRoot"]]
        while todo:
            element = self.get(todo.pop())
            if not isinstance(element, dict) or element.get("/Type") == "/OBJR":
                continue
            if element.get("/S") == f"/{kind}":
                found.append(element)
            below = self.get(element.get("/K", []))
            todo += reversed(below) if isinstance(below, list) else [below]
        return found

    @cached_property
    def fonts(self) -> list[list[str]]:
        """Lines of pdffonts, split: name, type, encoding, emb, sub, uni, object."""
        return [line.split() for line in run("pdffonts", self.path).splitlines()[2:]]

    @cached_property
    def metadata(self) -> str:
        """The XMP packet."""
        return run("pdfinfo", "-meta", self.path)


def words_of(text: str) -> str:
    """A text string of qpdf's JSON: "u:…", or "b:" and bytes of one letter each."""
    kind, value = text[:2], text[2:]
    return value if kind == "u:" else bytes.fromhex(value).decode("latin-1")


def _word(left: str, top: str, right: str, bottom: str, text: str) -> Word:
    edges = [round(float(edge) / MM, 2) for edge in (left, top, right, bottom)]
    return Word(html.unescape(text), *edges)
