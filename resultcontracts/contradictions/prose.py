"""Numbers in a report's own text: references to results, and numbers typed by hand. Pure.

"[[3.1]]" is the result of measure 3.1. A number that is typed is held against all that is
known of its goal; one that is none of it is told.

Source: docs/rules.md R-138.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from resultcontracts.standing.numbers import is_ending, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

REFERENCE: Final = re.compile(r"\[\[ *(\d{1,3}\.[0-9A-Za-zÆØÅæøå]{1,5}) *\]\]")
_MONTHS: Final = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_LABEL: Final = r"\d{1,3}(?:\.\d{1,2})?[a-zS]?"
_AND: Final = r"(?:,\s|\sog\s|\seller\s|\stil\s|[-–])"
# What has digits and is no figure: dates, times, years, quarters, what goals are called.
_NO_FIGURE: Final = re.compile(
    rf"""
    \b\d{{1,2}}\.?(?:(?:\s?[-–]\s?|\s(?:til|og)\s)\d{{1,2}}\.)?\s(?:{_MONTHS})\b(?:\s\d{{4}}\b)?
    | \b\d{{1,2}}[-./]\d{{1,2}}[-./](?:\d{{4}}|\d{{2}})\b
    | \bkl\.\s\d{{1,2}}(?:[.:]\d{{2}})?
    | \b(?:19|20)\d{{2}}(?:[-–/](?:19|20)?\d{{2}})?\b(?![.,]\d)
    | \b\d\.\s(?:kvartal|halvår|fase|runde|del)\b
    | \bfase\s\d\b
    | \b(?:del)?(?:mål(?:ene)?|(?:måle)?punkt(?:erne|er)?|bilag|side|afsnit|linje)\s
      {_LABEL}(?:{_AND}{_LABEL})*(?!\d|,\d|\s?(?:pct|procent|%|mio|kr))
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Letters right before it make it part of a name: RK22, CO2.
_NUMBER: Final = re.compile(
    r"(?<![\w,.])(\d{1,3}(?:\.\d{3})+(?!\d)|\d+)(?:,(\d+))?(?!\d)"
)
_AROUND: Final = 30


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a text where a measure's result is to stand."""

    label: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a typed number of a goal's text can be.

    Attributes:
        numbers: results, targets, baselines, benchmarks, counts, and what was gained.
        labels: of the contract's measures, "13.4a".
    """

    numbers: frozenset[Fraction]
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Typed:
    """A number in a text that is nothing that is known.

    Attributes:
        printed: as it stands, "15".
        said: the words around it.
    """

    printed: str
    said: str


def parts(text: str) -> Iterator[str | Reference]:
    """Cut a text at its references; put together again it is the same, sign for sign."""
    start = 0
    for found in REFERENCE.finditer(text):
        if found.start() > start:
            yield text[start : found.start()]
        yield Reference(found[1])
        start = found.end()
    if text[start:]:
        yield text[start:]


def unknown_references(text: str, labels: frozenset[str]) -> tuple[str, ...]:
    """Give the labels that a text refers to and that are none."""
    named = dict.fromkeys(found[1] for found in REFERENCE.finditer(text))
    return tuple(label for label in named if label not in labels)


def typed(text: str, known: Known) -> tuple[Typed, ...]:
    """Give the numbers that are typed in a text and that nothing known bears out."""
    plain = _NO_FIGURE.sub(_blank, REFERENCE.sub(_blank, text))
    plain = _without(plain, known.labels)
    return tuple(
        Typed(found[0], _around(text, found.start(), found.end()))
        for found in _NUMBER.finditer(plain)
        if not _is_known(found, known.numbers)
    )


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _without(text: str, labels: frozenset[str]) -> str:
    """Leave out what measures are called; "3.100" is a number all the same."""
    if not labels:
        return text
    names = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    return re.sub(rf"(?<![\w,.])(?:{names})(?!\w|,\d|\.\d)", _blank, text)


def _is_known(found: re.Match[str], numbers: frozenset[Fraction]) -> bool:
    whole, decimals = found[1].replace(".", ""), found[2] or ""
    value = Fraction(f"{whole}.{decimals}" if decimals else whole)
    if value in numbers:
        return True
    printed = rounded(value, len(decimals))
    endless = (number for number in numbers if not is_ending(number))
    return any(rounded(number, len(decimals)) == printed for number in endless)


def _around(text: str, start: int, end: int) -> str:
    """Give some whole words on both sides of a place."""
    before, after = text[:start], text[end:]
    if len(before) > _AROUND:
        before = f"…{before[-_AROUND:].partition(' ')[2] or before[-_AROUND:]}"
    if len(after) > _AROUND:
        after = f"{after[:_AROUND].rpartition(' ')[0] or after[:_AROUND]} …"
    return " ".join(f"{before}{text[start:end]}{after}".split())
