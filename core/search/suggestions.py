"""The likest word of the index for one that stands nowhere: "Mente du …?".

Only words that the asker's own hits could hold are looked at.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from django.db import connection

from core.search.words import base, key, word_grams

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.search.question import Question

ALIKE: Final = 0.72
"""From 0 to 1: how much of two words must be the same."""

_SHORTEST: Final = 4
_MOST_WORDS: Final = 3
_CANDIDATES: Final = 60

_NEAR: Final = """
WITH asked AS (
  SELECT typed, string_to_array(own, ' ') AS grams
  FROM unnest(%s::text[], %s::text[]) AS unknown (typed, own)
)
SELECT asked.typed, near.word
FROM asked CROSS JOIN LATERAL (
  SELECT word FROM core_searchword AS known
  WHERE audience = ANY(%s) AND known.grams && asked.grams
  GROUP BY word
  ORDER BY max((SELECT count(*) FROM unnest(known.grams) AS own
                WHERE own = ANY(asked.grams)) - cardinality(known.grams) / 4.0) DESC,
           sum(entries) DESC, word
  LIMIT %s) AS near
"""


def suggestion(question: Question, audiences: Sequence[str]) -> str:
    """Give the question with its unknown words replaced, "" if nothing is like them.

    One query.
    """
    unknown = [term.text for term in question.unknown if len(term.text) >= _SHORTEST][
        :_MOST_WORDS
    ]
    if not unknown:
        return ""
    found = _near(unknown, audiences)
    if not found:
        return ""
    text = question.text
    for typed, better in found.items():
        text = text.replace(typed, better, 1)
    return text


def _near(unknown: Sequence[str], audiences: Sequence[str]) -> Mapping[str, str]:
    """Give typed word → the likest of the index, in the case it was typed in."""
    own = [" ".join(word_grams(typed)) for typed in unknown]
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [list(unknown), own, list(audiences), _CANDIDATES])
        rows = cursor.fetchall()
    best = {}
    for typed in unknown:
        words = [word for of, word in rows if of == typed]
        if better := _likest(typed, words):
            best[typed] = better.capitalize() if typed[:1].isupper() else better
    return best


def _likest(typed: str, words: Sequence[str]) -> str:
    letters = key(base(typed))
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(letters)
    best, score = "", ALIKE
    for word in words:
        matcher.set_seq1(key(base(word)))
        if matcher.quick_ratio() >= score and (own := matcher.ratio()) > score:
            best, score = word, own
    return best
