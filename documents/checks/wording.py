"""Slips of grammar, and one name or term written in two ways through a packet."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from documents.checks.spelling import PAIR, said
from documents.checks.text import WORD, near
from documents.checks.values import excerpt, flaw
from documents.checks.wordlist import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.checks.values import Flaw, Subject

# A word of these twice in a row, or an auxiliary again after one word.
_AT_ONCE: Final = re.compile(
    r"(?i)\b(vil|kan|skal|må|har|bliver|og|som|i|på|til|af|med|for|en|et|fra|ved|om)"
    r" \1\b(?! at\b)"
)
_AGAIN: Final = re.compile(
    r"(?i)\b(vil|kan|skal|må|bliver)"
    r" (?!vi\b|det\b|den\b|de\b|jeg\b|du\b|han\b|hun\b|man\b|der\b)[^\W\d_]+ \1\b"
)
_OUT_AT: Final = re.compile(r"\b(?:ud|op|ind|ned|væk) at [^\W\d_]+(?:erne|ene)\b")
_SAYS_OF: Final = re.compile(
    r"\b(?:underbygger|mener|siger|betyder|understreger|vurderer|forudsætter|"
    r"anbefaler|foreslår|sikrer|oplyser) af\b(?! og til)"
)
_SLIPS: Final = (
    (_AT_ONCE, "det samme ord står to gange."),
    (_AGAIN, "det samme ord står to gange."),
    (_OUT_AT, "”at” skal formentlig være ”af”."),
    (_SAYS_OF, "”af” skal formentlig være ”at”."),
)
_NAME: Final = re.compile(
    r"\b(?:Den |Det |De )?[A-ZÆØÅ][^\W\d_]+(?: [A-ZÆØÅ][^\W\d_]+){1,4}"
)
_LEAST_TERM, _SAME_START, _LEAST_WHOLE = 9, 5, 8
_LEAST_PARTS, _SAME_EDGE = 3, 3


def slips(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find "vil gerne vil", "ud at samtalerne", "underbygger af"."""
    for subject in subjects:
        for passage in subject.passages:
            for pattern, told in _SLIPS:
                for found in pattern.finditer(said(subject, passage)):
                    quote = excerpt(passage.text, *found.span(), around=20)
                    sentence = f"Læs sætningen igen: {told}"
                    yield flaw("wording", subject, passage, sentence, quote)


def split_compounds(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find "fokus mål" where the rest of the packet writes "fokusmål"."""
    whole = {
        word.lower()
        for subject in subjects
        for passage in subject.passages
        for word in WORD.findall(passage.text)
        if len(word) >= _LEAST_WHOLE
    }
    for subject in subjects:
        for passage in subject.passages:
            for found in PAIR.finditer(said(subject, passage)):
                together = (found[1] + found[2]).lower()
                if together in whole and len(found[1]) > 3 and len(found[2]) > 2:  # noqa: PLR2004
                    quote = f"{found[1]} {found[2]}"
                    sentence = f"”{quote}” er skrevet ”{together}” andre steder. Skriv det ens."
                    yield flaw("split-compound", subject, passage, sentence, quote)


def variants(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find a name or a term that stands once otherwise than in the rest of the packet."""
    terms: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for subject in subjects:
        for passage in subject.passages:
            text = said(subject, passage)
            terms.update(w.lower() for w in WORD.findall(text) if _is_term(w))
            names.update(_NAME.findall(text))
    odd = {**_odd_terms(terms), **_odd_names(names)}
    for subject in subjects:
        for passage in subject.passages:
            text = said(subject, passage)
            for each in (*WORD.findall(text), *_NAME.findall(text)):
                usual = odd.get(each) or odd.get(each.lower())
                if usual:
                    sentence = (
                        f"Her står ”{each}”; ellers skriver pakken ”{usual}”. "
                        "Er det det samme?"
                    )
                    yield flaw("variants", subject, passage, sentence, each)


def _is_term(word: str) -> bool:
    return len(word) >= _LEAST_TERM and word.lower() not in words().stems


def _odd_terms(terms: Counter[str]) -> dict[str, str]:
    """Give a compound that stands once → its neighbour that stands more often."""
    by_start: dict[str, list[str]] = {}
    for term in terms:
        by_start.setdefault(term[:_SAME_START], []).append(term)
    found = {}
    for group in by_start.values():
        for term in (each for each in group if terms[each] == 1):
            usual = [o for o in group if terms[o] > 1 and _reads_alike(term, o)]
            if usual:
                found[term] = max(usual, key=lambda other: (terms[other], other))
    return found


def _reads_alike(term: str, other: str) -> bool:
    """Two letters apart at most, in the middle: not another ending of the same word."""
    if len(term) != len(other) or term == other:
        return False
    apart = [at for at, (a, b) in enumerate(zip(term, other, strict=True)) if a != b]
    return len(apart) <= 2 and apart[-1] < len(term) - 2  # noqa: PLR2004


def _odd_names(names: Counter[str]) -> dict[str, str]:
    """Give a name → the name it is a slip of: one part of three or more differs."""
    # One part differs, so the first one or the last one is shared.
    by_edge: dict[tuple[int, int, str], list[str]] = {}
    for name in names:
        parts = name.split()
        if len(parts) >= _LEAST_PARTS:
            for edge in (0, -1):
                by_edge.setdefault((len(parts), edge, parts[edge]), []).append(name)
    return {
        name: other
        for group in by_edge.values()
        for name in group
        for other in group
        if names[name] <= names[other] and _is_slip_of(name, other)
    }


def _is_slip_of(name: str, other: str) -> bool:
    both = zip(name.split(), other.split(), strict=True)
    apart = [(one, two) for one, two in both if one != two]
    return len(apart) == 1 and _is_slip(*apart[0])


def _is_slip(one: str, other: str) -> bool:
    """Whether one part of a name is another, miswritten: "Vestske", "Vestdanske"."""
    if one in words().stems or one.lower() in words().stems:
        return False
    if one.startswith(other) or other.startswith(one):
        return False
    ends = _shared(one[::-1], other[::-1]) >= _SAME_EDGE
    return near(one, other) or (ends and _shared(one, other) >= _SAME_EDGE)


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with together."""
    apart = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(apart, min(len(one), len(other)))
