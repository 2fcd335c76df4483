"""A month as a calendar draws it. Pure."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from core import formats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.occasions import Occasion

_FIRST_YEAR, _LAST_YEAR, _MONTHS = 1900, 9998, 12


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the table; those of the months around stand grey."""

    day: date
    occasions: tuple[Occasion, ...]
    is_in: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday.

    Attributes:
        first: its first day; ``before`` and ``after`` are those of its neighbours.
        weeks: rows of seven days.
    """

    first: date
    weeks: tuple[tuple[Day, ...], ...]

    @property
    def title(self) -> str:
        """Its name: "November 2023"."""
        name = formats.MONTHS[self.first.month - 1]
        return f"{name.capitalize()} {self.first.year}"

    @property
    def before(self) -> date:
        """The month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The month after."""
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def count(self) -> int:
        """How many entries it has."""
        days = (day for week in self.weeks for day in week if day.is_in)
        return sum(len(day.occasions) for day in days)


def month_of(first: date, occasions: Iterable[Occasion], today: date) -> Month:
    """Lay a month out.

    Args:
        first: any day of the month.
        occasions: of any days; those of other months are left out.
    """
    by_day: dict[date, list[Occasion]] = {}
    for occasion in occasions:
        by_day.setdefault(occasion.day, []).append(occasion)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    rows = tuple(
        tuple(_day(day, first.month, by_day.get(day, ()), today) for day in week)
        for week in weeks
    )
    return Month(first.replace(day=1), rows)


def _day(day: date, month: int, own: Iterable[Occasion], today: date) -> Day:
    is_in = day.month == month
    order = sorted(own, key=lambda each: (each.begins or time.min, each.title))
    return Day(day, tuple(order) if is_in else (), is_in, day == today)


def month_named(name: str, today: date) -> date | None:
    """Give the first day of the month an address names, "2023-11"; None for no month.

    Args:
        name: "" is the month that today is in.
    """
    if not name:
        return today.replace(day=1)
    year, _, month = name.partition("-")
    is_number = all(part.isascii() and part.isdecimal() for part in (year, month))
    if not is_number or len(name) != len("2023-11"):
        return None
    if not (_FIRST_YEAR < int(year) < _LAST_YEAR and 1 <= int(month) <= _MONTHS):
        return None
    return date(int(year), int(month), 1)
