"""Lying bars with their marks, one lane a row, on a common scale. Pure.

Source: docs/rules.md R-128.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from resultcontracts.charts.letters import (
    GAP,
    Label,
    Placed,
    placed,
    width_of,
    wrapped,
)
from resultcontracts.charts.scene import PLAIN, SMALL, Box, Dot, Scene, Text
from resultcontracts.standing.numbers import spelt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from resultcontracts.charts.scale import Scale
    from resultcontracts.charts.scene import Align, Ink, Shape

TRACK: Final = 18
BAR: Final = 10
TICK: Final = 26
THICK: Final = 2.5
STUB: Final = 3
LABEL: Final = 16
NAME: Final = 20
AXIS: Final = 28
BELOW: Final = 4
# Names and figures take so much of the width at most, else they stand over the bars.
MOST: Final = 0.4
LEFT: Final = 84
DIAMOND: Final = 44


@dataclass(frozen=True, slots=True)
class Mark:
    """What a bar is read against.

    Attributes:
        words: "" where the row above has said it.
        high: the other end of a band; None for one number.
        is_diamond: it is only for comparing, and nobody's target.
    """

    at: Fraction
    words: str = ""
    high: Fraction | None = None
    is_diamond: bool = False
    side: int = 1


@dataclass(frozen=True, slots=True)
class Lane:
    """One row.

    Attributes:
        printed: the figure, or the word for why there is none.
        low, high: what is drawn; equal for one number, None where there is none.
        is_hollow: it counts something else than was agreed.
        is_light: it does not count in the status.
    """

    name: str
    printed: str
    low: Fraction | None = None
    high: Fraction | None = None
    marks: tuple[Mark, ...] = ()
    is_hollow: bool = False
    is_light: bool = False


@dataclass(frozen=True, slots=True)
class Lanes:
    """Rows and the scale they share."""

    rows: tuple[Lane, ...]
    scale: Scale

    def scene(self, width: int) -> Scene:
        """Lay the rows out on so many pixels."""
        columns = _columns(self.rows, width)
        shapes: list[Shape] = []
        top = 0.0
        for row in self.rows:
            laid = _Laid(row, self.scale, columns, top)
            shapes += laid.shapes()
            top = laid.bottom
        shapes += _axis(self.scale, columns, top)
        return Scene(width, round(top + AXIS), tuple(shapes))


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the tracks begin and end; ``is_over``: names stand over them."""

    left: float
    right: float
    is_over: bool

    def at(self, scale: Scale, value: Fraction) -> float:
        return round(self.left + scale.part(value) * (self.right - self.left), 2)


