"""The words of a search, as the index of all that can be found is asked about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from accounts.audiences import editors_of
from core.search.question import ask

if TYPE_CHECKING:
    from accounts.models import Membership

_MOST_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched for.

    Attributes:
        text: as it was typed.
        lexemes: a ``tsquery``; "" where there is nothing to search for.
        number: of the record that is meant, 0 where the text is no number.
        was_cut: only the first words are searched for.
    """

    text: str = ""
    lexemes: str = ""
    number: int = 0
    was_cut: bool = False

    @property
    def is_on(self) -> bool:
        """There is something to search for."""
        return bool(self.lexemes or self.number)

    @property
    def is_empty(self) -> bool:
        """What was typed is only small words or signs."""
        return bool(self.text) and not self.is_on


def searched(text: str, seat: Membership) -> Searched:
    """Read what is searched for, among what the seat's council writes. At most one query."""
    if not text:
        return Searched()
    question = ask(text, (editors_of(seat.council.slug),))
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    lexemes = question.all_of if question.terms else ""
    return Searched(text, lexemes, int(text) if is_number else 0, question.was_cut)
