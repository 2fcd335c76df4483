"""Words of Danish text, spelt in one way. Pure.

``base`` is what the stemmer is asked about ("Aarhus" and "Århus" are "århus"), and
``key`` what is compared: small letters a-z, so that "soeg" finds "søg".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 60
"""Letters; what is longer is no word."""

GRAM: Final = 3

_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_BROKEN: Final = re.compile(r"(?<=[^\W\d_])-[ \t]*\n[ \t]*(?=[a-zæøå])")
_SPACES: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r"\s*\n\s*")
_GOES_ON: Final = re.compile(r"\n(?=[a-zæøå])")
_UNSEEN: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\0"))
_SAME: Final = str.maketrans(
    {"é": "e", "è": "e", "ê": "e", "á": "a", "à": "a", "ä": "æ", "ö": "ø", "ü": "y"}
)
_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it stands in a text, from ``start`` to ``end``."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def base(self) -> str:
        """What the stemmer is asked about."""
        return base(self.text)


def tidy(text: str) -> str:
    """Give the text as it is searched and shown: one kind of space, words whole.

    A word that a line's end has broken ("virk-⏎somhed") is put together, and so is a
    sentence that goes on with a small letter; other ends of lines stay.
    """
    whole = unicodedata.normalize("NFC", text).translate(_UNSEEN)
    joined = _BROKEN.sub("", whole.replace("\r\n", "\n").replace("\f", "\n"))
    lines = _LINES.sub("\n", _SPACES.sub(" ", joined)).strip()
    return _GOES_ON.sub(" ", lines)


def tokens(text: str) -> Iterator[Token]:
    """Give the words of a tidy text in order; what is too long to be a word is not one."""
    for found in _TOKEN.finditer(text):
        if len(found[0]) <= LONGEST:
            yield Token(found[0], found.start())


@lru_cache(maxsize=100_000)
def base(word: str) -> str:
    """Give a word in small letters and Danish spelling; "1.753" is "1753"."""
    if word[:1].isdigit() and _THOUSANDS.fullmatch(word):
        return word.replace(".", "")
    return word.lower().translate(_SAME).replace("aa", "å")


def key(word: str) -> str:
    """Give a base, or its stem, without the letters that some keyboards lack."""
    return word.translate(_LETTERS)


def is_listed(word: str) -> bool:
    """Whether the word is kept in the list of words: letters only, at least three."""
    return word.isalpha() and len(word) >= GRAM


def grams(text: str) -> list[str]:
    """Give the runs of three letters of a key, each once: "tal" has one, "^tal$" three."""
    return sorted({text[at : at + GRAM] for at in range(len(text) - GRAM + 1)})


def word_grams(word: str) -> list[str]:
    """Give the runs of a whole word, its beginning and end marked."""
    return grams(f"^{key(base(word))}$")
