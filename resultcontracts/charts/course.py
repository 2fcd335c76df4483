"""Points over time, and through which of them a line may go. Pure.

Source: docs/rules.md R-121, R-125.
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

    @property
    def times(self) -> int:
        """How many times anything is said of."""
        return len(self.points) + len(self.fields)


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
