"""What stands where a name is missing, and what things are called in addresses. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import formats

if TYPE_CHECKING:
    from datetime import date

# The source that gives a meeting's minutes as an appendix of another.
MINUTES = "meetings.minutes"
UNTITLED = "Titel ikke oplyst"
KKR_MEETING = "KKR-møde"

# What is said of closed material to those who may read it.
CONFIDENTIAL = "Fortroligt"
WITHHELD = "Må ikke offentliggøres"
CLOSED_ITEM = "Lukket punkt"
# What stands in its place for everybody else.
HIDDEN_ITEM = "Lukket punkt"
HIDDEN_APPENDIX = "Lukket bilag"


def appendix_slug(label: str) -> str:
    """Give an appendix's place in addresses: "2-1-bilag-3" of "2.1 Bilag 3"."""
    return label.replace(" ", "-").replace(".", "-").casefold()


def meeting_name(slug: str, held_on: date, kind: str = KKR_MEETING) -> str:
    """Give "KKR-møde 22. november 2023", or the same with ", 2. møde" behind.

    Args:
        kind: what such a meeting is called.
    """
    return f"{kind} {meeting_day(slug, held_on)}"


def meeting_day(slug: str, held_on: date) -> str:
    """Give "22. november 2023", or "22. november 2023, 2. møde" of a day's second one.

    Args:
        slug: its place in addresses, the date and a letter: "2023-11-22b".
    """
    day = formats.long_date(held_on)
    letter = slug.removeprefix(held_on.isoformat())
    if len(letter) != 1:
        return day
    return f"{day}, {ord(letter) - ord('a') + 1}.{formats.NBSP}møde"
