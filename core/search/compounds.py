"""A word inside longer words: "praktik" in "virksomhedspraktikken". Pure.

Danish writes compounds as one word, and makes new ones every day, so no list of them
is ever whole. What is asked for is therefore looked up in the list of words that the
index holds, and a place inside one counts where Danish could have put words together:

* at the end, the whole of what is left when the ending is off ("…praktikken");
* at the beginning or in the middle, in a form that stands by itself, with something
  after it that can be a word ("praktik·ordning", "arbejd·s·marked");
* never after what is only the beginning of another word ("for·mål", "be·tal").

Source: docs/search.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.search.words import LONGEST, base, key

if TYPE_CHECKING:
    from collections.abc import Collection

SHORTEST: Final = 3
"""Letters of a stem that is looked for inside words, and of what stands beside it."""

_VOWELS: Final = frozenset("aeiouyæøå")
# Beginnings that are no words, or that make a verb of one.
_BEGINNINGS: Final = frozenset(
    "for fore be an af op ud ind til fra med mod paa gen mis und kon kom pro per prae "  # noqa: SIM905
    "sub eks trans dis des".split()
)
# Words of two letters that begin compounds.
_SHORT_WORDS: Final = frozenset("by bo el it tv is oe oel aeg soe koe".split())  # noqa: SIM905
# A word never ends so where another begins, unless it is a long one.
_OPEN_ENDS: Final = frozenset("aiouy")


def place_in(
    word: str, word_stem: str, stem: str, forms: Collection[str]
) -> tuple[int, int] | None:
    """Give where in a longer word another one stands: (start, end) of its letters.

    Args:
        word: as it is written, in any case.
        word_stem: its stem, as a key.
        stem: of what is looked for, as a key.
        forms: keys of what is looked for as it stands by itself: the word that was
            asked for, and others with its stem.

    Returns:
        None where it does not stand there as a word.
    """
    if len(stem) < SHORTEST or len(word) > LONGEST:
        return None
    whole = key(base(word))
    longest_first = sorted(forms, key=len, reverse=True)
    at = whole.find(stem)
    while at >= 0:
        if _may_begin(whole[:at], stem):
            end = _end(whole, word_stem, at, stem, longest_first)
            if end:
                return _as_written(word, whole, at, end)
        at = whole.find(stem, at + 1)
    return None


def _as_written(word: str, whole: str, start: int, end: int) -> tuple[int, int]:
    """Give a part of a key as a part of the word, where "å" is one letter for two."""
    if len(word) == len(whole):
        return start, end
    places = [at for at, letter in enumerate(word) for _ in key(base(letter))]
    return places[start], places[end - 1] + 1


def _end(whole: str, word_stem: str, at: int, stem: str, forms: Collection[str]) -> int:
    """Give where what begins at ``at`` ends, 0 where it cannot stand there."""
    end = at + len(stem)
    if whole[:end] == word_stem:
        return end
    for form in forms:
        if whole.startswith(form, at) and _may_follow(whole[at + len(form) :]):
            return at + len(form)
        # "arbejde" loses its e: "arbejdsmarked".
        if (
            form == f"{stem}e"
            and whole[end : end + 1] == "s"
            and _may_follow(whole[end + 1 :])
        ):
            return end
    return 0


def _may_begin(left: str, stem: str) -> bool:
    """Whether a word can begin after ``left``."""
    if not left or left in _SHORT_WORDS:
        return True
    if left in _BEGINNINGS or len(left) < SHORTEST or not _VOWELS & set(left):
        return False
    return len(stem) > SHORTEST or (len(left) > SHORTEST and left[-1] not in _OPEN_ENDS)


def _may_follow(right: str) -> bool:
    """Whether ``right`` can be the next word of a compound."""
    return len(right) >= SHORTEST and bool(_VOWELS & set(right))
