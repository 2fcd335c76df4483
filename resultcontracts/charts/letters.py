"""How wide words are at most, and where labels go so that none lies on another. Pure.

The widths are those of the portal's typeface, rounded up: a word may end before its
room, never after it. Source: docs/rules.md R-123.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

# Widths in parts of the size, of the bold face, which is the wider one.
_GROUPS: Final = (
    (0.31, " '.,ijl|\N{NO-BREAK SPACE}"),
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
        return label.at + GAP - width
    return label.at - GAP if label.side else label.at - width / 2


def _touch(one: Placed, x: float, width: float) -> bool:
    return one.x < x + width + GAP and x < one.end + GAP


def fitting(labels: Sequence[Label], size: int) -> tuple[Label, ...]:
    """Give those labels that fit on one line, the first come first; the rest are left."""
    kept: list[Placed] = []
    for label in labels:
        width = width_of(label.words, size)
        x = _start(label, width)
        if not any(_touch(each, x, width) for each in kept):
            kept.append(Placed(label, x, width, 0))
    return tuple(each.label for each in kept)
