"""The tree behind rich text: parsing sanitised HTML, its blocks, its plain reading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "ul", "ol", "h3", "h4", "table"})
INLINE = frozenset({"strong", "em", "a"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
EDGES = " \t\r\n\f"


@dataclass(slots=True)
class Node:
    """An element with its children, or (``tag`` empty) a run of text."""

    tag: str = ""
    attrs: tuple[tuple[str, str], ...] = ()
    children: list[Node] = field(default_factory=list)
    text: str = ""


class _Builder(HTMLParser):
    """Builds the tree; the input is nh3's output, so every element is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, tuple(sorted((name, value or "") for name, value in attrs)))
        self.open[-1].children.append(node)
        if tag != "br":
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(Node(text=data))


def parse(html: str) -> list[Node]:
    """Give the top-level nodes of sanitised HTML."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0].children


def blocks(nodes: list[Node]) -> list[Node]:
    """Give the nodes as blocks: loose text in paragraphs, nothing empty."""
    found: list[Node] = []
    loose: list[Node] = []
    for node in [*_unwrapped(nodes), Node("end")]:
        if _is_inline(node):
            loose.append(node)
            continue
        if has_text(loose):
            found.append(Node("p", children=_trimmed(loose)))
        loose = []
        if has_text([node]):
            found += [_tidy(node)] if node.tag in BLOCKS else blocks(node.children)
    return found


def _is_inline(node: Node) -> bool:
    return node.tag in INLINE or node.tag in {"", "br"}


def _unwrapped(nodes: list[Node]) -> list[Node]:
    """Take the markup off an inline element that holds a block, or nothing."""
    found: list[Node] = []
    for node in nodes:
        if node.tag not in INLINE:
            found.append(node)
            continue
        inner = _unwrapped(node.children)
        if any(not _is_inline(child) for child in inner):
            found += inner
        elif inner:
            found.append(Node(node.tag, node.attrs, inner))
    return found


def _tidy(node: Node) -> Node:
    """Give a block with what it may hold: items, rows or a line of text."""
    match node.tag:
        case "ul" | "ol":
            items = [_as_item(child) for child in node.children if has_text([child])]
            return Node(node.tag, children=items)
        case "table":
            return _tidy_table(node)
        case _:
            return Node(node.tag, children=_trimmed(_one_line(node.children)))


def _as_item(child: Node) -> Node:
    inner = child.children if child.tag == "li" else [child]
    return Node("li", children=blocks(inner))


def _tidy_table(node: Node) -> Node:
    """Drop the gaps between rows and cells; a cell holds a line of text, or blocks."""
    if node.tag in {"td", "th"}:
        inner = _unwrapped(node.children)
        plain_cell = all(_is_inline(child) for child in inner)
        children = _trimmed(inner) if plain_cell else blocks(inner)
        return Node(node.tag, node.attrs, children)
    children = [_tidy_table(child) for child in node.children if child.tag]
    return Node(node.tag, node.attrs, children)


def _one_line(nodes: list[Node]) -> list[Node]:
    """Give inline content only: a block inside becomes a line of its own."""
    found: list[Node] = []
    for node in _unwrapped(nodes):
        if _is_inline(node):
            found.append(node)
        elif has_text([node]):
            found += [Node("br"), *_one_line(node.children), Node("br")]
    return found


def _trimmed(nodes: list[Node]) -> list[Node]:
    """Drop spaces and line breaks at both edges."""
    kept = list(nodes)
    while kept and _is_blank(kept[-1]):
        kept.pop()
    while kept and _is_blank(kept[0]):
        kept.pop(0)
    return kept


def _is_blank(node: Node) -> bool:
    return node.tag == "br" or (not node.tag and not node.text.strip(EDGES))


def has_text(nodes: list[Node]) -> bool:
    """Tell whether there is a word anywhere; a table counts by its cells."""
    return any(node.text.strip() or has_text(node.children) for node in nodes)


def serialise(nodes: list[Node]) -> str:
    """Give the HTML of the nodes."""
    return "".join(_serialise(node) for node in nodes)


def _serialise(node: Node) -> str:
    if not node.tag:
        return escape(node.text, quote=False)
    attrs = "".join(f' {name}="{escape(value)}"' for name, value in node.attrs)
    if node.tag == "br":
        return "<br>"
    return f"<{node.tag}{attrs}>{serialise(node.children)}</{node.tag}>"


def plain(block: Node, depth: int = 0) -> str:
    """Give one block as typed text; it never holds a blank line."""
    if block.tag in {"ul", "ol"}:
        return "\n".join(
            _plain_item(item, f"{n}. " if block.tag == "ol" else "- ", depth)
            for n, item in enumerate(block.children, start=1)
        )
    if block.tag == "table":
        return "\n".join(_plain_row(row) for row in _rows(block))
    return _lines(block.children)


def _plain_item(item: Node, marker: str, depth: int) -> str:
    """Give an item: its first line after the marker, the others two spaces in."""
    pad = "  " * depth
    lines: list[str] = []
    for child in item.children:
        text = plain(child, depth + 1)
        if child.tag in {"ul", "ol"}:
            lines += [text] if lines else [f"{pad}{marker}".rstrip(), text]
        else:
            lines += [f"{pad}  {line}" for line in text.split("\n")]
    if lines[0].startswith(f"{pad}  "):
        lines[0] = pad + marker + lines[0][len(pad) + 2 :]
    return "\n".join(lines)


def _rows(node: Node) -> list[Node]:
    if node.tag == "tr":
        return [node]
    return [row for child in node.children for row in _rows(child)]


def _plain_row(row: Node) -> str:
    cells = (_lines(cell.children).replace("\n", " ") for cell in row.children)
    return " | ".join(cells).strip() or "|"


def _lines(nodes: list[Node]) -> str:
    """Give text with a line for each <br> and each inner block, none of them blank."""
    raw = _raw(nodes)
    lines = (_SPACES.sub(" ", line).strip(EDGES) for line in raw.split("\v"))
    return "\n".join(line for line in lines if line.strip())


def _raw(nodes: list[Node]) -> str:
    parts: list[str] = []
    for node in nodes:
        if node.tag == "br":
            parts.append("\v")
        elif node.tag in BLOCKS | {"li", "tr"}:
            parts.append(f"\v{_raw(node.children)}\v")
        else:
            parts.append(node.text.replace("\v", " ") + _raw(node.children))
    return "".join(parts)
