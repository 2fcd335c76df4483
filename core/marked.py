"""Marked lines as HTML: ``ins`` and ``del`` that screen readers hear as words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.wordmarks import LineKind, MarkedLine, Run

_LISTS: dict[LineKind, str] = {"bullet": "ul", "number": "ol"}


def marked_html(lines: Sequence[MarkedLine]) -> SafeString:
    """Give the lines as paragraphs and lists; nothing of the text is markup."""
    parts = []
    for (kind, depth), group in groupby(
        lines, key=lambda line: (line.kind, line.depth)
    ):
        parts.append(_group(kind, depth, list(group)))
    return _join(parts)


def runs_html(runs: Sequence[Run]) -> SafeString:
    """Give one line's words with their marks; a space parts what went from what came."""
    parts: list[SafeString] = []
    for at, run in enumerate(runs):
        parts.append(_run(run))
        follows = runs[at + 1].mark if at + 1 < len(runs) else "same"
        if run.mark == "removed" and follows == "added" and not run.text[-1:].isspace():
            parts.append(SafeString(" "))
    return _join(parts)


def _group(kind: LineKind, depth: int, lines: list[MarkedLine]) -> SafeString:
    tag = _LISTS.get(kind)
    if tag is None:
        return format_html_join("", "<p>{}</p>", ((runs_html(x.runs),) for x in lines))
    items = _join(_items(kind, lines))
    inner = format_html("<{0}>{1}</{0}>", tag, items)
    for _ in range(depth):
        inner = format_html("<ul><li>{}</li></ul>", inner)
    return inner


def _items(kind: LineKind, lines: Iterable[MarkedLine]) -> list[SafeString]:
    """Give list items; a removed one takes no number from those that stand."""
    number = 0
    found = []
    for line in lines:
        if kind != "number" or line.mark == "removed":
            found.append(format_html("<li>{}</li>", runs_html(line.runs)))
            continue
        number += 1
        item = format_html('<li value="{}">{}</li>', number, runs_html(line.runs))
        found.append(item)
    return found


def _run(run: Run) -> SafeString:
    if run.mark == "same":
        return SafeString(conditional_escape(run.text))
    tag, word = ("ins", "tilføjet") if run.mark == "added" else ("del", "fjernet")
    text = run.text.strip()
    before, after = run.text.split(text, 1) if text else (run.text, "")
    return format_html(
        '{4}<{0}><span class="sr-only">{1}: </span>{2}'
        '<span class="sr-only"> slut på {1}</span></{0}>{3}',
        tag,
        word,
        text,
        after,
        before,
    )


def _join(parts: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(parts))
