"""Inline parts as HTML: the same words on paper and on the page, other addresses.

Source: docs/rules.md R-179.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core.templatetags.look import icon
from documents.compare.weaving import Weaver, parted
from documents.tree import PageOf, Reference, Value, Words, anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.wordmarks import Run
    from documents.marks import Marks
    from documents.tree import Inline

_HEADING = re.compile(r"<(/?)h([1-6])>")
_LOWEST = 6
_TEXT = re.compile(r">[^<]+")
_TAG = re.compile(r"(<[^>]*>)")
_ENDING = re.compile(r"(?<=\s)-\w+")
_TAGS: Final = {"added": "ins", "removed": "del"}
_NOBR = r'<span class="nobr">\g<0></span>'


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section is shown.

    Attributes:
        medium: "paper" (a piece) or "page" (the web).
        level: heading level of the section's own title.
        known: on the page, the keys that a link can lead to; paper resolves at joining.
        marks: what changed in the section since it was last sent; None marks nothing.
        elsewhere: on the page, keys of nodes that are read on other pages → addresses.
        is_led: on the page, figures lead to where they are from in the portal.
    """

    medium: Literal["paper", "page"]
    level: int = 1
    known: frozenset[str] = field(default=frozenset())
    marks: Marks | None = None
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    is_led: bool = False

    @property
    def is_paper(self) -> bool:
        return self.medium == "paper"

    @property
    def below(self) -> int:
        """The heading level of a field's label."""
        return min(self.level + 1, _LOWEST)

    def address(self, key: str) -> str:
        """Give the link to a node: in the packet, in the page or elsewhere; "" if none."""
        if self.is_paper:
            return f"kkr:{anchor(key)}"
        return f"#{anchor(key)}" if key in self.known else self.elsewhere.get(key, "")


def html(
    line: tuple[Inline, ...], place: Place, runs: tuple[Run, ...] = ()
) -> SafeString:
    """Give a row of inline parts as HTML; ``runs`` are its words with their marks."""
    if not runs:
        whole = "".join(_one(part, place) for part in line)
        return mark_safe(whole)  # noqa: S308 -- escaped
    weaver = Weaver(runs)
    parts = [_woven(part, place, weaver) for part in line]
    return mark_safe("".join(parts) + runs_html(weaver.rest()))  # noqa: S308 -- escaped


def runs_html(runs: Iterable[Run]) -> SafeString:
    """Give marked words as HTML; the page adds what a screen reader says of them."""
    parts = []
    for run in parted(runs):
        tag = _TAGS.get(run.mark)
        words = conditional_escape(run.text)
        parts.append(_tagged(tag, words) if tag else words)
    return mark_safe("".join(parts))  # noqa: S308 -- escaped


def _tagged(tag: str, words: SafeString) -> SafeString:
    """Put a mark around words; the spaces at their edges stand outside it."""
    inner = words.strip(" ")
    before, _, after = words.partition(inner) if inner else (words, "", "")
    return mark_safe(f"{before}<{tag}>{inner}</{tag}>{after}")  # noqa: S308 -- escaped


def _woven(part: Inline, place: Place, weaver: Weaver) -> str:
    """Write one part with its marks; a page number is never marked, a link only whole."""
    if isinstance(part, PageOf):
        return runs_html(weaver.before()) + _one(part, place)
    gone, own = weaver.before(), weaver.take(len(part.text))
    if not isinstance(part, Reference):
        return runs_html(gone) + _wrapped(part, runs_html(own), place)
    return runs_html(gone) + _woven_link(place.address(part.to), own, place)


def _woven_link(address: str, runs: tuple[Run, ...], place: Place) -> str:
    """Mark the words of a link; on paper each run is a link of its own."""
    if not address or not place.is_paper:
        return _around_link(address, runs_html(runs))
    parts: list[str] = []
    for run in runs:
        link = _link(address, run.text)
        tag = _TAGS.get(run.mark)
        if tag == "del":
            parts.append(runs_html((run,)))
        else:
            parts.append(f"<{tag}>{link}</{tag}>" if tag else link)
    return "".join(parts)


