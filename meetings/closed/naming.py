"""Names of what is closed, as they are looked for in texts that everybody reads. Pure.

Source: docs/rules.md R-33.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from meetings.agenda import AgendaItem

# A title of fewer words and letters is said everywhere and betrays nothing.
_FEW_WORDS, _FEW_LETTERS = 2, 10
_WORD: Final = re.compile(r"[^\W_]+")

type Names = Mapping[str, str]
"""What is closed: a name of it, as words that are compared → "2.4 Bilag 1"."""


def closed_names(items: Iterable[AgendaItem]) -> dict[str, str]:
    """Give the names of what is closed in an agenda, but for those that are open too."""
    found: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for item in items:
        found[item.is_closed].update(worth_hiding(item.title, f"punkt {item.number}"))
        for row in item.appendices:
            is_shut = item.is_closed or bool(row.closed)
            found[is_shut].update(worth_hiding(row.title, row.label))
    return {words: of for words, of in found[True].items() if words not in found[False]}


def worth_hiding(name: str, of: str) -> Iterator[tuple[str, str]]:
    """Give a name as words that are compared, with ``of``, if it says anything at all."""
    words = as_words(name)
    if len(words) > _FEW_LETTERS and words.count(" ") >= _FEW_WORDS - 1:
        yield words, of


def named_in(text: str, names: Names) -> Iterator[tuple[str, str]]:
    """Give each closed thing that a text names: the words, and what it is called."""
    padded = f" {as_words(text)} "
    for words, of in names.items():
        if f" {words} " in padded:
            yield words, of


def as_words(text: str) -> str:
    """Give a text's words as they are compared: signs and case make no difference."""
    return " ".join(_WORD.findall(text.casefold()))
