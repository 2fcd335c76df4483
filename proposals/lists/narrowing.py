"""Which rows remain, and how many would: the counts beside the filters.

A count is how many rows its link leads to, with all else that is chosen.

Source: docs/rules.md R-95.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from proposals.lists.facets import MOST_LINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from proposals.lists.asked import Asked
    from proposals.lists.facets import Facet


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a facet; ``url`` adds it, or removes it where it is chosen."""

    label: str
    count: int
    url: str
    is_chosen: bool
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet as it is shown; ``more``: values that are not listed."""

    facet: Facet
    lines: tuple[Line, ...]
    more: int

    @property
    def is_shown(self) -> bool:
        """It has values, and at least one for somebody if it is a quiet one."""
        some = any(line.count or line.is_chosen for line in self.lines)
        return some or (bool(self.lines) and not self.facet.is_quiet)

    @property
    def is_open(self) -> bool:
        """Shown at once: no fold, or something in it is chosen."""
        return not self.facet.is_folded or any(line.is_chosen for line in self.lines)


class Narrowing:
    """The rows of a list against what is chosen."""

    def __init__(
        self, rows: Sequence[Any], facets: Mapping[Facet, Mapping[str, str]]
    ) -> None:
        self.facets = facets
        self.values = [
            (row, frozenset((f.key, value) for f in facets for value in f.of(row)))
            for row in rows
        ]

    def remaining(self, chosen: Iterable[tuple[str, str]]) -> list[Any]:
        """Give the rows that have every chosen value, in their order."""
        wanted = frozenset(chosen)
        return [row for row, values in self.values if wanted <= values]

    def filters(self, asked: Asked) -> tuple[Filter, ...]:
        """Give the facets with their values and counts; one that has none is left out."""
        whole = self._counts(asked.chosen)
        made = (
            self._filter(
                facet,
                asked,
                self._counts(pair for pair in asked.chosen if pair[0] != facet.key)
                if facet.is_one
                else whole,
            )
            for facet in self.facets
        )
        return tuple(each for each in made if each.is_shown)

    def _counts(self, chosen: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
        wanted = frozenset(chosen)
        found: Counter[tuple[str, str]] = Counter()
        for _, values in self.values:
            if wanted <= values:
                found.update(values)
        return found

    def _filter(
        self, facet: Facet, asked: Asked, counts: Counter[tuple[str, str]]
    ) -> Filter:
        lines = []
        for value, label in self.facets[facet].items():
            is_chosen = (facet.key, value) in asked.chosen
            url = (
                asked.without(facet.key, value)
                if is_chosen
                else asked.with_value(facet, value)
            )
            icon = facet.icons(value) if facet.icons else ""
            count = counts[facet.key, value]
            lines.append(Line(label, count, url, is_chosen, icon))
        if facet.choices is None:
            lines = [line for line in lines if line.count or line.is_chosen]
        shown = _most(lines)
        return Filter(facet, shown, len(lines) - len(shown))


def _most(lines: list[Line]) -> tuple[Line, ...]:
    """Give those with most rows, in their own order."""
    if len(lines) <= MOST_LINES:
        return tuple(lines)
    by_count = sorted(lines, key=lambda line: (not line.is_chosen, -line.count))
    most = set(map(id, by_count[:MOST_LINES]))
    return tuple(line for line in lines if id(line) in most)
