"""Numbers as somebody types them in Danish, wherever they do. Pure.

Every sentence is for the one who typed, and says what to write. What is written by
:func:`shown` reads as the same number.

Source: docs/rules.md R-163.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from core.formats import number

_NUMBER: Final = re.compile(
    r"[-−]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:,([0-9]+))?"
)
_ENGLISH: Final = re.compile(r"[-−]?[0-9]+\.[0-9]{1,2}")
_WITHIN: Final = re.compile(r"[-−]?[0-9]+(?:,[0-9]+)?")
_UNITS: Final = re.compile(
    r"\s*(?:%|pct\.?|procent|procentpoint|point|kr\.?)\Z", re.IGNORECASE
)
_READ: Final = str.maketrans({".": None, " ": None, ",": ".", "−": "-"})
WHOLE: Final = 11
PLACES: Final = 4
LARGEST_COUNT: Final = 2_000_000_000
_SHOWN: Final = 40


class NotANumberError(ValueError):
    """What was typed is no number; the text is the Danish sentence."""


def read_number(text: str, *, places: int = PLACES) -> Decimal:
    """Read "12,5", "1.300", "−4" or "41 pct."; English decimals are asked about.

    Args:
        places: how many digits can be kept after the comma.

    Raises:
        NotANumberError: it is something else, or more than can be kept.
    """
    own = _UNITS.sub("", " ".join(text.split()))
    match = _NUMBER.fullmatch(own)
    if match is None:
        raise NotANumberError(not_a_number(text))
    if len((match[1] or "").rstrip("0")) > places:
        raise NotANumberError(f"Tallet kan højst have {places} cifre efter kommaet.")
    whole = own.partition(",")[0].translate(_READ).lstrip("-").lstrip("0")
    if len(whole) > WHOLE:
        raise NotANumberError(f"Tallet kan højst have {WHOLE} cifre før kommaet.")
    return Decimal(own.translate(_READ))


def read_count(text: str) -> int:
    """Read a whole number that is not below 0.

    Raises:
        NotANumberError: it is something else.
    """
    value = read_number(text)
    if value != value.to_integral_value() or value < 0:
        message = f"{_short(text)} er ikke et helt antal. Skriv fx 41."
        raise NotANumberError(message)
    if value > LARGEST_COUNT:
        message = f"{number(value)} er for stort. Skriv antallet af svar."
        raise NotANumberError(message)
    return int(value)


def not_a_number(text: str) -> str:
    """Say so, with an example out of what was typed: "Skriv fx 12,5."."""
    own = _short(text)
    return f"{own} er ikke et tal. Skriv fx {_example(own)}."


def _short(text: str) -> str:
    return " ".join(text.split())[:_SHOWN]


def _example(text: str) -> str:
    if _ENGLISH.fullmatch(text):
        return text.replace(".", ",")
    found = _WITHIN.search(text)
    return found[0] if found else "12,5"


def shown(value: Decimal) -> str:
    """Print a number as Danes write it, without empty decimals: "41", "12,5"."""
    plain = f"{value:f}"
    return number(Decimal(plain.rstrip("0").rstrip(".") if "." in plain else plain))