def _columns(rows: tuple[Lane, ...], width: int) -> _Columns:
    name = max((width_of(row.name, PLAIN) for row in rows), default=0)
    figures = [row.printed for row in rows if row.low is not None]
    figure = max((width_of(each, PLAIN) for each in figures), default=0)
    left = name + 12 + figure + 10
    if left <= max(width * MOST, LEFT + 1):
        return _Columns(max(left, LEFT), width, is_over=False)
    return _Columns(figure + 10 if figures else 0, width, is_over=True)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A row on its place."""

    row: Lane
    scale: Scale
    columns: _Columns
    top: float

    @property
    def _names(self) -> tuple[str, ...]:
        if not self.columns.is_over:
            return ()
        return wrapped(self.row.name, PLAIN, self.columns.right)

    @property
    def _labels(self) -> tuple[Placed, ...]:
        labels = [
            Label(self._at(mark.at), mark.words, mark.side)
            for mark in self.row.marks
            if mark.words
        ]
        return placed(labels, 0, self.columns.right, SMALL)

    @property
    def _tick(self) -> float:
        """Where the marks begin, under names and labels."""
        lines = max((each.line + 1 for each in self._labels), default=0)
        names = NAME * len(self._names)
        return self.top + names + LABEL * (lines if names else max(lines, 1))

    @property
    def _middle(self) -> float:
        return self._tick + TICK / 2

    @property
    def bottom(self) -> float:
        """Where the next row begins."""
        return self._tick + TICK + (BELOW * 2 if self._names else BELOW)

    def _at(self, value: Fraction) -> float:
        return self.columns.at(self.scale, value)

    def shapes(self) -> Iterator[Shape]:
        """Give all of its shapes, the lowest first."""
        return chain(self._ground(), self._words(), self._bars(), self._marks())

    def _ground(self) -> Iterator[Shape]:
        left, right = self.columns.left, self.columns.right
        if self.row.low is None:
            x = self._free(left)
            yield Text(x, self._middle, self.row.printed, ink="quiet", size=PLAIN)
        else:
            top = self._middle - TRACK / 2
            yield Box(left, top, right - left, TRACK, "track")

    def _free(self, left: float) -> float:
        """Give where the word for what is missing begins: behind a mark it would lie on."""
        width = width_of(self.row.printed, PLAIN)
        for mark in sorted(self.row.marks, key=lambda each: each.at):
            start = self._at(mark.at) - GAP
            end = self._at(mark.at if mark.high is None else mark.high) + GAP
            if start < left + width and left < end and end + width < self.columns.right:
                left = end
        return left

    def _words(self) -> Iterator[Shape]:
        if self._names:
            for line, words in enumerate(self._names):
                yield Text(0, self.top + NAME * (line + 0.5), words, size=PLAIN)
        else:
            yield Text(0, self._middle, self.row.name, size=PLAIN)
        if self.row.low is not None:
            at = self.columns.left - 10
            yield Text(
                at, self._middle, self.row.printed, "right", size=PLAIN, is_bold=True
            )

    def _bars(self) -> Iterator[Shape]:
        low, high = self.row.low, self.row.high
        if low is None or high is None:
            return
        near, far = sorted((low, high), key=abs)
        crosses = near * far < 0
        yield self._bar(near * 0, near * 0 if crosses else near, self._ink)
        if near != far:
            yield self._bar(near, far, "light")

    @property
    def _ink(self) -> Ink:
        if self.row.is_hollow:
            return "paper"
        return "light" if self.row.is_light else "bar"

    def _bar(self, start: Fraction, end: Fraction, ink: Ink) -> Box:
        left, right = sorted((self._at(start), self._at(end)))
        if right - left < STUB:
            left = max(right - STUB, self.columns.left) if end < start else left
            left = min(left, self.columns.right - STUB)
            right = left + STUB
        edge: Ink = "bar" if ink == "paper" else ""
        return Box(left, self._middle - BAR / 2, right - left, BAR, ink, edge)

    def _marks(self) -> Iterator[Shape]:
        for mark in sorted(self.row.marks, key=lambda each: each.is_diamond):
            x = self._at(mark.at)
            if mark.is_diamond:
                yield Dot(x, self._middle, "paper", "ink", "diamond", DIAMOND)
            elif mark.high is not None:
                yield Box(x, self._tick, self._at(mark.high) - x, TICK, "", "ink")
            else:
                yield Box(x - THICK / 2, self._tick, THICK, TICK, "ink")
        inks: dict[str, Ink] = {
            mark.words: "quiet" if mark.is_diamond else "ink" for mark in self.row.marks
        }
        for each in self._labels:
            y = self._tick - LABEL * (each.line + 0.5)
            words = each.label.words
            if each.label.side < 0:
                yield Text(each.end, y, words, "right", inks[words])
            elif each.label.side:
                yield Text(each.x, y, words, "left", inks[words])
            else:
                yield Text(each.x + each.width / 2, y, words, "center", inks[words])


def _axis(scale: Scale, columns: _Columns, top: float) -> Iterator[Text]:
    """Write the scale's ends and its middle; the unit only where it has room."""
    room = (columns.right - columns.left) / 2
    aligns: tuple[Align, ...] = ("left", "center", "right")
    marks = zip(scale.marks, aligns, strict=True)
    for (value, number), align in marks:
        words = f"{number} {scale.unit}".rstrip() if align == "right" else number
        widths = width_of(words, SMALL) + width_of(spelt(value), SMALL)
        is_short = widths + GAP < room
        x = columns.at(scale, value)
        yield Text(x, top + 12, words if is_short else number, align, "quiet")
