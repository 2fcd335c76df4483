"""A document as a web page: the same template and the same words as its pieces.

The page has its own head (title, facts), so what is written here begins below it: the
lead, the cover's blocks, then every section as a row that opens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from documents.inlines import Place, kept_together
from documents.page_numbers import with_pages, without_pages
from documents.tree import walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documents.marks import MarkedSections, Marks
    from documents.tree import Document, Section

HIGHEST = 6
_SECTION = re.compile(r'<article class="document__body" data-key="([^"]*)"[^>]*>')
_SECTION_END = "</article>"


@dataclass(frozen=True, slots=True)
class Entry:
    """One section of the page.

    Attributes:
        section: its pages ("bilagets side") filled in.
        depth: 1 for a section right under the document.
        packet_page: "41", or "" outside a packet.
    """

    section: Section
    depth: int
    place: Place
    packet_page: str

    @property
    def kind(self) -> str:
        """The label without its number: "Forslag" of "Forslag 7"."""
        return self._split[0]

    @property
    def number(self) -> str:
        """The number at the end of the label, "7"; "" where it has none."""
        return self._split[1]

    @property
    def is_chapter(self) -> bool:
        """Other sections are read under it."""
        return self.section.look == "theme"

    @property
    def _split(self) -> tuple[str, str]:
        kind, _, last = self.section.label.rpartition(" ")
        return (kind, last) if last[:1].isdigit() else (self.section.label, "")


@dataclass(frozen=True, slots=True)
class Page:
    """A document ready for ``documents/document.html``.

    Attributes:
        cover: the document's own blocks.
        entries: every section in reading order.
    """

    document: Document
    cover: Entry
    entries: tuple[Entry, ...]


def html_of(
    document: Document,
    packet_pages: Mapping[str, str] | None = None,
    own_pages: Mapping[str, str] | None = None,
    marked: MarkedSections | None = None,
    elsewhere: Mapping[str, str] | None = None,
    *,
    is_led: bool = False,
) -> SafeString:
    """Write a document as the body of a web page; no query.

    Args:
        packet_pages: section key → page of the packet; without it no page is shown.
        own_pages: section key → page of the document itself; without it nothing is said
            of its pages.
        marked: its sections that changed since it was last sent (:mod:`documents.marks`).
        elsewhere: key of a node that is read on another page → address.
        is_led: the reader may see where figures are from: they lead there.
    """
    page = page_of(
        document,
        packet_pages or {},
        own_pages or {},
        marked or {},
        elsewhere or {},
        is_led=is_led,
    )
    html: str = render_to_string("documents/document.html", {"page": page})
    whole = kept_together(spoken(html) if marked else html)
    return mark_safe(whole)  # noqa: S308 -- escaped by the template


def with_beside(html: str, beside: Mapping[str, str]) -> SafeString:
    """Put something at the head of sections of a page that :func:`html_of` wrote.

    Args:
        beside: section key → markup, safe as it stands.
    """

    def put(found: re.Match[str]) -> str:
        return f"{found[0]}{beside.get(unescape(found[1]), '')}"

    return mark_safe(_SECTION.sub(put, html))  # noqa: S308 -- as it was written


def with_foot(html: str, feet: Mapping[str, str]) -> SafeString:
    """Put something at the foot of sections of a page that :func:`html_of` wrote.

    Args:
        feet: section key → markup, safe as it stands.
    """
    parts: list[str] = []
    at = 0
    for found in _SECTION.finditer(html):
        end = html.find(_SECTION_END, found.end())
        if (foot := feet.get(unescape(found[1]))) and end >= 0:
            parts += [html[at:end], foot]
            at = end
    return mark_safe("".join([*parts, html[at:]]))  # noqa: S308 -- as it was written


def spoken(html: str) -> str:
    """Let a screen reader hear what is marked: "tilføjet: … slut på tilføjet"."""
    for tag, word in (("ins", "tilføjet"), ("del", "fjernet")):
        before = f'<{tag}><span class="sr-only">{word}: </span>'
        after = f'<span class="sr-only"> slut på {word}</span></{tag}>'
        html = html.replace(f"<{tag}>", before).replace(f"</{tag}>", after)
    return html


def page_of(
    document: Document,
    packet_pages: Mapping[str, str],
    own_pages: Mapping[str, str],
    marked: MarkedSections,
    elsewhere: Mapping[str, str],
    *,
    is_led: bool = False,
) -> Page:
    """Give a document's sections with their heading levels and pages."""
    found = list(walk(document))
    known = frozenset(section.key for _, section in found)
    cover, *entries = (
        Entry(
            section=_paged(_shown(section, marked), own_pages),
            depth=depth,
            place=Place(
                "page",
                min(depth + 1, HIGHEST),
                known,
                _marks(section, marked),
                elsewhere,
                is_led,
            ),
            packet_page=packet_pages.get(section.key, ""),
        )
        for depth, section in found
    )
    return Page(document, cover, tuple(entries))


def _paged(section: Section, own_pages: Mapping[str, str]) -> Section:
    return with_pages(section, own_pages) if own_pages else without_pages(section)


def _shown(section: Section, marked: MarkedSections) -> Section:
    """Give a section as it is shown: what is gone stands in its old place."""
    own = marked.get(section.key)
    return own.section if own else section


def _marks(section: Section, marked: MarkedSections) -> Marks | None:
    own = marked.get(section.key)
    return own.marks if own else None
