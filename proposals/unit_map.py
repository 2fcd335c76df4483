"""How units lean on each other: in words, and as drawings of boxes and arrows. Pure."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    type Named = Sequence[tuple[int, str]]

STEP: Final = 70  # from one box to the next below it
SIGN_WIDTH: Final = 7.3  # of the drawing's text, on average
_TAIL: Final = re.compile(r"\s+(?:med|som|i)\s.*$")


@dataclass(frozen=True, slots=True)
class Edge:
    """Unit ``unit`` leans on unit ``to``; ``builds``: it builds on it, not only refers."""

    unit: int
    to: int
    text: str
    builds: bool

    @property
    def label(self) -> str:
        """The source's words as far as they do not name the other unit."""
        return _TAIL.sub("", self.text)

    @property
    def words(self) -> str:
        """Give "2 bygger på 1"."""
        return f"{self.unit} {'bygger på' if self.builds else 'henviser til'} {self.to}"


@dataclass(frozen=True, slots=True)
class Box:
    """A unit in a drawing: its corner, size and words."""

    number: int
    lines: tuple[str, ...]
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """The height at which its number stands."""
        return self.y + self.height // 2

    @property
    def texts(self) -> tuple[tuple[int, str], ...]:
        """Pairs (y of the base line, line)."""
        first = self.middle + 5 - 9 * (len(self.lines) - 1)
        return tuple((first + 18 * n, line) for n, line in enumerate(self.lines))


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow: its path, the three corners of its head, and its label's lines."""

    path: str
    head: str
    labels: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame around boxes, with a heading."""

    title: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole drawing; ``name`` is "wide" or "upright"."""

    name: str
    width: int
    height: int
    frames: tuple[Frame, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def finding(edges: Sequence[Edge]) -> str:
    """Give what the map shows: "Enhed 2 og 3 bygger på enhed 1"."""
    builds = [edge for edge in edges if edge.builds]
    if not builds:
        return "Ingen enhed bygger på en anden"
    ((most, _),) = Counter(edge.to for edge in builds).most_common(1)
    others = sorted(str(edge.unit) for edge in builds if edge.to == most)
    return f"Enhed {formats.listed(others)} bygger på enhed {most}"


def sentence(numbers: Sequence[int], edges: Sequence[Edge]) -> str:
    """Say which units could be one, and for which the source names no dependency."""
    builds = [edge for edge in edges if edge.builds]
    together = sorted({n for edge in builds for n in (edge.unit, edge.to)})
    named = {n for edge in edges for n in (edge.unit, edge.to)}
    alone = [str(n) for n in numbers if n not in named]
    parts = []
    if together:
        parts.append(
            f"Enhed {formats.listed([str(n) for n in together])} kan ligge i samme "
            "tværkommunale enhed, én for hvert arbejdsmarked."
        )
    if alone:
        parts.append(f"Kilden nævner ingen afhængighed for {formats.listed(alone)}.")
    return " ".join(parts)


def drawings(
    groups: Named, everyone: Named, edges: Sequence[Edge], *, everyone_title: str
) -> tuple[Drawing, ...]:
    """Draw the units twice: for a wide page and for a narrow one.

    Args:
        groups: pairs (number, title) of the units for groups of municipalities.
        everyone: the same for those of all municipalities.
        everyone_title: over those, "Alle 17 kommuner".
    """
    builds = [edge for edge in edges if edge.builds]
    roots = [unit for unit in groups if unit[0] not in {edge.unit for edge in builds}]
    leaning = [unit for unit in groups if unit not in roots]
    return (
        _wide(roots, leaning, (everyone_title, everyone), builds),
        _upright(roots, leaning, (everyone_title, everyone), builds),
    )


GROUPS_TITLE: Final = "Grupper af kommuner, ét arbejdsmarked"


def _wide(
    roots: Named, leaning: Named, framed: tuple[str, Named], edges: Sequence[Edge]
) -> Drawing:
    """Roots left, what leans on them right of them; all municipalities in a frame."""
    everyone_title, everyone = framed
    tall = 114
    right = _column(leaning, 302, 46, (182, 62), tall)
    height = max(
        46 + tall * (len(leaning) - 1) + 78,
        46 + STEP * max(len(everyone), len(roots)) + 8,
    )
    first = (height + 20 - STEP * len(roots)) // 2
    left = _column(roots, 18, first, (184, 62), STEP)
    others = _column(everyone, 536, 46, (206, 62), STEP)
    frames = (
        Frame(GROUPS_TITLE, 0, 0, 502, height),
        Frame(everyone_title, 518, 0, 242, height),
    )
    by_number = {box.number: box for box in (*left, *right)}
    arrows = tuple(_wide_arrow(by_number[e.unit], by_number[e.to], e) for e in edges)
    return Drawing("wide", 760, height, frames, (*left, *right, *others), arrows)


def _upright(
    roots: Named, leaning: Named, framed: tuple[str, Named], edges: Sequence[Edge]
) -> Drawing:
    """Roots on top, what leans on them side by side below, then all municipalities."""
    everyone_title, everyone = framed
    top = _column(roots, 14, 40, (330, 52), 60)
    below = 40 + 60 * len(roots) + (60 if leaning else 0)
    width = (330 - 26 * (len(leaning) - 1)) // max(len(leaning), 1)
    low = tuple(
        _box(unit, 14 + n * (width + 26), below, (width, 64))
        for n, unit in enumerate(leaning)
    )
    end = below + (78 if leaning else 6)
    others = _column(everyone, 14, end + 52, (330, 48), 56)
    height = end + 58 + 56 * len(everyone)
    frames = (
        Frame(GROUPS_TITLE, 0, 0, 358, end),
        Frame(everyone_title, 0, end + 12, 358, height - end - 12),
    )
    by_number = {box.number: box for box in (*top, *low)}
    arrows = tuple(_upright_arrow(by_number[e.unit], by_number[e.to], e) for e in edges)
    return Drawing("upright", 358, height, frames, (*top, *low, *others), arrows)


def _column(
    units: Named, x: int, y: int, size: tuple[int, int], step: int
) -> tuple[Box, ...]:
    return tuple(_box(unit, x, y + n * step, size) for n, unit in enumerate(units))


def _box(unit: tuple[int, str], x: int, y: int, size: tuple[int, int]) -> Box:
    number, title = unit
    width, height = size
    signs = int((width - 42) / SIGN_WIDTH)
    lines = textwrap.wrap(title, signs, max_lines=3, placeholder=" …")
    return Box(number, tuple(lines), x, y, width, height)


def _wide_arrow(start: Box, end: Box, edge: Edge) -> Arrow:
    """From the left side of what leans to the right side of what it leans on."""
    if start.x == end.x:
        return _vertical(start, end, edge)
    y = end.middle + (-7 if start.middle < end.middle else 7)
    x, tip = start.x, end.x + end.width
    half = (x - tip) // 2
    path = (
        f"M{x} {start.middle} C{x - half} {start.middle} {tip + half} {y} {tip + 9} {y}"
    )
    head = f"{tip},{y} {tip + 10},{y - 5} {tip + 10},{y + 5}"
    up = start.middle < end.middle
    return Arrow(
        path,
        head,
        _label(edge.label, 204, start.middle - 16 if up else start.middle + 10),
    )


def _vertical(start: Box, end: Box, edge: Edge) -> Arrow:
    """Between two boxes of one column, along their middle."""
    x = start.x + start.width // 2
    up = start.y > end.y
    y, tip = (start.y, end.y + end.height) if up else (start.y + start.height, end.y)
    back = tip + 9 if up else tip - 9
    head = f"{x},{tip} {x - 5},{back} {x + 5},{back}"
    return Arrow(
        f"M{x} {y} L{x} {back}", head, _label(edge.label, x + 10, (y + tip) // 2 + 4)
    )


def _upright_arrow(start: Box, end: Box, edge: Edge) -> Arrow:
    """Upwards to a box above, sideways to a box beside."""
    if start.y == end.y:
        left = start.x > end.x
        x, tip = (
            (start.x, end.x + end.width) if left else (start.x + start.width, end.x)
        )
        back = tip + 9 if left else tip - 9
        y = start.middle
        return Arrow(
            f"M{x} {y} L{back} {y}", f"{tip},{y} {back},{y - 5} {back},{y + 5}", ()
        )
    x = start.x + start.width // 2
    tip = end.y + end.height
    head = f"{x},{tip} {x - 5},{tip + 9} {x + 5},{tip + 9}"
    path = f"M{x} {start.y} L{x} {tip + 9}"
    is_last = start.x + start.width > end.x + end.width - 30
    beside = x - 10 - int(len(edge.label) * SIGN_WIDTH) if is_last else x + 10
    low = (start.y + tip) // 2 + (16 if is_last else -2)
    return Arrow(path, head, _label(edge.label, beside, low))


def _label(text: str, x: int, y: int) -> tuple[tuple[int, int, str], ...]:
    lines = textwrap.wrap(text, 14) or [text]
    return tuple((x, y + 17 * n, line) for n, line in enumerate(lines))
