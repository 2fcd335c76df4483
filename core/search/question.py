"""What is asked for: the words that were typed, and the words of the index they mean.

Costs one query, for the stems of what was typed and the index's words that hold them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from core.search.compounds import place_in
from core.search.vectors import quoted
from core.search.words import GRAM, base, key, tidy, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from core.search.words import Token

LONGEST_QUESTION: Final = 200
MOST_WORDS: Final = 12
# Longer words that one word is looked for in: the commonest.
_MOST_COMPOUNDS: Final = 100
_MOST_ROWS: Final = 1000
# Of them, those that the order of the hits depends on: each costs for every hit.
_WEIGHED: Final = 8
_QUOTES: Final = frozenset('"”“„»«')

# What was typed, its stem as a key (core.search.words.key), and the index's words that
# have the stem, or hold it.
_WORDS: Final = """
WITH typed AS (
  SELECT base, coalesce((ts_lexize('danish_stem', base))[1], '') AS stem
  FROM unnest(%(bases)s::text[]) AS base
), keyed AS (
  SELECT base, replace(replace(replace(stem, 'æ', 'ae'), 'ø', 'oe'), 'å', 'aa') AS stem
  FROM typed
), asked AS (
  SELECT base, stem, ARRAY(SELECT substr(stem, at, %(gram)s)
    FROM generate_series(1, length(stem) - %(gram)s + 1) AS at) AS grams
  FROM keyed
)
SELECT asked.base, asked.stem, known.word, known.stem
FROM asked LEFT JOIN LATERAL (
  SELECT word, stem, sum(entries) AS found FROM core_searchword
  WHERE audience = ANY(%(audiences)s)
    AND (stem = asked.stem
         OR %(is_inside)s AND asked.grams <> '{}' AND grams @> asked.grams)
  GROUP BY word, stem ORDER BY found DESC, word LIMIT %(rows)s) AS known
  ON asked.stem <> ''
"""

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the question.

    Attributes:
        text: as it was typed.
        stem: a key.
        gap: how many words after the one before it in the same phrase; 0 where it
            stands by itself or begins one.
        whole: words of the index with this stem, as they are written.
        inside: longer words → stem and where in the word it stands.
    """

    text: str
    stem: str
    gap: int = 0
    whole: tuple[str, ...] = ()
    inside: tuple[tuple[str, str, Span], ...] = ()

    @property
    def is_known(self) -> bool:
        """The index has it, for those who ask; of figures one cannot tell."""
        return bool(self.whole or self.inside) or not self.text.isalpha()

    @property
    def all_stems(self) -> tuple[str, ...]:
        """Its own stem and those of the longer words."""
        return tuple(dict.fromkeys([self.stem, *(stem for _, stem, _ in self.inside)]))


@dataclass(frozen=True)
class Question:
    """A question as it is put to the index; without terms there is nothing to ask.

    Attributes:
        text: as it was typed, tidy, at most 200 signs.
        was_cut: more was typed than that, or than twelve words.
    """

    text: str
    terms: tuple[Term, ...]
    was_cut: bool = False

    @property
    def unknown(self) -> tuple[Term, ...]:
        """The words that stand nowhere."""
        return tuple(term for term in self.terms if not term.is_known)

    @property
    def compounds(self) -> tuple[str, ...]:
        """The longer words that were found, the commonest first."""
        return tuple(dict.fromkeys(w for term in self.terms for w, _, _ in term.inside))

    @cached_property
    def all_of(self) -> str:
        """A ``tsquery``: every term, phrases as phrases."""
        parts: list[str] = []
        for term in self.terms:
            words = _any(term.all_stems)
            if term.gap and parts:
                parts[-1] = f"{parts[-1]} <{term.gap}> ({words})"
            else:
                parts.append(f"({words})")
        return " & ".join(f"({part})" for part in parts)

    @cached_property
    def any_of(self) -> str:
        """A ``tsquery``: any of the words, or of the longer words."""
        return _any(stem for term in self.terms for stem in term.all_stems)

    @cached_property
    def weighed(self) -> str:
        """A ``tsquery`` to rank by: the words, and the commonest of the longer ones."""
        every = (term.all_stems[:_WEIGHED] for term in self.terms)
        return _any(stem for stems in every for stem in stems)

    @cached_property
    def weighed_whole(self) -> str:
        """A ``tsquery`` to rank by: the words as such."""
        return _any(term.stem for term in self.terms)

    @cached_property
    def places(self) -> Mapping[str, Span]:
        """What is marked: word in small letters → from where to where."""
        found: dict[str, Span] = {}
        for term in self.terms:
            found |= {word: span for word, _, span in term.inside}
        for term in self.terms:
            typed = base(term.text)
            found |= {typed: (0, len(typed)), term.text.lower(): (0, len(term.text))}
            found |= {
                w: (0, _shared(w, term.text.lower(), term.stem)) for w in term.whole
            }
        return found


