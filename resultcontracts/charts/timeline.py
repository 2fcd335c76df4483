"""What is known of a measure over time: results, times without one, targets. Pure.

Source: docs/rules.md R-121, R-128.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.formats import long_date
from resultcontracts.charts.course import Held
from resultcontracts.standing.measures import latest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from resultcontracts.standing.measures import Measurement
    from resultcontracts.standing.numbers import Reading
    from resultcontracts.standing.series import Series
    from resultcontracts.standing.targets import TargetRevision


@dataclass(frozen=True, slots=True)
class Absent:
    """A time of which there is no figure to draw, and why, in words."""

    name: str
    end: date
    words: str
    definition: int = 1
    definition_text: str = ""


def absent_of(measurements: Iterable[Measurement], day: date) -> tuple[Absent, ...]:
    """Give the times of which it is known by a day why there is no figure."""
    rows = [
        row
        for row in measurements
        if row.approved_on is not None and row.approved_on <= day and row.period.end
    ]
    found = []
    for end in sorted({row.period.end for row in rows if row.period.end}):
        row = latest(tuple(row for row in rows if row.period.end == end), day)
        if row is not None and row.missing is not None:
            found.append(
                Absent(
                    short_name(row),
                    end,
                    row.missing.label,
                    row.definition,
                    row.definition_text,
                )
            )
    return tuple(found)


def held_of(revisions: Sequence[TargetRevision]) -> tuple[Held, ...]:
    """Give which target holds from when until when."""
    ordered = sorted(
        revisions, key=lambda each: (each.since is not None, each.since or date.min)
    )
    following = [*(each.since for each in ordered[1:]), None]
    return tuple(
        Held(each.target, each.since, until)
        for each, until in zip(ordered, following, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Timeline:
    """A measure's results, and what has to be known to compare them.

    Attributes:
        held: which target applied when; its line is drawn over no other time.
        absent: times without a figure.
        source: where the figures are from, a sentence with its full stop.
    """

    subject: str
    series: Series
    unit: str = ""
    held: tuple[Held, ...] = ()
    absent: tuple[Absent, ...] = ()
    source: str = ""

    @property
    def points(self) -> Iterator[tuple[Measurement, Reading]]:
        """Give the results that are drawn, the oldest first."""
        for stretch in self.series.stretches:
            for row in stretch.points:
                if row.reading is not None:
                    yield row, row.reading

    @property
    def newest(self) -> int | None:
        """Which definition holds now."""
        stretches = self.series.stretches
        return stretches[-1].definition if stretches else None

    def printed(self, row: Measurement, reading: Reading) -> str:
        """Give a result as the table has it."""
        if row.is_derived:
            return f"{reading.text} (afledt)"
        if row.is_proxy:
            return f"{reading.text} (tæller noget andet)"
        return reading.text


def short_name(row: Measurement) -> str:
    """Give what stands under a point: its year, or the very time it was measured."""
    period = row.period
    if period.name:
        return period.name
    return long_date(period.end) if period.end else ""
