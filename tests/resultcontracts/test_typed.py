"""Numbers that somebody typed, and what they cannot be."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from core.typed import read_number
from resultcontracts.choices import MeasureKind as Kind
from resultcontracts.typed import is_far, problems

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
