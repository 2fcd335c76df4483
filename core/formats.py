"""Danish dates, clock times, numbers and counts as the portal writes them. Pure.

Django's own Danish formats differ ("22. nov 2023 13:00", "1753"), so nothing uses
them. "Now" is always given, never read here; a moment is shown in its own time zone,
so callers convert to Europe/Copenhagen first. Spaces inside a value are no-break
spaces where a line break would part number and unit.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

NBSP = "\N{NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"

_POINT_AND_COMMA = str.maketrans(",.", ".,")
_ROUNDS_TO_A_MEGABYTE = 999_500

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
MONTHS_SHORT = (
    "jan.",
    "feb.",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "aug.",
    "sept.",
    "okt.",
    "nov.",
    "dec.",
)
WEEKDAYS = (
    "mandag",
    "tirsdag",
    "onsdag",
    "torsdag",
    "fredag",
    "lørdag",
    "søndag",
)


def long_date(day: date) -> str:
    """Give "22. november 2023"."""
    return f"{day.day}.{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def short_date(day: date) -> str:
    """Give "22. nov."."""
    return f"{day.day}.{NBSP}{MONTHS_SHORT[day.month - 1]}"


def short_date_year(day: date) -> str:
    """Give "22. nov. 2023"."""
    return f"{short_date(day)}{NBSP}{day.year}"


def weekday_date(day: date) -> str:
    """Give "ons. 22. nov."."""
    return f"{weekday(day)[:3]}.{NBSP}{short_date(day)}"


def weekday_long_date(day: date) -> str:
    """Give "Onsdag 22. november 2023", as a line of its own begins."""
    return f"{weekday(day).capitalize()} {long_date(day)}"


def weekday(day: date) -> str:
    """Give "onsdag"."""
    return WEEKDAYS[day.weekday()]


def bare_time(moment: datetime) -> str:
    """Give "9.12": hours without a leading zero."""
    return f"{moment.hour}.{moment.minute:02d}"


def clock_time(moment: datetime) -> str:
    """Give "kl. 13.00"."""
    return f"kl.{NBSP}{bare_time(moment)}"


def clock_span(start: datetime, end: datetime) -> str:
    """Give "kl. 13.00–16.00"."""
    return f"{clock_time(start)}{EN_DASH}{bare_time(end)}"


def when(moment: datetime, *, now: datetime) -> str:
    """Give the shortest exact saying of a moment: "i dag kl. 9.12", "i går kl. 15.40".

    Other days read "30. okt. kl. 11.05", and other years "30. okt. 2022 kl. 11.05".
    """
    return f"{day_name(moment.date(), today=now.date())} {clock_time(moment)}"


def day_name(day: date, *, today: date) -> str:
    """Give "i dag", "i går", "i morgen", or a short date, with its year if another."""
    near = {-1: "i går", 0: "i dag", 1: "i morgen"}.get((day - today).days)
    if near:
        return near.replace(" ", NBSP)
    return short_date(day) if day.year == today.year else short_date_year(day)


def days_away(day: date, *, today: date) -> str:
    """Give how far off a deadline is: "om 8 dage", "i dag", "2 dage for sent"."""
    days = (day - today).days
    if days < 0:
        return f"{counted(-days, 'dag', 'dage')} for sent"
    if days <= 1:
        return day_name(day, today=today)
    return f"om{NBSP}{days}{NBSP}dage"


def number(value: float | Decimal, decimals: int | None = None) -> str:
    """Give "1.753", "0,5", "−3".

    Args:
        value: any number.
        decimals: digits after the comma; ``None`` keeps those the number has.
    """
    text = f"{value:,}" if decimals is None else f"{value:,.{decimals}f}"
    swapped = text.translate(_POINT_AND_COMMA)
    return swapped.replace("-", MINUS)


def counted(count: int, one: str, many: str, none: str = "") -> str:
    """Give "1 gevinst", "3 gevinster"; ``none`` (if given) in place of "0 …"."""
    if count == 0 and none:
        return none
    return f"{number(count)}{NBSP}{one if count == 1 else many}"


_PLACES = re.compile(
    r"(?<=\d) (?=Bilag\b)|(?<=\bBilag) (?=\d)|(?<=\b[Ss]ide) (?=\d)"
    r"|(?<=\bslide) (?=\d)|(?<=\bs\.) (?=\d)"
)


def unbroken(text: str) -> str:
    """Keep "2.1 Bilag 3" and "side 21" on one line each, wherever they stand in a text."""
    return _PLACES.sub(NBSP, text)


def page(label: str | int) -> str:
    """Give "s. 41"; a label may carry a letter ("71a")."""
    return f"s.{NBSP}{label}"


def pages(first: str | int, last: str | int) -> str:
    """Give "s. 30–55", or "s. 41" when it is one page."""
    if str(first) == str(last):
        return page(first)
    return f"{page(first)}{EN_DASH}{last}"


def file_size(size: int) -> str:
    """Give "340 kB" or "2,4 MB" (1 kB is 1,000 bytes); at least 1 kB."""
    if size < _ROUNDS_TO_A_MEGABYTE:
        return f"{max(1, round(size / 1000))}{NBSP}kB"
    return f"{number(Decimal(size) / 1_000_000, 1)}{NBSP}MB"


def language_name(tag: str) -> str:
    """Give "dansk" of "da" or "da-DK"; a language nobody here knows stands as it is."""
    known = {
        "": "ikke oplyst i filen",
        "da": "dansk",
        "de": "tysk",
        "en": "engelsk",
        "fr": "fransk",
        "nb": "norsk",
        "no": "norsk",
        "sv": "svensk",
    }
    return known.get(tag.partition("-")[0].casefold(), tag)


def listed(words: list[str] | tuple[str, ...]) -> str:
    """Give "Faxe, Greve og Solrød"."""
    if len(words) < 2:  # noqa: PLR2004 -- a list needs two to be joined
        return "".join(words)
    return f"{', '.join(words[:-1])} og {words[-1]}"
