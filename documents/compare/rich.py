"""Rich text with its changes marked inside it: links, lists and tables stay. Pure.

The newer text is kept as it is; ``ins`` is put around its new words, and the words that
went stand as ``del`` where they stood. A line is a paragraph, a heading, an item's first
block or a table's row; lines are found again by their words, as in
:mod:`core.wordmarks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import richtext
from core.richtext_tree import Node, blocks, parse, serialise
from core.wordmarks import Line, compared, word_runs
from documents.compare.weaving import Weaver

if TYPE_CHECKING:
    from core.wordmarks import LineKind, Run


@dataclass(slots=True)
class _Place:
    """One line: the node that holds its words, and where that stands.

    ``cells`` are a row's; ``beside`` is the list of children that ``holder`` is in.
    """

    kind: LineKind
    node: Node
    holder: Node
    beside: list[Node]
    cells: tuple[Node, ...] = ()

    @property
    def line(self) -> Line:
        """What is compared: a row's cells are one line."""
        if self.cells:
            return Line("row", " | ".join(_text(cell) for cell in self.cells))
        return Line(self.kind, _text(self.node))


def woven(before: str, after: str) -> str:
    """Give the newer rich text as HTML with ``ins`` and ``del``.

    Args:
        before, after: rich text; "" for none.
    """
    old, new = (blocks(parse(richtext.sanitise(html))) for html in (before, after))
    was, now = _places(old), _places(new)
    lines = compared([place.line for place in was], [place.line for place in now])
    at = gone = 0
    last: _Place | None = None
    for line in lines:
        if line.runs and line.mark == "removed":
            gone = _next(was, gone, "".join(run.text for run in line.runs))
            last = _insert(was[gone - 1], last, new)
            continue
        last = place = now[at]
        at += 1
        if not line.is_changed:
            gone = _next(was, gone, place.line.text)
        elif line.mark == "added":
            _mark_all(place, "added")
        else:
            kept = "".join(run.text for run in line.runs if run.mark != "added")
            gone = _next(was, gone, kept)
            _mark(place, was[gone - 1], line.runs)
    return serialise(new)


def _next(places: list[_Place], start: int, words: str) -> int:
    """Find the old line with these words from ``start`` on; give the place after it."""
    for at in range(start, len(places)):
        if "".join(places[at].line.text.split()) == "".join(words.split()):
            return at + 1
    return min(start + 1, len(places))


def _places(nodes: list[Node]) -> list[_Place]:
    found: list[_Place] = []
    for node in nodes:
        match node.tag:
            case "ul" | "ol":
                kind: LineKind = "bullet" if node.tag == "ul" else "number"
                for item in node.children:
                    found += _item(item, kind, node.children)
            case "table":
                found += _rows(node)
            case "h3" | "h4":
                found.append(_Place("heading", node, node, nodes))
            case _:
                found.append(_Place("text", node, node, nodes))
    return found


def _item(item: Node, kind: LineKind, beside: list[Node]) -> list[_Place]:
    first, *rest = item.children
    if first.tag in {"ul", "ol", "table"}:
        return _places(item.children)
    below = _places(rest)
    return [_Place(kind, first, item, beside), *below]


def _rows(node: Node) -> list[_Place]:
    if node.tag == "tr":
        return []
    found = []
    for child in node.children:
        if child.tag == "tr":
            cells = tuple(child.children)
            found.append(_Place("row", child, child, node.children, cells))
        found += _rows(child)
    return found


def _mark(place: _Place, old: _Place, runs: tuple[Run, ...]) -> None:
    """Mark the words of one line; a row's cell by cell."""
    if not place.cells:
        _weave(place.node, runs)
    elif len(place.cells) == len(old.cells):
        for cell, was in zip(place.cells, old.cells, strict=True):
            _weave(cell, word_runs(_text(was), _text(cell)))
    else:
        _mark_all(place, "added")


def _mark_all(place: _Place, mark: str) -> None:
    for node in place.cells or (place.node,):
        if node.children:
            tag = "ins" if mark == "added" else "del"
            node.children = [_around(tag, child) for child in node.children]


def _around(tag: str, child: Node) -> Node:
    """Put a mark around inline content; around the words inside a block."""
    if child.tag in {"p", "h3", "h4", "ul", "ol", "li", "table", "tr", "td", "th"}:
        inner = [_around(tag, each) for each in child.children]
        return Node(child.tag, child.attrs, inner)
    return child if child.tag == "br" else Node(tag, children=[child])


def _insert(old: _Place, after: _Place | None, top: list[Node]) -> _Place:
    """Put a line that went where it stood: behind the line before it."""
    copy = Node(old.holder.tag, old.holder.attrs, list(old.holder.children))
    if old.kind in {"bullet", "number"}:
        copy = Node("li", (("class", "gone"),), [old.node])
    gone = _around("del", copy)
    if after is not None and after.holder.tag == gone.tag != "p":
        at = _index(after.beside, after.holder)
        after.beside.insert(at + 1, gone)
        return _Place(old.kind, gone, gone, after.beside)
    wrapped = _wrapped(old, gone)
    at = -1 if after is None else _top_index(top, after.holder)
    top.insert(at + 1, wrapped)
    beside = top if wrapped is gone else wrapped.children
    return _Place(old.kind, gone, gone, beside)


def _wrapped(old: _Place, gone: Node) -> Node:
    """Give a lone item or row its list or table."""
    if gone.tag == "li":
        return Node("ul" if old.kind == "bullet" else "ol", children=[gone])
    if gone.tag == "tr":
        return Node("table", children=[gone])
    return gone


def _index(nodes: list[Node], wanted: Node) -> int:
    return next(at for at, node in enumerate(nodes) if node is wanted)


def _top_index(top: list[Node], wanted: Node) -> int:
    return next(at for at, node in enumerate(top) if _holds(node, wanted))


def _holds(node: Node, wanted: Node) -> bool:
    return node is wanted or any(_holds(child, wanted) for child in node.children)


def _text(node: Node) -> str:
    if not node.tag:
        return node.text
    return "\n" if node.tag == "br" else "".join(map(_text, node.children))


def _weave(node: Node, runs: tuple[Run, ...]) -> None:
    """Mark the words below one node; its own markup stays around them."""
    weaver = Weaver(runs)
    node.children = [*_woven(node.children, weaver), *_nodes(weaver.rest())]


def _woven(children: list[Node], weaver: Weaver) -> list[Node]:
    found: list[Node] = []
    for child in children:
        if child.tag:
            if child.tag == "br":
                found += [*_nodes(weaver.before()), child]
                weaver.take(1)
            else:
                inner = _woven(child.children, weaver)
                found.append(Node(child.tag, child.attrs, inner))
        else:
            found += _nodes(weaver.take(len(child.text)))
    return found


def _nodes(runs: tuple[Run, ...]) -> list[Node]:
    tags = {"added": "ins", "removed": "del"}
    return [
        node
        for run in runs
        for node in (
            _tagged(tags[run.mark], run.text)
            if run.mark in tags
            else [Node(text=run.text)]
        )
    ]


def _tagged(tag: str, text: str) -> list[Node]:
    """Put a mark around words; the spaces at their edges stand outside it."""
    inner = text.strip(" ")
    before, _, after = text.partition(inner) if inner else (text, "", "")
    marked = [Node(tag, children=[Node(text=inner)])] if inner else []
    return [*_plain(before), *marked, *_plain(after)]


def _plain(text: str) -> list[Node]:
    return [Node(text=text)] if text else []
