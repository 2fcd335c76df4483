"""Words: gaps inside them, pieces run together, one letter wrong."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from documents.checks.fillers import filler_in
from documents.checks.text import WORD, neighbours, unaddressed, unquoted
from documents.checks.values import excerpt, flaw
from documents.checks.wordlist import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.checks.values import Flaw, Passage, Subject

PAIR: Final = re.compile(r"(?<![\w-])([^\W\d_]+) (?=([^\W\d_]+)(?![\w-]))")
_SPACED: Final = re.compile(r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_](?!\w)")
_HYPHEN_GAP: Final = re.compile(
    r"(?<![\w-])([^\W\d_]{3,})- (?!og\b|eller\b|samt\b|til\b|på\b)([^\W\d_]{3,})"
)
_HYPHEN_LEFT: Final = re.compile(r"(?<![\w-])([^\W\d_]{3,})-([^\W\d_]{2,})(?![\w-])")
_SINGLE: Final = frozenset("iåøIÅØ")
_RUN_WORDS: Final = frozenset(
    "DET DE VI VIL SKAL KAN ER OG I FOR TIL AF OM PÅ SÅDAN HVAD".split()  # noqa: SIM905
)
_DANISH: Final = frozenset("abcdefghijklmnopqrstuvwxyzæøåé")
_PART_OF_MORE: Final = re.compile(r"[\w@/_.-]$")
_LEAST_SPELT, _LEAST_NAME = 6, 10
_LEAST_RUN, _OTHER_LANGUAGE = 5, 0.4
# A short word of a foreign file may be a name or a loan; a long one is miswritten.
_LEAST_OUTSIDE = 9


def broken(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find words with a gap, a stray hyphen, spaced letters, or no gap where one was."""
    for subject in subjects:
        for passage in subject.passages:
            for found, meant in _broken(said(subject, passage)):
                sentence = f"”{found}” skal formentlig være ”{meant}”."
                yield flaw("broken-words", subject, passage, sentence, found)


