"""Charts of a goal on paper: its segments, and years that can be compared. Pure.

Source: docs/rules.md R-139.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any

from resultcontracts.charts.segments import Comparison, Segment, segments
from resultcontracts.charts.timeline import Timeline, absent_of, held_of
from resultcontracts.charts.years import years
from resultcontracts.standing.numbers import Reading
from resultcontracts.standing.series import series_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from documents.tree import Chart
    from resultcontracts.charts.figure import Figure
    from resultcontracts.sources.cells import Point


def charts(points: Sequence[Point], day: date) -> Iterator[Chart]:
    """Draw what can be: segments of one question, and three years or more."""
    for figure in (*_segments(points), *_years(points, day)):
        if figure.is_drawn:
            yield figure.paper


def _segments(points: Sequence[Point]) -> Iterator[Figure]:
    for (name, unit), same in groupby(points, key=_asked):
        own = tuple(same)
        is_drawn = any(point.each.reading for point in own)
        if len(own) > 1 and is_drawn and all(point.row.row.segment for point in own):
            rows = [
                Segment(_capital(p.row.row.segment), p.each, _others(p)) for p in own
            ]
            key = f"{own[0].key}/segments"
            note = f"{name}, {unit}" if unit else name
            yield segments(key, name, rows, note, _source(own[0]))


def _years(points: Sequence[Point], day: date) -> Iterator[Figure]:
    for point in points:
        own: Any = point.row
        series = series_of(own.value.measurements, day)
        if not series.is_trend:
            continue
        line = Timeline(
            subject=point.name,
            series=series,
            unit=own.row.unit,
            held=held_of(own.value.targets),
            absent=absent_of(own.value.measurements, day),
            source=_source(point),
        )
        yield years(f"{point.key}/years", line)


def _others(point: Point) -> tuple[Comparison, ...]:
    unit = point.row.row.unit
    return tuple(
        Comparison(
            told["name"],
            Reading.of(Fraction(Decimal(told["value"])), unit),
            told["is_derived"],
        )
        for told in point.row.row.json_benchmarks
    )


def _source(point: Point) -> str:
    name = point.row.row.data_source
    return f"Kilde: {name}." if name else ""


def _asked(point: Point) -> tuple[str, str]:
    return point.row.row.name, point.row.row.unit


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
