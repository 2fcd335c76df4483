"""A course on a drawing: targets, lines, points, and words where there is room. Pure.

Source: docs/rules.md R-121, R-128.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from resultcontracts.charts.course import runs
from resultcontracts.charts.ground import Ground
from resultcontracts.charts.letters import Area, Taken, area_of, width_of
from resultcontracts.charts.scene import SMALL, Box, Dot, Line, Scene, Text
from resultcontracts.standing.series import A_TREND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resultcontracts.charts.course import Course, Held, Point
    from resultcontracts.charts.scene import Shape

FOOT: Final = 28
NAMES: Final = 14
DOT: Final = 7
# From a point to the middle of its figure, and from a target's line to that of its words.
OVER: Final = 16
BESIDE: Final = 11
FIGURE: Final = 13


@dataclass(frozen=True, slots=True)
class Layout:
    """A course, laid out; a value like it, so that it is drawn once."""

    course: Course

    def scene(self, width: int) -> Scene:
        """Lay it out on so many pixels."""
        ground = Ground(self.course, width)
        lines = (*_dots_taken(ground), *_targets_taken(ground))
        taken = Taken([*ground.taken(), *lines], _frame(ground))
        told = list(_figures(ground, taken))
        shapes = [
            *ground.shapes(),
            *_targets(ground),
            *_lines(ground),
            *_dots(ground),
            *told,
            *_target_words(ground, taken),
            *_names(ground),
        ]
        return Scene(width, round(ground.bottom + FOOT), tuple(shapes))


def _frame(ground: Ground) -> Area:
    return Area(ground.left - 4, 0, ground.width, ground.bottom)


def _dots_taken(ground: Ground) -> Iterator[Area]:
    for point in ground.course.points:
        x = ground.x(point.when)
        top, bottom = ground.y(point.high), ground.y(point.low)
        yield Area(x - DOT, top - DOT, x + DOT, bottom + DOT)


def _targets_taken(ground: Ground) -> Iterator[Area]:
    """Give the lines of targets: no figure is struck through by one."""
    for box in _targets(ground):
        if box.fill:
            yield Area(box.x, box.y, box.x + box.width, box.y + box.height)


def _newest_first(ground: Ground) -> list[Point]:
    """Give the points by who gets room first: the newest, the oldest, the others."""
    points = ground.course.points
    return [*points[-1:], *points[:-1][:1], *reversed(points[1:-1])]


def _figures(ground: Ground, taken: Taken) -> Iterator[Text]:
    """Write each figure over its point, or under it; without room only the table has it."""
    for point in _newest_first(ground):
        x = ground.x(point.when)
        for y in (ground.y(point.high) - OVER, ground.y(point.low) + OVER):
            if taken.take(area_of(point.printed, x, y, FIGURE)):
                yield Text(x, y, point.printed, "center", size=FIGURE, is_bold=True)
                break


def _during(ground: Ground, held: Held) -> tuple[float, float]:
    """Give from where to where a target applies; never over a changed question."""
    begun, over = ground.course.newest
    starts = [ground.edge(day) for day in (begun, held.since) if day is not None]
    ends = [ground.edge(day) for day in (over, held.until) if day is not None]
    return max(starts, default=ground.left), min(ends, default=ground.right)


def _targets(ground: Ground) -> Iterator[Box]:
    for each in ground.course.held:
        left, right = _during(ground, each)
        if left >= right:
            continue
        top, bottom = ground.y(each.target.high), ground.y(each.target.low)
        if top == bottom:
            yield Box(left, top - 1, right - left, 2, "ink")
        else:
            yield Box(left, top, right - left, bottom - top, "", "ink")


def _target_words(ground: Ground, taken: Taken) -> Iterator[Text]:
    """Write each target at the first free place along its line, from the right."""
    for each in ground.course.held:
        left, right = _during(ground, each)
        words = f"måltal {each.target.text}"
        half = width_of(words, SMALL) / 2 + 2
        middles = (right - half, left + half, (left + right) / 2)
        top, bottom = ground.y(each.target.high), ground.y(each.target.low)
        heights = (bottom + BESIDE, top - BESIDE)
        places = [(x, y) for x in middles for y in heights]
        free = (at for at in places if taken.take(area_of(words, *at, SMALL)))
        if left < right and (at := next(free, None)):
            yield Text(*at, words, "center")


def _lines(ground: Ground) -> Iterator[Line]:
    for run in runs(ground.course):
        if len(run) >= A_TREND:
            yield Line(tuple((ground.x(p.when), ground.y(p.low)) for p in run))


def _dots(ground: Ground) -> Iterator[Shape]:
    for point in ground.course.points:
        x, top, bottom = (
            ground.x(point.when),
            ground.y(point.high),
            ground.y(point.low),
        )
        if top != bottom:
            yield Box(x - 1, top, 2, bottom - top, "bar")
            yield Dot(x, bottom, "bar", "bar", area=40)
        yield Dot(x, top, "paper" if point.is_hollow else "bar", "bar")


def _names(ground: Ground) -> Iterator[Text]:
    """Write the times under the plot; the newest and the oldest have room first."""
    taken = Taken((), Area(0, 0, ground.width, ground.bottom + FOOT))
    y = ground.bottom + NAMES
    fields = [*ground.course.absent]
    points = [(point.when, point.name) for point in _newest_first(ground)]
    for when, name in dict.fromkeys([*points[:2], *fields, *points[2:]]):
        half = width_of(name, SMALL) / 2 + 2
        x = min(max(ground.x(when), half), ground.width - half)
        if taken.take(area_of(name, x, y, SMALL)):
            yield Text(x, y, name, "center")