def misspelt(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find unknown words that are one letter from a known one."""
    for subject, passage, found, meant in _unknown(subjects):
        if meant:
            sentence = f"”{found[0]}” skal formentlig være ”{meant}”."
            quote = excerpt(passage.text, *found.span(), around=20)
            yield flaw("misspelt", subject, passage, sentence, quote)


def unknown(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find words of ours that no list knows and nothing is near to."""
    for subject, passage, found, meant in _unknown(subjects):
        if found[0].islower() and not meant:
            sentence = f"”{found[0]}” står ikke i ordlisten. Er det skrevet rigtigt?"
            quote = excerpt(passage.text, *found.span(), around=20)
            yield flaw("unknown-word", subject, passage, sentence, quote)


def said(subject: Subject, passage: Passage) -> str:
    """Give what is judged as language: "" for filler; what we quote is left out."""
    if words().is_empty or filler_in(passage.text) or _is_other_language(passage.text):
        return ""
    text = unaddressed(passage.text)
    return text if subject.is_foreign else unquoted(text)


@lru_cache(maxsize=4096)
def _is_other_language(text: str) -> bool:
    """Whether most of the longer words are not Danish."""
    judged = [w for w in WORD.findall(text) if len(w) > 3 and w.islower()]  # noqa: PLR2004
    unknown = sum(not words().knows(word) for word in judged)
    return unknown > max(1, _OTHER_LANGUAGE * len(judged))


def gaps(text: str) -> Iterator[tuple[str, str, int]]:
    """Give the pieces of words that a gap parted, and where the first one begins.

    A piece belongs to one word: in "ti l en" it is "til", and "len" is nothing.
    """
    taken = 0
    for found in PAIR.finditer(text):
        if found.start() >= taken and is_gap(found[1], found[2]):
            taken = found.end(2)
            yield found[1], found[2], found.start()


def is_gap(left: str, right: str) -> bool:
    """Whether two pieces are one word: the whole is known, and a piece of it is not."""
    is_initial = len(left) == 1 and left.isupper()
    if not right.islower() or not (left.islower() or left.istitle()) or is_initial:
        return False
    known = words().knows
    both = _stands(left) and _stands(right)
    return not both and len(left + right) > 2 and known(left + right)  # noqa: PLR2004


def _broken(text: str) -> Iterator[tuple[str, str]]:
    spaced = [found.span() for found in _SPACED.finditer(text)]
    for begin, end in spaced:
        yield text[begin:end], text[begin:end].replace(" ", "")
    for left, right, at in gaps(text):
        if not any(begin <= at < end for begin, end in spaced):
            yield f"{left} {right}", left + right
    yield from _hyphens(text)
    for found in WORD.finditer(text):
        if parts := _run_together(found[0]):
            yield found[0], parts


def _hyphens(text: str) -> Iterator[tuple[str, str]]:
    known = words().knows
    for found in _HYPHEN_GAP.finditer(text):
        if known(found[1] + found[2]) and found[2].islower():
            yield found[0], found[1] + found[2]
    for found in _HYPHEN_LEFT.finditer(text):
        left, right = found[1], found[2]
        is_part = not known(left) or not known(right)
        if is_part and right.islower() and known(left + right):
            yield found[0], left + right


def _stands(piece: str) -> bool:
    return piece in _SINGLE if len(piece) == 1 else words().knows(piece)


def _run_together(word: str) -> str:
    """Give "DET VIL" of "DETVIL": capitals made of the commonest words; "" if not."""
    if len(word) < _LEAST_RUN or not word.isupper() or words().knows(word):
        return ""
    for at in range(2, len(word) - 1):
        if word[:at] in _RUN_WORDS and word[at:] in _RUN_WORDS:
            return f"{word[:at]} {word[at:]}"
    return ""


def _unknown(
    subjects: Sequence[Subject],
) -> Iterator[tuple[Subject, Passage, re.Match[str], str]]:
    """Give each unknown word worth a remark, and the known one it is near to, or ""."""
    for subject in subjects:
        own = _vocabulary(subject.passages)
        for passage in subject.passages:
            text = said(subject, passage)
            pieces = _pieces(text)
            for found in WORD.finditer(text):
                word = found[0]
                if word in pieces or not _is_judged(word, text, found.start()):
                    continue
                if words().knows(word) or (subject.is_foreign and _lost_hyphen(word)):
                    continue
                meant = _meant(word, own)
                if subject.is_foreign and meant not in own and _is_loan(word, meant):
                    continue
                # A capital inside a sentence is a name, unless the file knows better.
                is_name = not word.islower() and found.start() > 0
                if not is_name or meant in own:
                    yield subject, passage, found, meant


def _is_loan(word: str, meant: str) -> bool:
    """Whether a word of others is too short to be called miswritten for its own sake."""
    return len(word) < _LEAST_OUTSIDE and "aa" not in word and bool(meant)


def _lost_hyphen(word: str) -> bool:
    """Whether a program took the hyphen of "a-kasse" for one at the end of a line."""
    return word[:1] in {"a", "e"} and words().knows(f"{word[:1]}-{word[1:]}")


def _is_judged(word: str, text: str, at: int) -> bool:
    """Whether a word is plain Danish letters, long enough, and not part of a name."""
    if len(word) < _LEAST_SPELT or not set(word.lower()) <= _DANISH:
        return False
    if _PART_OF_MORE.search(text[:at]) or text[at + len(word) :][:1] in {"@", "_", "/"}:
        return False
    if re.match(r"\.\w", text[at + len(word) :]):
        return False
    return word.islower() or (word.istitle() and len(word) >= _LEAST_NAME)


def _pieces(text: str) -> frozenset[str]:
    """Give the pieces of words that a gap parted; the gap is told, not its pieces."""
    return frozenset(piece for left, right, _ in gaps(text) for piece in (left, right))


@lru_cache(maxsize=32)
def _vocabulary(passages: tuple[Passage, ...]) -> frozenset[str]:
    """Give the longer known words of a document, in lower case."""
    found = {
        word.lower()
        for passage in passages
        for word in WORD.findall(passage.text)
        if len(word) >= _LEAST_SPELT
    }
    return frozenset(word for word in found if words().knows(word))


def _meant(word: str, own: frozenset[str]) -> str:
    """Give the known word one letter from ``word``, the document's own first; or ""."""
    small = word.lower()
    known = words()
    for written, meant in (("aa", "å"), ("ae", "æ"), ("oe", "ø")):
        changed = small.replace(written, meant)
        if changed != small and known.knows(changed):
            return changed
    told = next((near for near in neighbours(small) if near in own), "")
    meant = told or _listed_neighbour(small)
    # Another ending is not another word: the list lacks it, that is all.
    return "" if meant.startswith(small) or small.startswith(meant or " ") else meant


@lru_cache(maxsize=4096)
def _listed_neighbour(small: str) -> str:
    """Give a near word of the list, or else one that is built of two long ones."""
    near_by = list(neighbours(small))
    listed = next((near for near in near_by if words().lists(near)), "")
    return listed or next((near for near in near_by if words().builds(near)), "")
