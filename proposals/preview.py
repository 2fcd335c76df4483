"""What a cut looks like, before it is printed: a page of its records at a time.

A catalogue of 18 is seen whole. Of a large one each page holds 50 records, and of a long
table the first rows; the page says so, and what is printed and fetched has all. Pure.

Source: docs/rules.md R-104.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django.core.paginator import Page, Paginator

from core import formats
from documents.tree import Note, Table, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.tree import Block, Document, Group, Section

A_PAGE: Final = 50
ROWS: Final = 50


def page_of(document: Document, wanted: str) -> tuple[Document, Page[str]]:
    """Give what one page shows of a document, and which page that is.

    Args:
        wanted: its number, as an address has it.
    """
    keys = [section.key for section in _leaves(document.sections)]
    page = Paginator(keys, A_PAGE).get_page(wanted)
    here = frozenset(page.object_list)
    sections = tuple(_kept(document.sections, here))
    blocks = () if page.has_previous() else tuple(_blocks(document.blocks))
    return replace(document, blocks=blocks, sections=sections), page


def _leaves(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        if section.sections:
            yield from _leaves(section.sections)
        else:
            yield section


def _kept(sections: tuple[Section, ...], here: frozenset[str]) -> Iterator[Section]:
    """Give the sections of a page; one that goes on from the page before says so."""
    for section in sections:
        if not section.sections:
            if section.key in here:
                yield replace(section, blocks=tuple(_blocks(section.blocks)))
            continue
        below = tuple(_kept(section.sections, here))
        first = next(_leaves(section.sections))
        if below and first.key in here:
            blocks = tuple(_blocks(section.blocks))
            yield replace(section, blocks=blocks, sections=below)
        elif below:
            title = f"{section.title}, fortsat"
            yield replace(section, title=title, lead="", blocks=(), sections=below)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        rows = (
            sum(len(group.rows) for group in block.groups)
            if isinstance(block, Table)
            else 0
        )
        if not isinstance(block, Table) or rows <= ROWS:
            yield block
            continue
        yield replace(block, groups=tuple(_rows(block.groups)))
        words = f"Her ses {ROWS} af {formats.number(rows)} rækker. PDF’en har dem alle."
        yield Note(f"{block.key}/rest", (Words(words),))


def _rows(groups: tuple[Group, ...]) -> Iterator[Group]:
    left = ROWS
    for group in groups:
        if left > 0:
            yield replace(group, rows=group.rows[:left])
        left -= len(group.rows)
