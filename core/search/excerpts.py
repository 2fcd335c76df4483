"""The sentence around a word, cut in runs of which some are marked. Pure.

What is given is plain text; whoever shows it escapes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.search.words import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.search.question import Span

LONGEST: Final = 220
"""Signs of an excerpt, about."""

_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÆØÅ\d\"”„»–])|\n")
_BEFORE: Final = 80
_MORE: Final = "…"
# Spaces, and what begins a point in a list.
_EDGES: Final = " \n-•*"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; ``is_marked`` where it is what was asked for."""

    text: str
    is_marked: bool = False


def marked(text: str, places: Mapping[str, Span]) -> tuple[Run, ...]:
    """Give all of a text, cut where marks begin and end.

    Args:
        text: tidy.
        places: word in small letters → which part of it is marked.
    """
    runs: list[Run] = []
    done = 0
    for start, end in _spans(text, places):
        if start > done:
            runs.append(Run(text[done:start]))
        runs.append(Run(text[start:end], is_marked=True))
        done = end
    if done < len(text):
        runs.append(Run(text[done:]))
    return tuple(runs)


def excerpt(text: str, places: Mapping[str, Span]) -> tuple[Run, ...]:
    """Give the sentence that holds the first mark, or what is nearest to it of a long one.

    Where nothing is marked, the beginning of the text.
    """
    first = next(iter(_spans(text, places)), (0, 0))
    start, end = _sentence(text, first[0])
    if end - start <= LONGEST:
        return marked(text[start:end].strip(_EDGES), places)
    low = max(start, first[0] - _BEFORE)
    if low > start:
        low = text.find(" ", low, first[0]) + 1 or low
    high = min(end, low + LONGEST)
    if high < end:
        high = max(text.rfind(" ", low, high), first[1])
    runs = marked(text[low:high].strip(), places)
    before = (Run(f"{_MORE} "),) if low > start else ()
    return (*before, *runs, Run(f" {_MORE}")) if high < end else (*before, *runs)


def _spans(text: str, places: Mapping[str, Span]) -> list[Span]:
    found = []
    for token in tokens(text):
        span = places.get(token.text.lower()) or places.get(token.base)
        if span:
            end = min(token.start + span[1], token.end)
            found.append((token.start + span[0], end))
    return found


def _sentence(text: str, at: int) -> Span:
    """Give where the sentence around a place begins and ends."""
    start, end = 0, len(text)
    for gap in _SENTENCE_ENDS.finditer(text):
        if gap.end() <= at:
            start = gap.end()
        else:
            end = gap.start()
            break
    return start, end
