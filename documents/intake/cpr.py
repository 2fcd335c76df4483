"""Possible CPR numbers in a text: six digits that are a date, and four more.

The checksum is not asked for: since 2007 numbers are given out that fail it. Nothing
here keeps a number; callers learn where one stands.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

type Span = tuple[int, int]

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_BLANKS = " \u00a0\u2007\u2009\u202f"
# What stands in a text and is not seen: soft hyphens, joiners, marks of direction.
UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
# A number written apart may be broken at its hyphen, by the end of a line.
_NUMBER = re.compile(
    rf"(?<![0-9{_DASHES}/.,])([0-9]{{2}})(?P<apart>[{_BLANKS}.]?)([0-9]{{2}})[{_BLANKS}.]?"
    rf"([0-9]{{2}})(?P<between>[{_BLANKS}]?[{_DASHES}][{_BLANKS}]?\n?|[{_BLANKS}]|)"
    r"([0-9]{4})(?![0-9]|[.,/-][0-9])"
)
_SPACED = re.compile(
    rf"(?<![0-9])([0-9]) ([0-9]) ([0-9]) ([0-9]) ([0-9]) ([0-9]) ?[{_DASHES}] ?"
    r"([0-9]) ([0-9]) ([0-9]) ([0-9])(?! ?[0-9])"
)
# Ten digits without a hyphen after one of these are something else.
_OTHER = re.compile(
    r"(?:tlf|tel|telefon|mobil|fax|cvr|ean|gln|p-?nr|p-nummer|isbn|issn|iban|konto\w*"
    r"|faktura\w*|ordre\w*|journal\w*|j\.? ?nr|sags?|sags-?(?:nr|nummer|id)"
    r"|dok|dokument\w*|dok\.?(?:nr|id)|id|matr\w*|løbe\w*|sku|ref\w*|\+45)"
    r"[.:\s]{0,3}(?:nr|nummer|id)?[.:\s]{0,3}$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\s?(?:kr|mio|mia|%|pct|indbyggere|personer|borgere)\b")
_LOOK_BACK = 24
_MONTHS = 12


def find(text: str) -> Iterator[Span]:
    """Where possible CPR numbers stand in ``text``: start and end of each, in order.

    Hyphen, blank or nothing may stand before the last four digits. A date that does not
    exist is none; neither are ten digits together behind a word such as "tlf." or "sag",
    nor a date written apart with a time behind it: "22.11.23 1300".
    """
    for found in _NUMBER.finditer(text):
        is_hyphened = len(found["between"].strip()) > 0
        if not is_date(found[1], found[3], found[4]):
            continue
        if found["apart"] and not is_hyphened:
            continue
        if not found["between"] and _is_other(text, *found.span()):
            continue
        yield found.span()
    for found in _SPACED.finditer(text):
        digits = "".join(found.groups())
        if is_date(digits[:2], digits[2:4], digits[4:6]):
            yield found.span()


def count(text: str) -> int:
    """How many possible CPR numbers stand in ``text``; unseen characters don't hide one."""
    return sum(1 for _ in find(visible(text)))


def masked(text: str) -> str:
    """``text`` with dots for every possible CPR number."""
    seen = visible(text)
    for start, end in sorted(set(find(seen)), reverse=True):
        seen = seen[:start] + "•" * (end - start) + seen[end:]
    return seen


def visible(text: str) -> str:
    """``text`` without the characters that are not seen."""
    return re.sub(f"[{UNSEEN}]", "", text)


def is_date(day: str, month: str, year: str) -> bool:
    """Whether two digits each are a date in some century; 29/02 needs a leap year."""
    if not 1 <= int(month) <= _MONTHS:
        return False
    # 1900 was none, but 2000 was: the two digits alone do not tell which.
    return 1 <= int(day) <= monthrange(2000 + int(year), int(month))[1]


def _is_other(text: str, start: int, end: int) -> bool:
    """Whether the words around ten digits together say that they are something else."""
    before = text[max(0, start - _LOOK_BACK) : start]
    return bool(_OTHER.search(before) or _AMOUNT.match(text, end))
