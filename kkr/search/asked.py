"""What an address of the search page asks for. Everything but the text is from a list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from core.formats import long_date
from core.search.finding import MOST_PAGES, Filters
from meetings.search import place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_MEETING: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[a-z]?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PAGE: Final = re.compile(r"[1-9]\d?")
YES: Final = "1"
NEWEST: Final = "nyeste"


@dataclass(frozen=True, slots=True)
class Asked:
    """One search.

    Attributes:
        text: as it was typed.
        council, kind: slug and key, "" for all; ``year`` 0 for all.
        meeting: slug of the meeting to search in, with the slug of its council.
        is_whole: no longer words.
    """

    text: str = ""
    council: str = ""
    year: int = 0
    kind: str = ""
    meeting: str = ""
    meeting_council: str = ""
    is_whole: bool = False
    is_newest_first: bool = False
    page: int = 1

    @property
    def filters(self) -> Filters:
        """What narrows it."""
        within = place_of(self.meeting_council, self.meeting) if self.meeting else ""
        return Filters(self.council, self.year, self.kind, within)

    @property
    def is_narrow(self) -> bool:
        """Council, year or kind is chosen."""
        return bool(self.council or self.year or self.kind)

    @property
    def meeting_name(self) -> str:
        """The meeting as its address tells it: whether there is one is not looked up."""
        found = _MEETING.fullmatch(self.meeting)
        return f"KKR-møde {long_date(date.fromisoformat(found[1]))}" if found else ""

    @property
    def parameters(self) -> dict[str, str]:
        """Everything but text and page, as it stands in an address."""
        every = {
            "raad": self.council,
            "aar": str(self.year or ""),
            "art": self.kind,
            "moede": self.meeting,
            "kkr": self.meeting_council if self.meeting else "",
            "hele": YES if self.is_whole else "",
            "orden": NEWEST if self.is_newest_first else "",
        }
        return {name: value for name, value in every.items() if value}

    def address(self, **changes: Any) -> str:
        """Give the address of this search with something changed, from its first page."""
        other = replace(self, **{"page": 1, **changes})
        query = {"q": other.text, **other.parameters}
        if other.page > 1:
            query["side"] = str(other.page)
        return reverse("search", query=query)


def read(
    given: Mapping[str, str],
    *,
    councils: Collection[str],
    kinds: Collection[str],
    own_council: str,
) -> Asked:
    """Read an address; what is on no list is as if it were not there."""
    year, page = given.get("aar", ""), given.get("side", "")
    meeting = given.get("moede", "")
    return Asked(
        text=given.get("q", ""),
        council=_of(councils, given.get("raad", "")),
        year=int(year) if _YEAR.fullmatch(year) and year.isascii() else 0,
        kind=_of(kinds, given.get("art", "")),
        meeting=meeting if _is_meeting(meeting) else "",
        meeting_council=_of(councils, given.get("kkr", "")) or own_council,
        is_whole=given.get("hele") == YES,
        is_newest_first=given.get("orden") == NEWEST,
        page=min(int(page), MOST_PAGES) if _PAGE.fullmatch(page) else 1,
    )


def _of(known: Collection[str], given: str) -> str:
    return given if given in known else ""


def _is_meeting(slug: str) -> bool:
    found = _MEETING.fullmatch(slug)
    if not (found and slug.isascii()):
        return False
    try:
        date.fromisoformat(found[1])
    except ValueError:
        return False
    return True
