"""Answers that a text asks for, with the date: what an item for information overlooks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from core.formats import MONTHS
from documents.checks.text import sentences

if TYPE_CHECKING:
    from documents.checks.values import Passage, Subject

_BY: Final = re.compile(
    rf"(?i)\b(?:senest|inden|frist(?:en)?(?: er)?|med frist)(?: den)? "
    rf"(\d{{1,2}})\. ({'|'.join(MONTHS)}) (\d{{4}})"
)
_ANSWER: Final = re.compile(
    r"(?i)\b(?:skriftlig tilkendegivelse|tilkendegivelse|høringssvar|svar|besked|"
    r"bemærkninger|kommentarer|indstilling|tilsagn)\b"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer that a passage asks for.

    Attributes:
        what: the word for it: "skriftlig tilkendegivelse".
        on: the last day.
        sentence: where it is said.
    """

    what: str
    on: date
    passage: Passage
    sentence: str


def asked(subject: Subject) -> tuple[Asked, ...]:
    """Give the answers that a document asks for, each day once, in reading order."""
    found: dict[date, Asked] = {}
    for passage in subject.passages:
        for said in sentences(passage.text):
            what, by = _ANSWER.search(said), _BY.search(said)
            if what and by and (day := _day(by)):
                found.setdefault(day, Asked(what[0].lower(), day, passage, said))
    return tuple(found.values())


def _day(found: re.Match[str]) -> date | None:
    month = MONTHS.index(found[2].lower()) + 1
    try:
        return date(int(found[3]), month, int(found[1]))
    except ValueError:
        return None
