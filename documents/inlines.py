"""Inline parts as HTML: the same words on paper and on the page, other addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from documents.tree import PageOf, Reference, Value, Words, anchor

if TYPE_CHECKING:
    from documents.tree import Inline

_HEADING = re.compile(r"<(/?)h([1-6])>")
_LOWEST = 6
_TEXT = re.compile(r">[^<]+")
_ENDING = re.compile(r"(?<=\s)-\w+")
_NOBR = r'<span class="nobr">\g<0></span>'


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section is shown.

    Attributes:
        medium: "paper" (a piece) or "page" (the web).
        level: heading level of the section's own title.
        known: on the page, the keys that a link can lead to; paper resolves at joining.
    """

    medium: Literal["paper", "page"]
    level: int = 1
    known: frozenset[str] = field(default=frozenset())

    @property
    def is_paper(self) -> bool:
        return self.medium == "paper"

    @property
    def below(self) -> int:
        """The heading level of a field's label."""
        return min(self.level + 1, _LOWEST)

    def address(self, key: str) -> str:
        """Give the link to a node: inside the packet, or inside the page; "" if none."""
        if self.is_paper:
            return f"kkr:{anchor(key)}"
        return f"#{anchor(key)}" if key in self.known else ""


def html(line: tuple[Inline, ...], place: Place) -> SafeString:
    """Give a row of inline parts as HTML."""
    return mark_safe("".join(_one(part, place) for part in line))  # noqa: S308 -- escaped


def text(line: tuple[Inline, ...]) -> str:
    """Give a row of inline parts as plain text."""
    return "".join(_plain(part) for part in line)


def _plain(part: Inline) -> str:
    match part:
        case PageOf():
            return part.page
        case Value() | Words() | Reference():
            return part.text


def _one(part: Inline, place: Place) -> str:
    match part:
        case Words(strong=True):
            return format_html("<strong>{}</strong>", part.text)
        case Words():
            return conditional_escape(part.text)
        case Value(missing=None):
            name = "strong" if part.strong else "span"
            return format_html(
                '<{0} data-key="{1}">{2}</{0}>', name, part.key, part.text
            )
        case Value():
            return format_html('<em data-key="{}">{}</em>', part.key, part.text)
        case Reference():
            return _link(place.address(part.to), part.text)
        case PageOf():
            return _link(place.address(part.of), part.page)


def _link(address: str, words: str) -> str:
    # Nothing but text inside the link: WeasyPrint would make a second annotation of it.
    if not address or not words:
        return conditional_escape(words)
    return format_html('<a href="{}">{}</a>', address, words)


def rich(source: str, level: int) -> SafeString:
    """Give sanitised rich text with headings that begin below ``level`` and skip none."""
    last = level

    def lower(match: re.Match[str]) -> str:
        nonlocal last
        if not match[1]:
            last = min(level + int(match[2]) - 2, last + 1, _LOWEST)
        return f"<{match[1]}h{last}>"

    return mark_safe(_HEADING.sub(lower, source))  # noqa: S308 -- sanitised when saved


def kept_together(html: str) -> str:
    """Keep a hyphen with the word it begins ("og -modeller"), in text, not in tags."""
    return _TEXT.sub(lambda text: _ENDING.sub(_NOBR, text[0]), html)