def ask(text: str, audiences: Sequence[str], *, is_whole: bool = False) -> Question:
    """Read what was typed; "…" holds words that stand together. One query.

    Args:
        audiences: whose words the index may tell of.
        is_whole: leave longer words out.
    """
    short = tidy(text[: 2 * LONGEST_QUESTION])[:LONGEST_QUESTION].replace("\n", " ")
    found = list(tokens(short))
    stem_of, words = _known(found[:MOST_WORDS], audiences, is_whole=is_whole)
    plain = list(_terms(short, found[:MOST_WORDS], stem_of))
    # What stands in a phrase stands there as a word of its own.
    gaps = [*(term.gap for term in plain), 0][1:]
    terms = (
        _with_own(
            term,
            words[base(term.text)],
            is_whole=is_whole or bool(term.gap or next_gap),
        )
        for term, next_gap in zip(plain, gaps, strict=True)
    )
    was_cut = len(text) > LONGEST_QUESTION or len(found) > MOST_WORDS
    return Question(short, tuple(terms), was_cut)


def _known(
    found: Sequence[Token], audiences: Sequence[str], *, is_whole: bool
) -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    """Give base → stem, and base → the index's words with their stems, commonest first."""
    stem_of: dict[str, str] = {}
    words: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    if not found:
        return stem_of, words
    asked: dict[str, Any] = {
        "bases": sorted({token.base for token in found}),
        "gram": GRAM,
        "audiences": list(audiences),
        "is_inside": not is_whole,
        "rows": _MOST_ROWS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, asked)
        for typed, stem, word, its_stem in cursor.fetchall():
            stem_of[typed] = stem
            if word is not None:
                words[typed].append((word, its_stem))
    return stem_of, words


def _terms(
    text: str, found: Sequence[Token], stem_of: Mapping[str, str]
) -> Iterator[Term]:
    """Leave out what is too common, and see which words stand in one pair of marks."""
    before = (0, 0)
    for at, token in enumerate(found):
        marks = sum(sign in _QUOTES for sign in text[: token.start])
        if stem := stem_of[token.base]:
            is_phrase = marks % 2 == 1 and before[0] == marks
            yield Term(token.text, stem, at - before[1] if is_phrase else 0)
            before = (marks, at)


def _with_own(term: Term, words: Sequence[tuple[str, str]], *, is_whole: bool) -> Term:
    """Give the term with the words of the index that it means."""
    whole = tuple(word for word, stem in words if stem == term.stem)
    if is_whole:
        return replace(term, whole=whole)
    forms = _forms(term, whole)
    inside = [
        (word, stem, span)
        for word, stem in words
        if stem != term.stem and (span := place_in(word, stem, term.stem, forms))
    ]
    return replace(term, whole=whole, inside=tuple(inside[:_MOST_COMPOUNDS]))


def _forms(term: Term, whole: Iterable[str]) -> frozenset[str]:
    """Give the forms in which a word begins compounds: those that stand by themselves."""
    typed = key(base(term.text))
    forms = {typed, *(key(base(word)) for word in whole)}
    end = len(term.stem)
    # "praktikken" doubles the last letter of "praktik".
    if typed[end : end + 1] == term.stem[-1:]:
        forms.add(term.stem)
    return frozenset(forms)


def _shared(word: str, typed: str, stem: str) -> int:
    """Give how much of a word is marked: what it shares with what was typed, or all."""
    same = next(
        (
            at
            for at, (one, other) in enumerate(zip(word, typed, strict=False))
            if one != other
        ),
        min(len(word), len(typed)),
    )
    return same if key(base(word[:same])).startswith(stem) else len(word)


def _any(stems_of: Iterable[str]) -> str:
    return " | ".join(quoted(stem) for stem in dict.fromkeys(stems_of))
