"""Points over time, and through which of them a line may go. Pure.

Source: docs/rules.md R-121, R-128.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from resultcontracts.standing.targets import Target


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
    """A time that cannot be compared with the newest, or has no figure, and why."""

    first: date
    last: date
    words: str
    has_points: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A target and the time it applies to; None: as far as the newest question goes."""

    target: Target
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """Points, fields and targets over time.

    Attributes:
        absent: times without a figure, and what stands under them.
        breaks: the first time of each question that was asked otherwise than before.
        newest: from when until when the newest question is asked.
    """

    points: tuple[Point, ...]
    fields: tuple[Field, ...] = ()
    held: tuple[Held, ...] = ()
    absent: tuple[tuple[date, str], ...] = ()
    breaks: tuple[date, ...] = ()
    newest: tuple[date | None, date | None] = (None, None)

    @property
    def times(self) -> tuple[date, ...]:
        """All times of which anything is said, the oldest first."""
        days = {
            *(point.when for point in self.points),
            *(day for day, _ in self.absent),
        }
        return tuple(sorted(days))


def runs(course: Course) -> list[list[Point]]:
    """Give the points that one line may go through: of one question, with no gap."""
    found: list[list[Point]] = []
    for _, own in groupby(course.points, key=lambda point: point.definition):
        run: list[Point] = []
        for point in own:
            if run and any(run[-1].when < gap < point.when for gap, _ in course.absent):
                found.append(run)
                run = []
            run.append(point)
        found.append(run)
    return found
