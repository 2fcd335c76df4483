"""Where times and numbers lie on a course, and which times cannot be compared. Pure.

Source: docs/rules.md R-121, R-128.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from resultcontracts.charts.letters import Area, width_of, wrapped
from resultcontracts.charts.scale import ends_around
from resultcontracts.charts.scene import SMALL, Box, Text
from resultcontracts.standing.numbers import spelt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from fractions import Fraction

    from resultcontracts.charts.course import Course, Field
    from resultcontracts.charts.scene import Shape

TOP: Final = 16
HEIGHT: Final = 140
RIGHT: Final = 8
ROW: Final = 16
DASH: Final = 4
AIR: Final = 6
MOST_LINES: Final = 6


@dataclass(frozen=True)
class Span:
    """A field with where it begins and ends: midway to what is beside it."""

    field: Field
    left: float
    right: float

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Its words, as wide as it is; none where they have no room."""
        room = self.right - self.left - 2 * AIR
        lines = wrapped(self.field.words, SMALL, room)
        is_wide = any(width_of(line, SMALL) > room for line in lines)
        return () if is_wide or len(lines) > MOST_LINES else lines


@dataclass(frozen=True)
class Ground:
    """A course on so many pixels."""

    course: Course
    width: int

    @cached_property
    def times(self) -> tuple[date, ...]:
        """All times of which anything is said, the oldest first."""
        return self.course.times

    @cached_property
    def ends(self) -> tuple[Fraction, Fraction, Fraction]:
        """The lowest and highest number of the scale, and its step."""
        found = [end for each in self.course.points for end in (each.low, each.high)]
        for held in self.course.held:
            found += [held.target.low, held.target.high]
        return ends_around(found)

    @cached_property
    def steps(self) -> list[Fraction]:
        """The numbers that have a line."""
        low, high, step = self.ends
        return [low + step * number for number in range(int((high - low) / step) + 1)]

    @cached_property
    def left(self) -> float:
        """Where the plot begins, after its numbers."""
        return max(width_of(spelt(each), SMALL) for each in self.steps) + 8

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.width - RIGHT

    @cached_property
    def top(self) -> float:
        """Where its numbers end: under the words of fields that have points."""
        lines = [len(each.lines) for each in self.spans if each.field.has_points]
        most = max(lines, default=0)
        return TOP + ROW * most + AIR if most else TOP

    @property
    def bottom(self) -> float:
        """Where its numbers begin."""
        return self.top + HEIGHT

    def x(self, when: date) -> float:
        """Give where a time lies; a lonely one lies in the middle."""
        first, last = self.times[0].toordinal(), self.times[-1].toordinal()
        if first == last:
            return (self.left + self.right) / 2
        slot = (self.right - self.left) / (len(self.times) * 2)
        part = (when.toordinal() - first) / (last - first)
        start, end = self.left + slot, self.right - slot
        return round(start + part * (end - start), 2)

    def y(self, value: Fraction) -> float:
        """Give how far down a number lies."""
        low, high, _ = self.ends
        return round(self.bottom - float((value - low) / (high - low)) * HEIGHT, 2)

    def edge(self, day: date) -> float:
        """Give where a day parts what is before it from what is on it and after."""
        before = [each for each in self.times if each < day]
        after = [each for each in self.times if each >= day]
        if not before:
            return self.left
        if not after:
            return self.right
        return (self.x(before[-1]) + self.x(after[0])) / 2

    @cached_property
    def spans(self) -> list[Span]:
        """The fields, the oldest first."""
        found = []
        for field in sorted(self.course.fields, key=lambda each: each.first):
            after = [day for day in self.times if day > field.last]
            right = self.edge(after[0]) if after else self.right
            found.append(Span(field, self.edge(field.first), right))
        return found

    @cached_property
    def breaks(self) -> list[float]:
        """Where a dashed line stands: where the question was changed."""
        return [self.edge(day) for day in self.course.breaks]

    def shapes(self) -> Iterator[Shape]:
        """Give the fields, then the lines of the scale, then what is said of fields."""
        for each in self.spans:
            width = each.right - each.left
            yield Box(each.left, TOP, width, self.bottom - TOP, "field")
        for value in self.steps:
            y = self.y(value)
            yield Box(self.left, y - 0.5, self.right - self.left, 1, "grid")
            yield Text(self.left - 8, y, spelt(value), "right", "quiet")
        for each in self.spans:
            yield from self._words(each)
        for x in self.breaks:
            yield from self._dashed(x)

    def _words_top(self, each: Span) -> float:
        if each.field.has_points:
            return TOP + AIR / 2
        return (self.top + self.bottom - ROW * len(each.lines)) / 2

    def _words(self, each: Span) -> Iterator[Shape]:
        middle, top = (each.left + each.right) / 2, self._words_top(each)
        height = ROW * len(each.lines)
        if each.lines:
            # The scale's lines do not go through words.
            yield Box(each.left + 1, top, each.right - each.left - 2, height, "field")
        for number, words in enumerate(each.lines):
            yield Text(middle, top + ROW * (number + 0.5), words, "center", "quiet")

    def _dashed(self, x: float) -> Iterator[Box]:
        y = float(TOP)
        while y < self.bottom:
            yield Box(x - 0.75, y, 1.5, min(DASH, self.bottom - y), "ink")
            y += DASH * 2

    def taken(self) -> Iterator[Area]:
        """Give what words must not lie on."""
        for each in self.spans:
            top = self._words_top(each)
            bottom = top + ROW * len(each.lines)
            yield Area(each.left, top, each.right, bottom)
        for x in self.breaks:
            yield Area(x - 1, TOP, x + 1, self.bottom)
