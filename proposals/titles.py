"""Titles that read differently in two places: what counts, and which words. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from core.formats import unbroken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SPACES = re.compile(r"(\s+)")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of a title; ``differs``: another reading has something else here."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a title and the places where it stands.

    Attributes:
        words: the reading, with what differs from the body marked.
    """

    text: str
    places: tuple[str, ...]
    words: tuple[Word, ...]

    @property
    def where(self) -> str:
        """The places in words; they hold commas, so "og" gets one too."""
        *first, last = map(unbroken, self.places)
        return f"{', '.join(first)}, og {last}" if first else last

    @property
    def differing(self) -> str:
        """Only what differs, for a sentence about a third reading."""
        return " … ".join(word.text.strip() for word in self.words if word.differs)


def letters(title: str) -> str:
    """Give what counts of a title: its letters and digits, "aa" as "å"."""
    return "".join(filter(str.isalnum, title.casefold())).replace("aa", "å")


def differ(one: str, other: str) -> bool:
    """Tell whether two titles differ by more than signs, spaces, case and "aa".

    Source: docs/rules.md R-18.
    """
    return letters(one) != letters(other)


def marked(text: str, against: str) -> tuple[Word, ...]:
    """Mark the words of ``text`` that ``against`` does not have at their place."""
    own, other = text.split(), against.split()
    matcher = SequenceMatcher(
        a=[letters(word) for word in own],
        b=[letters(word) for word in other],
        autojunk=False,
    )
    found: list[Word] = []
    for tag, start, end, _, _ in matcher.get_opcodes():
        if start < end:
            found.append(Word(" ".join(own[start:end]), tag != "equal"))
    return tuple(found)


def grouped(rows: Iterable[tuple[str, str]], against: str) -> tuple[Reading, ...]:
    """Group places by the text they carry, in the order in which texts are met.

    Args:
        rows: pairs (place, text).
        against: the title whose words are compared.
    """
    places: dict[str, list[str]] = {}
    for place, text in rows:
        places.setdefault(text, []).append(place)
    return tuple(
        Reading(text, tuple(where), marked(text, against))
        for text, where in places.items()
    )


def overview_of(rows: Sequence[tuple[str, str, bool]]) -> str:
    """Give the reading of the catalogue's own overview; "" where none is known.

    Args:
        rows: triples (place, text, is the overview's).
    """
    return next((text for _, text, is_overview in rows if is_overview), "")
