"""A goal's results over the years: a chart for each measure that has more than one time.

Source: docs/rules.md R-121, R-127.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resultcontracts.charts.timeline import Timeline, absent_of, held_of
from resultcontracts.charts.years import years
from resultcontracts.standing.series import series_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from resultcontracts.charts.figure import Figure
    from resultcontracts.queries.goalpage.lines import Line

SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Course:
    """The charts over time; ``heading`` is the finding that they share."""

    heading: str
    figures: tuple[Figure, ...]

    @property
    def is_shared(self) -> bool:
        """Every chart says what the heading says."""
        return all(each.heading == self.heading for each in self.figures)


def course_of(lines: Iterable[Line], day: date) -> Course | None:
    """Give what is to be seen over time; None where no measure has two times."""
    found = tuple(
        figure for line in lines if (figure := _figure(line, day)) is not None
    )
    if not found:
        return None
    headings = {each.heading for each in found}
    heading = next(iter(headings)) if len(headings) == 1 else "Over årene"
    return Course(heading, found)


def _figure(line: Line, day: date) -> Figure | None:
    measure = line.standing.measure
    rows = measure.measurements
    absent = absent_of(rows, day)
    series = series_of(rows, day)
    points = sum(len(each.points) for each in series.stretches)
    if not points or points + len(absent) + len(series.undated) < SEVERAL:
        return None
    segment = f" for {line.row.segment}" if line.row.segment else ""
    return years(
        f"aar-{measure.label.replace('.', '-')}",
        Timeline(
            subject=f"{line.row.name}{segment}",
            series=series,
            unit=line.row.unit,
            held=held_of(measure.targets),
            absent=absent,
        ),
    )
