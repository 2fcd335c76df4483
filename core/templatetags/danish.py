"""Filters for Danish dates, times, numbers and counts (see ``core.formats``).

All are built in (``TEMPLATES`` names this module), and each gives "" for ``None``:
a template then writes the word for what is missing.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django import template
from django.utils import timezone

from core import clock, formats

if TYPE_CHECKING:
    from decimal import Decimal

register = template.Library()


def local_day(value: date) -> date:
    """Give the day of a date or moment, a moment as the portal's clock shows it."""
    return local_moment(value).date() if isinstance(value, datetime) else value


def local_moment(value: datetime) -> datetime:
    """Give a moment in the portal's time zone; a naive one is taken to be in it."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


@register.filter
def long_date(value: date | None) -> str:
    """Give "22. november 2023"."""
    return formats.long_date(local_day(value)) if value else ""


@register.filter
def short_date(value: date | None) -> str:
    """Give "22. nov."."""
    return formats.short_date(local_day(value)) if value else ""


@register.filter
def short_date_year(value: date | None) -> str:
    """Give "22. nov. 2023"."""
    return formats.short_date_year(local_day(value)) if value else ""


@register.filter
def weekday_date(value: date | None) -> str:
    """Give "ons. 22. nov."."""
    return formats.weekday_date(local_day(value)) if value else ""


@register.filter
def weekday_long_date(value: date | None) -> str:
    """Give "Onsdag 22. november 2023"."""
    return formats.weekday_long_date(local_day(value)) if value else ""


@register.filter
def weekday(value: date | None) -> str:
    """Give "onsdag"."""
    return formats.weekday(local_day(value)) if value else ""


@register.filter
def clock_time(value: datetime | None) -> str:
    """Give "kl. 13.00"."""
    return formats.clock_time(local_moment(value)) if value else ""


@register.filter
def bare_time(value: datetime | None) -> str:
    """Give "13.00"."""
    return formats.bare_time(local_moment(value)) if value else ""


@register.filter
def clock_span(start: datetime | None, end: datetime | None) -> str:
    """Give "kl. 13.00–16.00", or only the start when there is no end."""
    if start is None:
        return ""
    if end is None:
        return clock_time(start)
    return formats.clock_span(local_moment(start), local_moment(end))


@register.filter
def when(value: datetime | None) -> str:
    """Give "i dag kl. 9.12", "i går kl. 15.40" or "30. okt. kl. 11.05"."""
    return formats.when(local_moment(value), now=clock.now()) if value else ""


@register.filter
def day_name(value: date | None) -> str:
    """Give "i dag", "i går", "i morgen" or a short date."""
    return formats.day_name(local_day(value), today=clock.today()) if value else ""


@register.filter
def days_away(value: date | None) -> str:
    """Give "om 8 dage", "i dag" or "2 dage for sent"."""
    return formats.days_away(local_day(value), today=clock.today()) if value else ""


@register.filter
def number(value: float | Decimal | None, decimals: int | None = None) -> str:
    """Give "1.753"; ``None`` gives "", and never "0"."""
    return "" if value is None else formats.number(value, decimals)


@register.filter
def counted(count: int, words: str) -> str:
    """Give "3 gevinster" from ``{{ 3|counted:"gevinst,gevinster" }}``.

    A third word stands in for nought: ``"gevinst,gevinster,ingen gevinster"``.
    """
    return formats.counted(count, *words.split(","))


@register.filter
def page(label: str | int | None) -> str:
    """Give "s. 41"."""
    return "" if label in (None, "") else formats.page(label or "")


@register.filter
def pages(first: str | int | None, last: str | int | None) -> str:
    """Give "s. 30–55" from ``{{ first|pages:last }}``."""
    if first in (None, "") or last in (None, ""):
        return ""
    return formats.pages(first or "", last or "")


@register.filter
def language_name(tag: str | None) -> str:
    """Give "dansk" of "da"."""
    return formats.language_name(tag or "")


@register.filter
def file_size(size: int | None) -> str:
    """Give "340 kB" or "2,4 MB"."""
    return "" if size is None else formats.file_size(size)


@register.filter
def listed(words: list[str] | tuple[str, ...]) -> str:
    """Give "Faxe, Greve og Solrød"."""
    return formats.listed(words)
