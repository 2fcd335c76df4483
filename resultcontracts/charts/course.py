"""Points over time: where they lie, where a line may go, and what stands beside. Pure.

Source: docs/rules.md R-121, R-123.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Final

from resultcontracts.charts.letters import Label, fitting, width_of, wrapped
from resultcontracts.charts.scale import rounded_up
from resultcontracts.charts.scene import SMALL, Box, Dot, Line, Scene, Text
from resultcontracts.standing.numbers import spelt
from resultcontracts.standing.series import A_TREND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from resultcontracts.charts.scene import Shape
    from resultcontracts.standing.targets import Target

TOP: Final = 16
HEIGHT: Final = 140
FOOT: Final = 28
EDGE: Final = 14
DASH: Final = 4
ROW: Final = 16
RIGHT: Final = 8
# From a point up to the middle of its figure.
OVER: Final = 16
STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class Point:
    """A result at its time; a span has a line from end to end."""

    when: date
    name: str
    printed: str
    low: Fraction
    high: Fraction
    definition: int = 1
    is_hollow: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A time that cannot be compared with the newest, and why.

    Attributes:
        name: what stands under it; "" where its points have their own names.
        is_break: the question was another one, so a dashed line parts it from the rest.
    """

    first: date
    last: date
    words: str
    name: str = ""
    has_points: bool = False
    is_break: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """A target and the time it applies to; None: as far as the newest question goes."""

    target: Target
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """Points, fields and targets over time."""

    points: tuple[Point, ...]
    fields: tuple[Field, ...] = ()
    held: tuple[Held, ...] = ()
    unit: str = ""

    def scene(self, width: int) -> Scene:
        """Lay it out on so many pixels."""
        laid = _Laid(self, width)
        shapes = (
            *laid.grid(),
            *laid.fields(),
            *laid.targets(),
            *laid.lines(),
            *laid.dots(),
            *laid.names(),
        )
        return Scene(width, round(laid.bottom + FOOT), shapes)


