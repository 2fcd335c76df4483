"""Numbers as somebody types them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from resultcontracts.choices import MeasureKind as Kind
from resultcontracts.typed import (
    NotANumberError,
    is_far,
    problems,
    read_count,
    read_number,
)

READ = {
    "41": "41",
    "12,5": "12.5",
    " 1.300 ": "1300",
    "1.234.567,25": "1234567.25",
    "−4": "-4",
    "-4,5": "-4.5",
    "41 pct.": "41",
    "41 %": "41",
    "0": "0",
}
REFUSED = {
    "12,5.3": "12,5.3 er ikke et tal. Skriv fx 12,5.",
    "ca. 40": "ca. 40 er ikke et tal. Skriv fx 40.",
    "12.5": "12.5 er ikke et tal. Skriv fx 12,5.",
    "mange": "mange er ikke et tal. Skriv fx 12,5.",
    "1.30": "1.30 er ikke et tal. Skriv fx 1,30.",
    "4-5": "4-5 er ikke et tal. Skriv fx 4.",
    "١٢": "١٢ er ikke et tal. Skriv fx 12,5.",
    "1e9": "1e9 er ikke et tal. Skriv fx 1.",
    "100000000000": (
        "100.000.000.000 er for stort. Skriv tallet i målepunktets enhed."
    ),
}


def test_what_is_a_number() -> None:
    """Danish decimals and thousands, a unit after it; anything else gets a sentence."""
    assert {text: read_number(text) for text in READ} == {
        text: Decimal(value) for text, value in READ.items()
    }
    for text, sentence in REFUSED.items():
        with pytest.raises(NotANumberError) as error:
            read_number(text)
        assert str(error.value) == sentence
    assert read_count("1.041") == 1041
    for text in ("41,5", "-1"):
        with pytest.raises(NotANumberError, match="er ikke et helt antal"):
            read_count(text)
    with pytest.raises(NotANumberError, match="for stort"):
        read_count("9.999.999.999")


CANNOT_BE = [
    (Kind.SHARE, "140", None, None, "low",
     "140 er over 100 pct. Er det et antal, så skriv det under Svarede ja."),
    (Kind.SHARE, "-1", None, None, "low", "−1 er under 0 pct. Skriv en andel fra 0 til 100."),
    (Kind.SCORE, "-101", None, None, "low",
     "−101 kan ikke være en NPS. NPS går fra −100 til 100. Skriv fx 70."),
    (Kind.COUNT, "-2", None, None, "low", "−2 er under 0. Skriv 0, hvis der er målt 0."),
    (Kind.SHARE, "43", 41, 100, "low",
     "41 af 100 er 41,0 pct., men du skrev 43. Ret det ene."),
    (Kind.SHARE, None, 101, 100, "counted", "Svarede ja er større end spurgte virksomheder."),
    (Kind.SHARE, None, 0, 0, "asked", "Ingen er spurgt. Vælg ”Det er ikke målt”."),
    (Kind.SHARE, None, 41, None, "asked",
     "Skriv også, hvor mange der er spurgt, eller lad begge felter være tomme."),
    (Kind.SHARE, "66,6", 2, 3, "low",
     "2 af 3 er 66,7 pct., men du skrev 66,6. Ret det ene."),
]  # fmt: skip
CAN_BE = [
    (Kind.SHARE, "100", None, None),
    (Kind.SHARE, "67", 2, 3),
    (Kind.SHARE, "66,67", 2, 3),
    (Kind.SHARE, "66,6667", 2, 3),
    (Kind.SHARE, "0", 0, 40),
    (Kind.SCORE, "-100", None, None),
    (Kind.EFFECT, "-12,5", None, None),
    (Kind.COUNT, "0", None, None),
]


def test_what_cannot_be() -> None:
    """Bounds of the kind, and a share against what it is made of, as it was typed."""

    def found(*given: Any) -> dict[str, str]:
        kind, low, counted, asked = given
        return problems(kind, read_number(low) if low else None, counted, asked)

    for *given, name, sentence in CANNOT_BE:
        assert found(*given) == {name: sentence}
    assert [found(*given) for given in CAN_BE] == [{}] * len(CAN_BE)


def test_far_from_the_last_is_a_question() -> None:
    """More than 15 points of a share or an NPS; of a count, never."""
    assert is_far(Decimal(54), Fraction(38), unit="pct.")
    assert not is_far(Decimal(53), Fraction(38), unit="pct.")
    assert is_far(Decimal(20), Fraction(76), unit="NPS-point")
    assert not is_far(Decimal(900), Fraction(38), unit="forløb")
    assert not is_far(Decimal(54), None, unit="pct.")
