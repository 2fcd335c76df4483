"""Words, sentences and numbers of Danish running text. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SMALL: Final = (
    "nul", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve",
    "tolv",
)  # fmt: skip
# Abbreviations whose full stop ends no sentence.
_SHORT: Final = ["afd", "ang", "bl", "ca", "dvs", "evt", "f", "fl", "fx", "hhv", "ift", "inkl", "jf", "jfr", "kl", "kr", "mia", "mill", "mio", "min", "m", "mv", "nr", "o", "osv", "pct", "pga", "pkt", "pr", "s", "sml", "st", "stk", "tlf", "vedr"]  # fmt: skip
_QUOTED: Final = re.compile(r"”[^”]*”|\"[^\"]*\"|»[^«]*«|“[^”]*”")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_STOP: Final = re.compile(r"(?<=[.!?])[”\"»)]?\s+(?=[”\"«(]?[A-ZÆØÅ])")
_LAST_WORD: Final = re.compile(r"([^\W\d_]+|\d+)\.[”\"»)]?\s*$")
_SCALES: Final = {"mia": 9, "milliarder": 9, "milliard": 9, "mio": 6, "mill": 6,
                  "millioner": 6, "million": 6, "tusind": 3}  # fmt: skip
_AMOUNT: Final = re.compile(
    r"(?<![\w.,-])(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?(?![\w-]|[.,]\d)"
    r"(?:\s*(mia|mio|mill|milliarder|milliard|millioner|million|tusind)\b\.?)?"
    r"(?:\s*(kr\b\.?|kroner\b|pct\b\.?|procent\b|%))?"
)
_UNITS: Final = {"kr": "kr.", "kroner": "kr.", "pct": "pct.", "procent": "pct.",
                 "%": "pct."}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in running text.

    Attributes:
        value: the exact number; "1,2 mio." is 1200000.
        decimals: digits that were written after the comma.
        step: what one of the last digit is worth: 100000 in "1,2 mio.".
        unit: "kr.", "pct." or "".
        text: as it stands; ``start`` and ``end`` are its place.
    """

    value: Decimal
    decimals: int
    step: Decimal
    unit: str
    text: str
    start: int
    end: int


def amounts(text: str) -> tuple[Amount, ...]:
    """Give every number of a text, "1.753", "10,6 mia. kr.", "40 pct."."""
    found = []
    for match in _AMOUNT.finditer(text):
        whole, part, scale, unit = match.groups()
        power = _SCALES[scale.lower()] if scale else 0
        decimals = len(part or ",") - 1
        value = Decimal(whole.replace(".", "") + (part or "").replace(",", "."))
        found.append(
            Amount(
                value.scaleb(power),
                decimals,
                Decimal(1).scaleb(power - decimals),
                _UNITS[unit.lower().rstrip(".")] if unit else "",
                match[0].strip(),
                match.start(),
                match.end(),
            )
        )
    return tuple(found)


def sentences(text: str) -> tuple[str, ...]:
    """Cut a text into sentences; "ca.", "mio." and "3." end none."""
    found: list[str] = []
    begun = 0
    for stop in _STOP.finditer(text):
        last = _LAST_WORD.search(text[begun : stop.start() + 1])
        short = last[1].lower() if last else ""
        if short in _SHORT or short.isdigit() or len(short) == 1:
            continue
        found.append(text[begun : stop.start()].strip())
        begun = stop.end()
    found.append(text[begun:].strip())
    return tuple(sentence for sentence in found if sentence)


def unaddressed(text: str) -> str:
    """Give a text with blanks in the place of web and mail addresses."""
    return _ADDRESS.sub(lambda found: " " * len(found[0]), text)


def unquoted(text: str) -> str:
    """Give a text with blanks in the place of what it quotes from others."""
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)


def number_word(word: str) -> int | None:
    """Give the number that "18", "otte" or "én" says; None if it says none."""
    small = word.lower()
    if small.isdecimal():
        return int(small)
    if small in {"en", "et"}:
        return 1
    return SMALL.index(small) if small in SMALL else None


def stems(text: str, least: int = 5) -> frozenset[str]:
    """Give the beginnings of a text's longer words, by which two places are compared."""
    return frozenset(
        word.lower()[: least + 1] for word in WORD.findall(text) if len(word) >= least
    )


def letters(text: str) -> str:
    """Give what counts of a title: its letters and digits, "aa" as "å"."""
    return "".join(filter(str.isalnum, text.casefold())).replace("aa", "å")


def near(one: str, other: str) -> bool:
    """Whether two words differ by one letter: left out, put in, changed, swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    longest = min(len(one), len(other)) - start
    while end < longest and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(left), len(right)) <= 1 or (
        len(left) == len(right) == 2 and left == right[::-1]  # noqa: PLR2004
    )


def neighbours(word: str) -> Iterator[str]:
    """Give every string that :func:`near` calls near to ``word``, likeliest first."""
    alphabet = "esrntliadkogmufbvphæøyjåcxwz"
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(1, len(word) + 1):
        yield from (word[:at] + letter + word[at:] for letter in alphabet)
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield from (word[:at] + letter + word[at + 1 :] for letter in alphabet)