def _around_link(address: str, inner: SafeString) -> str:
    return format_html('<a href="{}">{}</a>', address, inner) if address else inner


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
        case Reference():
            return _link(place.address(part.to), part.text)
        case PageOf():
            return _link(place.address(part.of), part.page)
        case Words() | Value():
            return _wrapped(part, conditional_escape(part.text), place)


def _wrapped(part: Words | Value, inner: SafeString, place: Place) -> str:
    """Put the markup of a part around its words, which are HTML."""
    if address := part.address or (place.is_led and _from(part)):
        inner = _led(address, inner, place)
    match part:
        case Words(strong=True):
            return _with_glyph(part.glyph, inner, place)
        case Words(is_missing=True):
            return f"<em>{inner}</em>"
        case Words():
            return inner
        case Value(missing=None):
            name = "strong" if part.strong else "span"
        case Value():
            name = "em"
    key = conditional_escape(part.key)
    return f'<{name} data-key="{key}">{inner}</{name}>'


def _from(part: Words | Value) -> str:
    """Give the portal's own page of where a figure is from; "" if it has none."""
    url = part.source.url if isinstance(part, Value) and part.source else ""
    return url if url.startswith("/") else ""


def _with_glyph(glyph: str, inner: str, place: Place) -> str:
    """Let strong words begin with a glyph that a screen reader passes over."""
    if not glyph:
        return f"<strong>{inner}</strong>"
    if place.is_paper:
        return f'<strong class="doc-glyph doc-glyph--{glyph}">{inner}</strong>'
    return f'<strong class="doc-glyph">{icon(glyph)} {inner}</strong>'


def _led(address: str, inner: SafeString, place: Place) -> SafeString:
    """Lead to where words are from; on paper no mark can stand inside a link."""
    if place.is_paper and "<" in inner:
        return inner
    return format_html('<a class="doc-figure" href="{}">{}</a>', address, inner)


def _link(address: str, words: str) -> str:
    # Nothing but text inside the link: WeasyPrint would make a second annotation of it.
    if not address or not words:
        return conditional_escape(words)
    return format_html('<a href="{}">{}</a>', address, words)


def rich(
    source: str,
    level: int,
    links: tuple[Reference, ...] = (),
    place: Place | None = None,
) -> SafeString:
    """Give sanitised rich text with headings that begin below ``level`` and skip none.

    Args:
        links: references whose words stand in it, in their order; linked as ``place`` has
            it.
    """
    last = level

    def lower(match: re.Match[str]) -> str:
        nonlocal last
        if not match[1]:
            last = min(level + int(match[2]) - 2, last + 1, _LOWEST)
        return f"<{match[1]}h{last}>"

    html = _HEADING.sub(lower, source)
    if links and place:
        html = _with_links(html, links, place)
    return mark_safe(html)  # noqa: S308 -- sanitised when saved


def _with_links(source: str, links: tuple[Reference, ...], place: Place) -> str:
    """Link words of rich text, outside of the links that it has itself."""
    waiting, inside, parts = list(links), 0, []
    for part in _TAG.split(source):
        if part.startswith("<"):
            inside += part.startswith("<a ") - (part == "</a>")
            parts.append(part)
            continue
        while waiting and not inside:
            words = conditional_escape(waiting[0].text)
            at = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", part)
            if at is None:
                break
            link = waiting.pop(0)
            parts += [part[: at.start()], _link(place.address(link.to), link.text)]
            part = part[at.end() :]  # noqa: PLW2901 -- what is left of it
        parts.append(part)
    return "".join(parts)


def kept_together(html: str) -> str:
    """Keep a hyphen with the word it begins ("og -modeller"), in text, not in tags."""
    return _TEXT.sub(lambda text: _ENDING.sub(_NOBR, text[0]), html)
