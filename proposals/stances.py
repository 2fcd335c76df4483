"""How stances are counted, said and drawn: one square is one municipality. Pure.

Source: docs/rules.md R-87.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain, repeat
from typing import TYPE_CHECKING, Final

from core.formats import listed
from proposals.choices import GIVEN, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_ANSWER: Final = ""
ORDER: Final = (*GIVEN, NO_ANSWER)
"""The four states in the order they are always shown in."""
WORDS: Final = {
    Stance.SUPPORTS: "støtter",
    Stance.RESERVED: "støtter med forbehold",
    Stance.AGAINST: "støtter ikke",
    Stance.DECLINES: "ønsker ikke at tage stilling",
    NO_ANSWER: "ikke svaret",
}
SHORT: Final = {**WORDS, Stance.RESERVED: "med forbehold"}
ICONS: Final = {
    Stance.SUPPORTS: "stance-supports",
    Stance.RESERVED: "stance-reserved",
    Stance.AGAINST: "stance-against",
    NO_ANSWER: "stance-none",
}
MOST_SQUARES: Final = 100
"""Of one bar; there are 98 municipalities."""


def counted_as(stance: str) -> str:
    """Give the state a stance counts as: whoever declines has not answered."""
    return stance if stance in GIVEN else NO_ANSWER


@dataclass(frozen=True, slots=True)
class Line:
    """One of the four states with its count."""

    state: str
    count: int

    @property
    def word(self) -> str:
        """As it stands beside its count in little room."""
        return SHORT[self.state]

    @property
    def long_word(self) -> str:
        """As it stands where there is room."""
        return WORDS[self.state]

    @property
    def icon(self) -> str:
        """Its square."""
        return ICONS[self.state]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many municipalities are in each of the four states. Missing is never zero."""

    supports: int = 0
    reserved: int = 0
    against: int = 0
    missing: int = 0

    @classmethod
    def of(cls, stances: Iterable[str], municipalities: int) -> Tally:
        """Count stances; whoever of the municipalities gave none has not answered.

        Args:
            stances: one for each municipality that has a row, in any order.
        """
        found = Counter(stances)
        given = [found[stance] for stance in GIVEN]
        missing = max(0, municipalities - sum(given))
        return cls(given[0], given[1], given[2], missing)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.supports + other.supports,
            self.reserved + other.reserved,
            self.against + other.against,
            self.missing + other.missing,
        )

    @property
    def given(self) -> int:
        """How many have answered."""
        return self.supports + self.reserved + self.against

    @property
    def all(self) -> int:
        """How many there are."""
        return self.given + self.missing

    @property
    def lines(self) -> tuple[Line, ...]:
        """The four states in their order; 0 is a line, too."""
        counts = (self.supports, self.reserved, self.against, self.missing)
        return tuple(Line(*pair) for pair in zip(ORDER, counts, strict=True))

    @property
    def squares(self) -> tuple[str, ...]:
        """The icons of the bar, one a municipality; none where there are too many."""
        if self.all > MOST_SQUARES:
            return ()
        return tuple(chain.from_iterable(repeat(x.icon, x.count) for x in self.lines))

    @property
    def sentence(self) -> str:
        """Say it: "12 støtter, 1 støtter med forbehold … og 3 har ikke svaret"."""
        parts = [
            f"{line.count} {line.long_word}"
            for line in self.lines
            if line.count and line.state
        ]
        if self.missing:
            parts.append(f"{self.missing} har ikke svaret")
        return f"{listed(parts)}." if parts else "Ingen er spurgt."
