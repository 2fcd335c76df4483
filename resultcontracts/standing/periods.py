"""What time a result is about, and how old it is. Pure.

Source: docs/rules.md R-118.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core.formats import counted, long_date

if TYPE_CHECKING:
    from datetime import date

_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a quarter, a year: what a result covers or a target is due for.

    Attributes:
        name: "3. kvartal 2021"; "" for the very day of its end.
        end: its last day; None where the source gives none.
        is_year: a whole year, which is said as "for 2021".
    """

    name: str
    end: date | None
    is_year: bool = False

    @property
    def text(self) -> str:
        """What follows "Målt": "for 2021", "3. kvartal 2021", "31. december 2021"."""
        if self.name:
            return f"for {self.name}" if self.is_year else self.name
        return long_date(self.end) if self.end else "dato ikke oplyst"


def months_between(start: date, end: date) -> int:
    """Give the whole months from one day to another; 0 where the other is earlier.

    The last day of a month is a whole month from the last day of the one before.
    """
    months = (end.year - start.year) * _MONTHS_A_YEAR + end.month - start.month
    if end.day < start.day and not _is_last_of_month(end):
        months -= 1
    return max(0, months)


def _is_last_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def age(period: Period, today: date) -> str:
    """Say how old a result is: "Målt for 2021, 22 måneder siden"."""
    if period.end is None:
        return f"Målt {period.text}" if period.name else "Målt, dato ikke oplyst"
    months = months_between(period.end, today)
    if period.end > today or months == 0:
        return f"Målt {period.text}"
    return f"Målt {period.text}, {counted(months, 'måned', 'måneder')} siden"


def lateness(due: Period, today: date) -> str:
    """Say how late a result is that was never measured: "Ikke målt, 22 måneder over tiden"."""
    if due.end is None:
        return "Ikke målt"
    if due.end >= today:
        return f"Skal måles {due.text}"
    months = months_between(due.end, today)
    if months == 0:
        return "Ikke målt, under en måned over tiden"
    return f"Ikke målt, {counted(months, 'måned', 'måneder')} over tiden"
