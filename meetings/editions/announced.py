"""What was announced of a sent meeting, as its readers are told of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from core.formats import long_date
from meetings.choices import Fate

if TYPE_CHECKING:
    from collections.abc import Mapping

DONE: Final = {
    Fate.CANCELLED: "er aflyst",
    Fate.POSTPONED: "er udsat",
    Fate.WITHDRAWN: "udgår",
    Fate.STANDS: "gælder igen",
}


def done(fate: str, to_day: date | None) -> str:
    """Give what became of it as a sentence ends: "er udsat til 24. januar 2024"."""
    return f"{DONE[Fate(fate)]}{_day(to_day)}"


def short(fate: str, to_day: date | None) -> str:
    """Give what became of it in a word: "Udgået", "Udsat til 24. januar 2024"."""
    return f"{Fate(fate).label}{_day(to_day)}"


def _day(to_day: date | None) -> str:
    return f" til {long_date(to_day)}" if to_day else ""


@dataclass(frozen=True, slots=True)
class Announced:
    """What everybody was told of a sent meeting, or of one of its items.

    Attributes:
        item_key: "" where it is about the meeting itself.
        to_day: the day it is postponed to, if that is known.
    """

    item_key: str
    fate: str
    to_day: date | None
    reason: str
    at: datetime

    @property
    def words(self) -> str:
        """Give "Udgået", "Udsat til 24. januar 2024", "Aflyst"."""
        return short(self.fate, self.to_day)

    @property
    def done(self) -> str:
        """Give "udgår", "er udsat til 24. januar 2024", "er aflyst"."""
        return done(self.fate, self.to_day)


def announced(row: Mapping[str, Any]) -> Announced:
    """Give what ``PublicationQuerySet.with_announcements`` fetched as a value."""
    day, at = row["to_day"], datetime.fromisoformat(row["at"])
    to_day = date.fromisoformat(day) if day else None
    return Announced(row["item_key"], row["fate"], to_day, row["reason"], at)
