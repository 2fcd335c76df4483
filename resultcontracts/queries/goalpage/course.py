"""A goal's results over the years: a chart for each measure that has more than one time.

Source: docs/rules.md R-121, R-131.
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
    from resultcontracts.standing.series import Series

SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Course:
    """The charts over time; ``heading`` says how much there is to compare."""

    heading: str
    figures: tuple[Figure, ...]


def course_of(lines: Iterable[Line], day: date) -> Course | None:
    """Give what is to be seen over time; None where no measure has two times."""
    found = [drawn for line in lines if (drawn := _figure(line, day)) is not None]
    if not found:
        return None
    most = max((series for _, series in found), key=lambda each: each.comparable)
    is_one = len({series.text for _, series in found}) == 1
    heading = "Over årene" if most.is_trend and not is_one else most.text
    return Course(heading, tuple(figure for figure, _ in found))


def _figure(line: Line, day: date) -> tuple[Figure, Series] | None:
    measure = line.standing.measure
    rows = measure.measurements
    absent = absent_of(rows, day)
    series = series_of(rows, day)
    points = sum(len(each.points) for each in series.stretches)
    if not points or points + len(absent) + len(series.undated) < SEVERAL:
        return None
    segment = f" for {line.row.segment}" if line.row.segment else ""
    figure = years(
        f"aar-{measure.label.replace('.', '-')}",
        Timeline(
            subject=f"{line.row.name}{segment}",
            series=series,
            unit=line.row.unit,
            held=held_of(measure.targets),
            absent=absent,
        ),
    )
    return figure, series
