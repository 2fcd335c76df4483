"""The one function that says what time it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import date, datetime


def now() -> datetime:
    """Give the present moment, in the portal's time zone.

    ``settings.CLOCK_DATE`` (demo and tests only) fixes the day; the time of day runs.
    """
    moment = timezone.localtime()
    day: date | None = settings.CLOCK_DATE
    if day is None:
        return moment
    return moment.replace(year=day.year, month=day.month, day=day.day)


def today() -> date:
    """Give the present day in the portal's time zone."""
    return now().date()
