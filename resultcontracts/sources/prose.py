"""A report's own text on paper: its references are the results of the day. Pure.

Source: docs/rules.md R-138.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.tree import Paragraph, Words
from resultcontracts.contradictions.prose import Reference, parts
from resultcontracts.sources.cells import result

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from documents.tree import Inline
    from resultcontracts.sources.cells import Point

    type Points = Mapping[str, Point]


def paragraph(key: str, label: str, text: str, points: Points) -> Paragraph:
    """Give a text as a field, a line each paragraph of it.

    Args:
        points: all measures of the contract by their labels.
    """
    lines = tuple(
        tuple(_inlines(f"{key}/{number}", line, points))
        for number, line in enumerate(filter(None, map(str.strip, text.split("\n"))), 1)
    )
    return Paragraph(key, label, lines)


def _inlines(key: str, line: str, points: Points) -> Iterator[Inline]:
    seen: dict[str, int] = {}
    for part in parts(line):
        if not isinstance(part, Reference):
            yield Words(part)
        elif part.label in points:
            at = seen[part.label] = seen.get(part.label, 0) + 1
            end = part.label if at == 1 else f"{part.label}-{at}"
            yield result(points[part.label], f"{key}/{end}")
        else:
            yield Words(f"[[{part.label}]]")
