"""How wide words are at most, and where labels go so that none lies on another. Pure.

The widths are those of the portal's typeface, rounded up: a word may end before its
room, never after it. Source: docs/rules.md R-128.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Widths in parts of the size, of the bold face, which is the wider one.
_GROUPS: Final = (
    (0.31, " '.,ijl\N{NO-BREAK SPACE}"),
    (0.40, ":;()frt-"),
    (0.52, '/"Iscz'),
    (0.57, "vyLxgJaekoåé”“"),
    (0.61, "hnuøFTbdpqEZ0123456789\N{MINUS SIGN}+S\N{EN DASH}"),
    (0.73, "YCPVBRXAÅKDUGOQØHN"),
)
_WIDTHS: Final = {letter: width for width, group in _GROUPS for letter in group}
_WIDEST: Final = 0.97
GAP: Final = 6


def width_of(words: str, size: int) -> float:
    """Give the room that words take at most, in pixels."""
    return sum(_WIDTHS.get(letter, _WIDEST) for letter in words) * size


def wrapped(words: str, size: int, room: float) -> tuple[str, ...]:
    """Break words into lines that fit; a word wider than the room has its own line."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Label:
    """Words that want to stand beside a place.

    Attributes:
        at: the place, in pixels.
        side: -1: they end before it; 0: around it; 1: they begin after it.
    """

    at: float
    words: str
    side: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where words begin, how much room they have, and on which line: 0 is the lowest."""

    label: Label
    x: float
    width: float
    line: int

    @property
    def end(self) -> float:
        """Where their room ends."""
        return self.x + self.width


def placed(
    labels: Sequence[Label], left: float, right: float, size: int
) -> tuple[Placed, ...]:
    """Place labels between two ends, each on the lowest line where it has room.

    They move in from an end, never from each other: what stands above its place is read
    as belonging to it.
    """
    found: list[Placed] = []
    for label in labels:
        width = width_of(label.words, size)
        x = _start(label, width)
        x = max(left, min(x, right - width))
        line = 0
        while any(each.line == line and _touch(each, x, width) for each in found):
            line += 1
        found.append(Placed(label, x, width, line))
    return tuple(found)


def _start(label: Label, width: float) -> float:
    if label.side < 0:
        return label.at - GAP - width
    return label.at + GAP if label.side else label.at - width / 2


def _touch(one: Placed, x: float, width: float) -> bool:
    return one.x < x + width + GAP and x < one.end + GAP


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle that something takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        """Whether two rectangles have anything in common."""
        is_beside = self.right <= other.left or other.right <= self.left
        return not (is_beside or self.bottom <= other.top or other.bottom <= self.top)


def area_of(words: str, x: float, y: float, size: int) -> Area:
    """Give what words around a middle take up, with a little air at their sides."""
    half = width_of(words, size) / 2 + 2
    return Area(x - half, y - size / 2, x + half, y + size / 2)


class Taken:
    """What is taken of a drawing; words only go where nothing is."""

    def __init__(self, areas: Iterable[Area], frame: Area) -> None:
        """Begin with what is there, inside a frame."""
        self._areas = list(areas)
        self._frame = frame

    def take(self, area: Area) -> bool:
        """Take an area if it is free and inside the frame; say whether it was."""
        frame = self._frame
        is_inside = (
            frame.left <= area.left
            and area.right <= frame.right
            and frame.top <= area.top
            and area.bottom <= frame.bottom
        )
        if not is_inside or any(area.meets(each) for each in self._areas):
            return False
        self._areas.append(area)
        return True
