"""What a judged Word file says, as chapters of text and pictures.

The highest level of headings cuts the text in chapters; lower ones stay inside.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import mammoth
from mammoth.docx.files import InvalidFileReferenceError

from core.richtext import sanitise
from core.richtext_tree import Node, has_text, parse, serialise
from documents.intake.office.package import W
from documents.intake.packages import RefusedError
from documents.intake.raster.redraw import RefusedError as RefusedPicture
from documents.intake.raster.redraw import redrawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree import ElementTree as ET

    from documents.intake.office.package import Package

MOST_PICTURES: Final = 40
MOST_PICTURE_BYTES: Final = 20 * 1024 * 1024
MOST_LETTERS: Final = 2_000_000
TITLE: Final = 250
STYLES: Final = """
p[style-name='Title'] => h1.titel:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name^='toc '] => p.indhold
p[style-name^='TOC Heading'] => p.indhold
p[style-name='caption'] => p:fresh
comment-reference =>
"""
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_DRAWN: Final = ("wgp", "wpc", "wsp")
_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"


def read(data: bytes, package: Package) -> dict[str, Any]:
    """Give ``{"title", "parts", "notes"}`` of a Word file that has been judged.

    Raises:
        RefusedError: it says nothing, or too much.
    """
    album = _Album()
    found = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=STYLES,
        convert_image=mammoth.images.img_element(album.take),
        external_file_access=False,
    )
    if len(found.value) > MOST_LETTERS:
        raise RefusedError("too_heavy")
    notes = set(package.notes) | set(_left_behind(package.main)) | album.notes
    nodes = list(_without_contents(map(_readable, parse(found.value)), notes))
    nodes = _with_notes(nodes, notes)
    title, nodes = _titled(nodes, package)
    parts = list(_parts(nodes, album))
    if not parts:
        raise RefusedError("no_text")
    if any(part["kind"] == "picture" and not part["alternative"] for part in parts):
        notes.add("alternatives")
    return {"title": title[:TITLE], "parts": parts, "notes": sorted(notes)}


class _Album:
    """The pictures of a file, drawn anew as they are met."""

    def __init__(self) -> None:
        self.pictures: list[dict[str, Any]] = []
        self.notes: set[str] = set()
        self._size = 0

    def take(self, image: Any) -> dict[str, str]:
        """Draw one anew; give the attributes that its place in the text gets."""
        if len(self.pictures) >= MOST_PICTURES or self._size > MOST_PICTURE_BYTES:
            self.notes.add("many_pictures")
            return {"src": ""}
        try:
            with image.open() as opened:
                drawn = redrawn(opened.read()).to_json()
        except InvalidFileReferenceError:
            self.notes.add("linked")
            return {"src": ""}
        except (RefusedPicture, KeyError, OSError, AttributeError):
            self.notes.add("pictures")
            return {"src": ""}
        self._size += len(drawn["data"])
        self.pictures.append(drawn)
        return {"src": f"billede:{len(self.pictures) - 1}"}

    def at(self, node: Node) -> dict[str, Any] | None:
        """Give the picture that stands at a node; None where it was not taken."""
        attributes = dict(node.attrs)
        place = attributes.get("src", "").partition(":")[2]
        if not place:
            return None
        words = " ".join(attributes.get("alt", "").split())
        return {**self.pictures[int(place)], "alternative": words[:400]}


def _left_behind(main: ET.Element) -> Iterator[str]:
    """Tell what stands in the text and cannot be carried over."""
    for node in main.iter():
        name = node.tag.rpartition("}")[2]
        if node.tag in {f"{W}del", f"{W}ins", f"{W}moveFrom"}:
            yield "deleted"
        elif node.tag == f"{W}txbxContent":
            yield "textboxes"
        elif node.tag == _MATHS:
            yield "equations"
        elif node.tag in {f"{W}color", f"{W}u", f"{W}highlight"}:
            yield "colours"
        elif name in _DRAWN and not any(True for _ in node.iter(f"{W}txbxContent")):
            yield "shapes"


def _without_contents(nodes: Iterable[Node], notes: set[str]) -> Iterator[Node]:
    for node in nodes:
        if ("class", "indhold") in node.attrs:
            notes.add("contents")
        else:
            yield node


def _readable(node: Node) -> Node:
    """Give a node whose links lead out, and whose tables say what their columns are."""
    children: list[Node] = []
    for child in map(_readable, node.children):
        href = dict(child.attrs).get("href", "")
        is_inside = (
            child.tag == "a" and "note-ref-" not in href and not _leads_out(href)
        )
        children += child.children if is_inside else [child]
    if node.tag == "table":
        children = _with_heads(children)
    return Node(node.tag, node.attrs, children, node.text)


def _leads_out(href: str) -> bool:
    return href.startswith(("http:", "https:", "mailto:"))


def _with_heads(rows: list[Node]) -> list[Node]:
    """Let the first row name the columns, where Word has not said which one does."""
    if not rows or rows[0].tag != "tr":
        return rows
    heads = [
        Node("th", (*cell.attrs, ("scope", "col")), cell.children)
        for cell in rows[0].children
    ]
    body = [Node("tbody", children=rows[1:])] if rows[1:] else []
    return [Node("thead", children=[Node("tr", children=heads)]), *body]


def _with_notes(nodes: list[Node], notes: set[str]) -> list[Node]:
    """Put footnotes under a heading of their own, without the arrows back."""
    last = nodes[-1] if nodes else None
    if last is None or last.tag != "ol" or not _is_footnotes(last):
        return nodes
    notes.add("footnotes")
    level = min((n.tag for n in nodes if n.tag in _HEADINGS), default="h1")
    heading = Node(level, children=[Node(text="Noter")])
    return [*nodes[:-1], heading, _without_arrows(last)]


def _is_footnotes(node: Node) -> bool:
    ids = [dict(item.attrs).get("id", "") for item in node.children]
    return bool(ids) and all("note-" in each for each in ids)


def _without_arrows(node: Node) -> Node:
    kept = [
        _without_arrows(child)
        for child in node.children
        if not (child.tag == "a" and "note-ref-" in dict(child.attrs).get("href", ""))
    ]
    return Node(node.tag, node.attrs, kept, node.text)


def _titled(nodes: list[Node], package: Package) -> tuple[str, list[Node]]:
    """Take the title off the top: the one set as such, or the only one of its level."""
    first = next((n for n in nodes if has_text([n])), None)
    ones = [node for node in nodes if node.tag == "h1"]
    titles = [node for node in ones if ("class", "titel") in node.attrs]
    is_title = first is not None and first.tag == "h1" and (
        first in titles or len(ones) == 1
    )  # fmt: skip
    if first is not None and is_title:
        return _words(first), [node for node in nodes if node is not first]
    own = package.trees.get("docProps/core.xml")
    said = own.findtext(_TITLE) if own is not None else ""
    return " ".join((said or "").split()), nodes


def _words(node: Node) -> str:
    def text(part: Node) -> str:
        return (
            " " if part.tag == "br" else part.text + "".join(map(text, part.children))
        )

    return " ".join(text(node).split())


def _parts(nodes: list[Node], album: _Album) -> Iterator[dict[str, Any]]:
    """Cut the text at its highest headings, and at each picture."""
    levels = [node.tag for node in nodes if node.tag in _HEADINGS and has_text([node])]
    highest = min(levels, default="h1")
    heading = ""
    run: list[Node] = []
    for node in [*nodes, Node(highest)]:
        if node.tag == highest:
            yield from _text(heading, run)
            heading, run = _words(node)[:200], []
            continue
        pictures = [found for one in _images(node) if (found := album.at(one))]
        run.append(_lowered(node, highest))
        for picture in pictures:
            if html := _html(run):
                yield {"kind": "text", "heading": heading, "html": html}
                heading = ""
            yield {"kind": "picture", "heading": heading, **picture}
            heading, run = "", []


def _text(heading: str, run: list[Node]) -> Iterator[dict[str, Any]]:
    html = _html(run)
    if html or heading:
        yield {"kind": "text", "heading": heading, "html": html}


def _html(run: list[Node]) -> str:
    return sanitise(serialise(run)) if run else ""


def _lowered(node: Node, highest: str) -> Node:
    """Let headings inside a chapter begin at the third level, and reach the fourth."""
    if node.tag not in _HEADINGS:
        return node
    depth = int(node.tag[1]) - int(highest[1])
    return Node("h3" if depth == 1 else "h4", children=node.children)


def _images(node: Node) -> Iterator[Node]:
    if node.tag == "img":
        yield node
    for child in node.children:
        yield from _images(child)
