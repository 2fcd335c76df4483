"""Rich text: what markup may be kept, and its reading as plain text. Pure.

Three readings of one text: the sanitised HTML that is stored and printed, the plain
text that a browser without JavaScript edits ("- punkt", "1. punkt", a blank line
between paragraphs), and the way back. A person never sees markup in a text box.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

import nh3

from core.richtext_tree import EDGES, Node, blocks, parse, plain, serialise

TAGS = frozenset(
    "p br strong em ul ol li h3 h4 table thead tbody tr th td a".split()  # noqa: SIM905
)
ATTRIBUTES = {
    "a": {"href"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
SCHEMES = {"http", "https", "mailto"}
SCOPES = {"row", "col", "rowgroup", "colgroup"}
MAX_SPAN = 50
_CLEANER_ROUNDS = 8
# Texts up to so many characters are read once and kept: a catalogue is read many times over.
_SHORT = 4000

_BULLET = re.compile(r"^-(?:\s+|$)")
_NUMBER = re.compile(r"^(\d+)\.\s+(?!januar|februar|marts|april|maj|ju[nl]i|august)")
_BLANK_LINES = re.compile(r"\n\s*\n")


def sanitise(html: str) -> str:
    """Give the HTML with only what the portal allows; doing it twice changes nothing.

    Kept: paragraphs, line breaks, strong, em, lists, h3, h4, tables, and links to
    http, https and mailto. Loose text is put in a paragraph, empty blocks are
    dropped, so a text without a word is "".
    """
    for _ in range(_CLEANER_ROUNDS):
        cleaned = _clean(html)
        if cleaned == html:
            break
        html = cleaned
    return serialise(blocks(parse(html)))


def to_plain(html: str) -> str:
    """Give the text as a person would type it, one blank line between blocks."""
    return _read(html) if len(html) <= _SHORT else _read.__wrapped__(html)


@lru_cache(maxsize=2048)
def _read(html: str) -> str:
    return "\n\n".join(plain(block) for block in blocks(parse(sanitise(html))))


def from_plain(text: str) -> str:
    """Give the HTML of typed text: paragraphs, bullets ("- ") and numbers ("1. ")."""
    chunks = _BLANK_LINES.split(_normal(text))
    return sanitise(
        "".join(serialise(_read_lines(chunk.split("\n"), 0)) for chunk in chunks)
    )


def merge_plain(saved: str, text: str) -> str:
    """Give the HTML of a text that was edited as plain text.

    Args:
        saved: the HTML that the text box was filled from.
        text: what came back.

    Returns:
        HTML in which every block whose plain reading is unchanged keeps its markup
        (bold, links, tables); only blocks that were edited are read anew.
    """
    old = blocks(parse(sanitise(saved)))
    before = [plain(block) for block in old]
    after = [
        chunk.rstrip(EDGES) for chunk in _BLANK_LINES.split(_normal(text)) if chunk
    ]
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    parts: list[str] = []
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            parts.append(serialise(old[start:end]))
        else:
            parts.append(from_plain("\n\n".join(after[first:last])))
    return sanitise("".join(parts))


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
        attribute_filter=_keep_attribute,
        strip_comments=True,
    )


def _keep_attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "href":
        absolute = value.strip().lower().startswith(("http://", "https://", "mailto:"))
        return value if absolute else None
    if name == "scope":
        return value if value in SCOPES else None
    return value if value.isdecimal() and 1 < int(value[:4]) <= MAX_SPAN else None


def _normal(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(2).split("\n")
    return "\n".join(line.rstrip(EDGES) for line in lines).strip("\n")


def _read_lines(lines: list[str], depth: int) -> list[Node]:
    """Read one chunk of lines, indented by ``depth`` steps of two, as blocks."""
    found: list[Node] = []
    number = 0
    for line in lines:
        text = line.strip(EDGES)
        numbered = _NUMBER.match(text)
        last = found[-1] if found else None
        if last and last.tag in {"ul", "ol"} and _indent(line) > depth:
            _append_to_item(last, line, depth)
        elif bullet := _BULLET.match(text):
            _open_list(found, "ul").children.append(_item(text[bullet.end() :]))
        elif numbered and int(numbered[1]) == _next_number(last, number):
            number = int(numbered[1])
            _open_list(found, "ol").children.append(_item(text[numbered.end() :]))
        elif last and last.tag == "p":
            last.children += [Node("br"), Node(text=text)]
        elif text:
            found.append(Node("p", children=[Node(text=text)]))
    return found


def _next_number(last: Node | None, number: int) -> int:
    return number + 1 if last and last.tag == "ol" else 1


def _indent(line: str) -> int:
    return (len(line) - len(line.lstrip(" "))) // 2


def _item(text: str) -> Node:
    return Node("li", children=[Node("p", children=[Node(text=text)])])


def _open_list(found: list[Node], tag: str) -> Node:
    if not found or found[-1].tag != tag:
        found.append(Node(tag))
    return found[-1]


def _append_to_item(parent: Node, line: str, depth: int) -> None:
    """Add an indented line to the list's last item: a sub-list or one more line."""
    item = parent.children[-1]
    text = line.strip(EDGES)
    last = item.children[-1]
    if last.tag in {"ul", "ol"} and _indent(line) > depth + 1:
        _append_to_item(last, line, depth + 1)
        return
    sub = _read_lines([text], depth + 1)
    same = last.tag == sub[0].tag
    if same and last.tag == "p":
        last.children += [Node("br"), *sub[0].children]
    elif same:
        last.children += sub[0].children
    else:
        item.children += sub