@dataclass(frozen=True, slots=True)
class _Laid:
    course: Course
    width: int

    @property
    def _times(self) -> list[date]:
        fields = [day for each in self.course.fields for day in (each.first, each.last)]
        return sorted({*(point.when for point in self.course.points), *fields})

    @property
    def _ends(self) -> tuple[Fraction, Fraction, Fraction]:
        """Give the lowest and highest number of the scale, and its step."""
        points, held = self.course.points, self.course.held
        values = [end for each in points for end in (each.low, each.high)]
        values += [end for each in held for end in (each.target.low, each.target.high)]
        return round_ends(values)

    @property
    def left(self) -> float:
        low, high, step = self._ends
        marks = (low, low + step, high)
        return max(width_of(spelt(each), SMALL) for each in marks) + 8

    @property
    def right(self) -> float:
        return self.width - RIGHT

    @property
    def _head(self) -> float:
        """Give the room over the points for the words of their own fields."""
        lines = [
            len(wrapped(field.words, SMALL, end - start - 12))
            for field, start, end in self._spans()
            if field.has_points
        ]
        return TOP + ROW * max(lines, default=0) + (8 if lines else 0)

    @property
    def bottom(self) -> float:
        return self._head + HEIGHT

    def x(self, when: date) -> float:
        """Give where a time lies; a lonely one lies in the middle."""
        times = self._times
        slot = (self.right - self.left) / (len(times) * 2)
        first, last = times[0].toordinal(), times[-1].toordinal()
        if first == last:
            return (self.left + self.right) / 2
        part = (when.toordinal() - first) / (last - first)
        start, end = self.left + slot, self.right - slot
        return round(start + part * (end - start), 2)

    def y(self, value: Fraction) -> float:
        low, high, _ = self._ends
        part = float((value - low) / (high - low))
        return round(self.bottom - part * HEIGHT, 2)

    def grid(self) -> Iterator[Shape]:
        low, high, step = self._ends
        value = low
        while value <= high:
            y = self.y(value)
            yield Box(self.left, y - 0.5, self.right - self.left, 1, "track")
            yield Text(self.left - 8, y, spelt(value), "right", "quiet")
            value += step

    def _spans(self) -> list[tuple[Field, float, float]]:
        """Give each field with where it begins and ends: midway to its neighbours."""
        times = self._times
        found = []
        for field in sorted(self.course.fields, key=lambda each: each.first):
            before = [day for day in times if day < field.first]
            after = [day for day in times if day > field.last]
            start = (
                (self.x(before[-1]) + self.x(field.first)) / 2 if before else self.left
            )
            end = (self.x(field.last) + self.x(after[0])) / 2 if after else self.right
            found.append((field, round(start, 2), round(end, 2)))
        return found

    def fields(self) -> Iterator[Shape]:
        for _, start, end in self._spans():
            yield Box(start, TOP, end - start, self.bottom - TOP, "field")
        for field, start, end in self._spans():
            lines = wrapped(field.words, SMALL, end - start - 12)
            height = ROW * len(lines)
            middle = (TOP + self.bottom) / 2 - height / 2
            top = TOP + 4 if field.has_points else middle
            for number, words in enumerate(lines):
                y = top + ROW * (number + 0.5)
                yield Text((start + end) / 2, y, words, "center", "quiet")
            if field.is_break:
                yield from self._dashed(end if end < self.right else start)

    def _dashed(self, x: float) -> Iterator[Box]:
        y = float(TOP)
        while y < self.bottom:
            yield Box(x - 0.75, y, 1.5, min(DASH, self.bottom - y), "ink")
            y += DASH * 2

    @property
    def _since(self) -> float:
        """Give where the newest question begins to be asked."""
        breaks = [end for field, _, end in self._spans() if field.is_break]
        inside = [end for end in breaks if end < self.right]
        return max(inside, default=self.left)

    def targets(self) -> Iterator[Shape]:
        for each in self.course.held:
            start, end = self._during(each)
            if start >= end:
                continue
            top, bottom = self.y(each.target.high), self.y(each.target.low)
            if each.target.low == each.target.high:
                yield Box(start, top - 1, end - start, 2, "ink")
            else:
                yield Box(start, top, end - start, bottom - top, "", "ink")
            yield from self._target_words(each, start, end, bottom)

    def _target_words(
        self, each: Held, start: float, end: float, y: float
    ) -> Iterator[Text]:
        """Write a target under its line, or over it where a point stands under it."""
        words = f"måltal {each.target.text}"
        width = width_of(words, SMALL)
        left = max(end - width, start) if end - start >= width else end - width
        taken = [
            (self.x(point.when), self.y(point.low)) for point in self.course.points
        ]
        below, above = y + 11, y - 11
        for middle in (below, above):
            is_free = not any(
                (left - 8 <= px <= left + width + 8 and abs(py - middle) < ROW)
                or (
                    left - 8 <= px <= left + width + 8 and abs(py - OVER - middle) < ROW
                )
                for px, py in taken
            )
            if is_free and middle < self.bottom - 4:
                yield Text(left + width, middle, words, "right")
                return
        yield Text(left + width, below, words, "right")

    def _during(self, each: Held) -> tuple[float, float]:
        begin, over = self._since, self.right
        if each.since is not None and self._times:
            begin = max(begin, self._edge(each.since))
        if each.until is not None and self._times:
            over = min(over, self._edge(each.until))
        return begin, over

    def _edge(self, day: date) -> float:
        """Give where a day lies between what was measured before it and from it on."""
        before = [each for each in self._times if each < day]
        after = [each for each in self._times if each >= day]
        if not before:
            return self.left
        if not after:
            return self.right
        return (self.x(before[-1]) + self.x(after[0])) / 2

    def lines(self) -> Iterator[Line]:
        for run in runs(self.course):
            if len(run) >= A_TREND:
                yield Line(tuple((self.x(p.when), self.y(p.low)) for p in run))

    def dots(self) -> Iterator[Shape]:
        for point in self.course.points:
            x, y = self.x(point.when), self.y(point.high)
            if point.low != point.high:
                yield Box(x - 1, y, 2, self.y(point.low) - y, "bar")
                yield Dot(x, self.y(point.low), "bar", "bar", area=40)
            yield Dot(x, y, "paper" if point.is_hollow else "bar", "bar")
        for point in self._told():
            x, y = self.x(point.when), self.y(point.high) - OVER
            yield Text(x, y, point.printed, "center", is_bold=True, size=SMALL + 1)

    def _told(self) -> list[Point]:
        """Give the points whose figure has room: the newest and oldest come first."""
        points = self.course.points
        order = [*points[-1:], *points[:1], *reversed(points[1:-1])]
        labels = {Label(self.x(point.when), point.printed): point for point in order}
        return [labels[label] for label in fitting(tuple(labels), SMALL + 1)]

    def names(self) -> Iterator[Text]:
        points = [Label(self.x(p.when), p.name) for p in self.course.points]
        fields = [
            Label(self.x(field.first), field.name)
            for field in self.course.fields
            if field.name
        ]
        order = [*points[-1:], *points[:1], *fields, *points[1:-1]]
        for label in fitting(tuple(dict.fromkeys(order)), SMALL):
            width = width_of(label.words, SMALL)
            x = min(max(label.at, width / 2), self.width - width / 2)
            yield Text(x, self.bottom + EDGE, label.words, "center")


def runs(course: Course) -> list[list[Point]]:
    """Give the points that one line may go through: of one question, with no gap."""
    gaps = [field.first for field in course.fields if not field.has_points]
    found: list[list[Point]] = []
    for _, own in groupby(course.points, key=lambda point: point.definition):
        run: list[Point] = []
        for point in own:
            if run and any(run[-1].when < gap < point.when for gap in gaps):
                found.append(run)
                run = []
            run.append(point)
        found.append(run)
    return found


def round_ends(values: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """Give a scale around numbers, in three round steps at most, and the step.

    Points are read by their height and have no length, so it need not begin at 0.
    """
    if not values:
        return Fraction(0), Fraction(1), Fraction(1)
    low, high = min(values), max(values)
    step = rounded_up(max((high - low) / STEPS, abs(high) / 10, Fraction(1, 100)))
    start = low // step * step
    if start == low:
        start -= step if low > 0 or low < 0 else 0
    end = start
    while end <= high:
        end += step
    return start, end, step
