"""Results over the years: what may be compared, and whether that is a trend. Pure.

Source: docs/rules.md R-121.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from core.formats import counted
from resultcontracts.standing.measures import counting, latest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from resultcontracts.standing.measures import Measurement

A_TREND: Final = 3
_NAMES: Final = {0: "Ingen resultater", 1: "Ét punkt er ingen tendens",
                 2: "To punkter er ingen tendens"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """Results that were asked for in the same way, the oldest first."""

    definition: int
    points: tuple[Measurement, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A measure's results, cut wherever the question was changed.

    Attributes:
        stretches: the oldest first; no line is drawn from one to the next.
        undated: results of which nobody knows the time; listed, never drawn.
    """

    stretches: tuple[Stretch, ...]
    undated: tuple[Measurement, ...] = ()

    @property
    def comparable(self) -> int:
        """How many results the newest stretch has."""
        return len(self.stretches[-1].points) if self.stretches else 0

    @property
    def is_trend(self) -> bool:
        """Whether there are enough to speak of a trend."""
        return self.comparable >= A_TREND

    @property
    def text(self) -> str:
        """Say how much there is to compare: "To punkter er ingen tendens"."""
        if not self.is_trend:
            return _NAMES[self.comparable]
        return f"{counted(self.comparable, 'punkt', 'punkter')} kan sammenlignes"


def series_of(measurements: Iterable[Measurement], day: date) -> Series:
    """Give what was approved by a day and has a result, one for each time.

    Of two for the same time the one that was approved last counts; the other is kept and
    read in the history. One that was taken back is not drawn.
    """
    rows = counting(measurements, day)
    dated: dict[date, list[Measurement]] = {}
    for row in rows:
        if row.period.end is not None:
            dated.setdefault(row.period.end, []).append(row)
    newest = [latest(tuple(same), day) for _, same in sorted(dated.items())]
    points = [row for row in newest if row is not None and row.reading]
    stretches = tuple(
        Stretch(definition, tuple(own))
        for definition, own in groupby(points, key=lambda row: row.definition)
    )
    undated = tuple(row for row in rows if row.reading and row.period.end is None)
    return Series(stretches, undated)
