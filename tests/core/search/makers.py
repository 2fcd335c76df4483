"""Makers of what can be found, without any app: a kind whose entries a test decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from core.search import PUBLIC, Entry, Passage
from core.search.finding import Filters, Found, find
from core.search.question import Question, ask

if TYPE_CHECKING:
    from collections.abc import Iterator

EDITORS = "editors:sjaelland"


@dataclass
class Shelf:
    """Entries that a test puts in and takes out; it provides them as they are."""

    entries: list[Entry] = field(default_factory=list)

    def __call__(self, scope: str | None) -> Iterator[Entry]:
        return (entry for entry in self.entries if scope in {None, entry.scope})

    def put(self, title: str, *texts: str, **fields: Any) -> Entry:
        """Add an entry of 2023 in KKR Sjælland, for everybody."""
        number = len(self.entries) + 1
        own: dict[str, Any] = {
            "key": f"ting-{number}",
            "scope": "prøve:1",
            "audience": PUBLIC,
            "council": "sjaelland",
            "dated": date(2023, 11, 22),
            "url": f"/ting/{number}/",
        }
        passages = tuple(Passage(f"Felt {n}", text) for n, text in enumerate(texts, 1))
        own |= {"passages": passages} | fields
        self.entries.append(Entry(title=title, **own))
        return self.entries[-1]


def search(
    text: str, *audiences: str, is_whole: bool = False, **narrow: Any
) -> tuple[Question, Found]:
    """Ask as the public does, or as whoever belongs to ``audiences``."""
    who = audiences or (PUBLIC,)
    question = ask(text, who, is_whole=is_whole)
    return question, find(question, who, Filters(**narrow))


def titles(text: str, *audiences: str, **how: Any) -> list[str]:
    """The titles of what is found, in order."""
    return [hit.title for hit in search(text, *audiences, **how)[1].hits]
