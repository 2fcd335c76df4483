"""Tags of the one template that page and piece share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from documents import inlines

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from documents.tree import Block, Column, Inline, Row

    type Cell = tuple[Column, tuple[Inline, ...]]

register = template.Library()


@register.simple_tag
def inline(line: tuple[Inline, ...], place: inlines.Place) -> SafeString:
    """Write a row of inline parts as HTML, on paper or on the page."""
    return inlines.html(line, place)


@register.simple_tag
def rich(text: str, level: int) -> SafeString:
    """Write sanitised rich text; its headings begin below heading ``level``."""
    return inlines.rich(text, level)


@register.filter
def template_of(block: Block) -> str:
    """Give the template that a kind of block is written with."""
    return f"documents/blocks/{block.kind}.html"


@register.filter
def words(line: tuple[Inline, ...]) -> str:
    """Give a row of inline parts as plain text."""
    return inlines.text(line)


@register.filter
def under(row: Row, columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    """Pair each cell of a row with the column it stands under."""
    return tuple(zip(columns, row.cells, strict=True))
