"""Search over ten thousand documents of invented Danish: the page, and the index."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from time import perf_counter
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from bench.pages import Address, times
from bench.place import settle
from core.search import PUBLIC, Entry, Passage, entries
from core.search.indexing import index

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.pages import Time

DOCUMENTS: Final = 10_000
FIELDS: Final = 6
WORDS_A_FIELD: Final = 50
KIND: Final = "bench"
SCOPE: Final = "bench:1"
COUNCILS: Final = (
    "sjaelland",
    "hovedstaden",
    "midtjylland",
    "nordjylland",
    "syddanmark",
)
YEARS: Final = range(2014, 2024)
# Words that stand by themselves, and begin and end longer ones.
ROOTS: Final = (
    "kommune praktik uddannelse virksomhed borger sundhed ordning plan indsats klima "
    "trafik bane vej ældre skole barn læge hospital region møde råd aftale økonomi "
    "budget forslag arbejde marked ledighed job tilskud løn støtte ydelse sag beslutning "
    "bilag kultur film fond museum by havn miljø vand energi varme affald bolig plads "
    "leder medarbejder team netværk samarbejde strategi mål måling resultat kontrakt "
    "aktør forening erhverv turisme landbrug fiskeri digitalisering data system service "
    "kontor hus center bus tog færge cykel sti natur skov strand ø land kyst bro tunnel"
)
COMMON: Final = (
    "og i at det er en til på som med for af den de der ikke et har om kan skal bliver "
    "mere efter også fra eller flere over mellem under ved"
)


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """What the search took.

    Attributes:
        seconds: for indexing all documents, and again where nothing has changed.
        once: seconds for one changed document, its job's work.
    """

    seconds: float
    again: float
    once: float
    pages: Sequence[Time]


QUESTIONS: Final = (
    ("a common word", "kommune"),
    ("a word inside longer ones", "praktik"),
    ("two words", "klimaplan sundhed"),
    ("a phrase", "”kommune praktik”"),
    ("a rare word", "tunnelsti"),
    ("nothing, with a suggestion", "sundhesdplan ærøbanevejen"),
)


def measure() -> SearchFigures:
    """Index, then ask; the demo's own entries stay beside."""
    documents = list(_documents())
    entries.register(KIND, "Bench", lambda scope: _of(documents, scope))
    try:
        first = _seconds()
        settle()
        pages = times(
            tuple(
                Address(name, f"/soeg/?q={quote(text)}", "") for name, text in QUESTIONS
            )
        )
        again = _seconds()
        documents[0] = _document(0, random.Random(1), "x:1")  # noqa: S311 -- invented text
        began = perf_counter()
        index("x:1")
        return SearchFigures(first, again, perf_counter() - began, pages)
    finally:
        entries.forget(KIND)


def table(found: SearchFigures) -> str:
    """Give the figures in Markdown."""
    rows = [
        f"| {time.address.name} | {time.milliseconds:.1f} ms | {time.ratio:.1f} × "
        f"| {time.queries} |\n"
        for time in found.pages
    ]
    note = (
        f"{DOCUMENTS} invented documents of {FIELDS * WORDS_A_FIELD} words. Indexing all: "
        f"{found.seconds:.0f} s; again, nothing changed: {found.again:.1f} s; one document: "
        f"{found.once * 1000:.0f} ms.\n"
    )
    head = "| search for | server time | against an empty view | queries |\n"
    return f"{head}| --- | --- | --- | --- |\n{''.join(rows)}\n{note}"


def _seconds() -> float:
    began = perf_counter()
    index()
    return perf_counter() - began


def _of(documents: Sequence[Entry], scope: str | None) -> Iterator[Entry]:
    return (each for each in documents if scope in {None, each.scope})


def _documents() -> Iterator[Entry]:
    chance = random.Random(2023)  # noqa: S311 -- invented text, the same each time
    return (_document(number, chance, SCOPE) for number in range(DOCUMENTS))


def _document(number: int, chance: random.Random, scope: str) -> Entry:
    year = chance.choice(YEARS)
    return Entry(
        key=f"{scope}/{number}",
        scope=scope,
        audience=PUBLIC,
        council=chance.choice(COUNCILS),
        dated=date(year, chance.randint(1, 12), chance.randint(1, 28)),
        url=f"/bench/{number}/",
        title=_text(chance, 6).capitalize(),
        passages=tuple(
            Passage(f"Felt {n}", _text(chance, WORDS_A_FIELD).capitalize() + ".")
            for n in range(FIELDS)
        ),
    )


# As in any language, the second word is half as common as the first.
_ROOTS: Final = ROOTS.split()
_COMMON: Final = COMMON.split()
_WEIGHTS: Final = tuple(accumulate(1 / n for n in range(1, len(_ROOTS) + 1)))


def _text(chance: random.Random, words: int) -> str:
    return " ".join(_word(chance) for _ in range(words))


def _word(chance: random.Random) -> str:
    if chance.random() < 0.45:  # noqa: PLR2004 -- about what Danish has
        return chance.choice(_COMMON)
    (root,) = chance.choices(_ROOTS, cum_weights=_WEIGHTS)
    if chance.random() < 0.4:  # noqa: PLR2004
        return f"{root}{chance.choice(('', '', 's', 'e'))}{chance.choice(_ROOTS)}"
    return f"{root}{chance.choice(('', '', 'en', 'er', 'erne'))}"
