"""Tags of the one template that page and piece share."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from documents import inlines
from documents.storage import files
from documents.tree import linked

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from core.wordmarks import Run
    from documents.compare.merged import Mark
    from documents.tree import (
        Block,
        Chart,
        Column,
        Inline,
        Picture,
        Points,
        RichText,
        Row,
    )

    type Cell = tuple[Column, tuple[Inline, ...]]

register = template.Library()


@register.simple_tag
def inline(
    line: tuple[Inline, ...],
    place: inlines.Place,
    mark: Mark | None = None,
    at: int = 0,
) -> SafeString:
    """Write a row of inline parts as HTML, on paper or on the page.

    Args:
        mark: of what the row belongs to; ``at`` is which of its rows this is, from 0.
    """
    return inlines.html(line, place, _runs(mark, at))


@register.simple_tag
def marked_runs(runs: tuple[Run, ...]) -> SafeString:
    """Write words with their marks."""
    return inlines.runs_html(runs)


@register.simple_tag
def mark_word(mark: Mark | None, place: inlines.Place) -> SafeString | str:
    """Write the word that says what was marked; the page also says since when."""
    if mark is None or place.marks is None:
        return ""
    since = "" if place.is_paper else f" siden {place.marks.since}"
    word = {"changed": "Ændret", "new": "Ny", "gone": "Udgået"}[mark.state]
    return format_html(
        ' <span class="doc-mark__word">{}<span class="doc-mark__since">{}</span></span>',
        word, since,
    ) if since else format_html(' <span class="doc-mark__word">{}</span>', word)  # fmt: skip


@register.filter
def mark(place: inlines.Place, key: str) -> Mark | None:
    """Give the mark of a node, None where it is as before."""
    return place.marks.by_key.get(key) if place.marks else None


@register.filter
def at_line(mark: Mark | None, at: int) -> Mark | None:
    """Give the mark of one line of a fact, None where that line is as before."""
    runs = _runs(mark, at)
    is_whole = mark is not None and not mark.lines
    return mark if is_whole or any(run.mark != "same" for run in runs) else None


@register.filter
def mark_class(mark: Mark | None) -> str:
    """Give the class names of a marked node, with a space before them."""
    return f" doc-mark doc-mark--{mark.state}" if mark else ""


def _runs(mark: Mark | None, at: int) -> tuple[Run, ...]:
    return mark.lines[at] if mark and at < len(mark.lines) else ()


@register.simple_tag
def rich(block: RichText, place: inlines.Place) -> SafeString:
    """Write sanitised rich text with its links; its headings begin below the label's."""
    return inlines.rich(block.html, place.below, block.links, place)


@register.simple_tag
def around(
    points: Points, text: str, mark: Mark | None, place: inlines.Place
) -> SafeString:
    """Write a sentence around a list, with its links."""
    return inlines.html(linked(text, points.links), place, _runs(mark, 0))


@register.filter
def address(picture: Picture, place: inlines.Place) -> str:
    """Give where a picture is: beside the page that shows it; on paper, the bytes."""
    if not place.is_paper:
        return f"billeder/{picture.name}"
    with files().open(picture.file) as opened:
        coded = base64.b64encode(opened.read()).decode()
    return f"data:image/{picture.format};base64,{coded}"


@register.simple_tag
def drawing(chart: Chart) -> SafeString:
    """Write a chart's drawing with the words that stand for it."""
    head, end, rest = chart.svg.partition(">")
    title = f"<title>{conditional_escape(chart.alternative)}</title>"
    return mark_safe(f"{head}{end}{title}{rest}")  # noqa: S308 -- documents.charts


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


@register.filter
def deeper(place: inlines.Place) -> inlines.Place:
    """Give the place of a section that runs on in another: its heading is one lower."""
    return replace(place, level=place.below, marks=None)
