"""Whether numbers that somebody typed can be what is asked for. Pure.

Every sentence is for the one who typed, and says what to write.

Source: docs/rules.md R-141.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from core.formats import number
from core.typed import shown
from resultcontracts.choices import MeasureKind

FAR: Final = 15
"""Points from the last value beyond which the reporter is asked, not refused."""

ALL: Final = 100
NPS_ONLY: Final = "NPS går fra −100 til 100. Skriv fx 70."


def problems(
    kind: str, low: Decimal | None, counted: int | None, asked: int | None
) -> dict[str, str]:
    """Give what cannot be: field of a measurement → sentence; empty where all can.

    A number is held against what it is made of as exactly as it was typed.
    """
    found: dict[str, str] = {}
    if low is not None and (problem := _outside(kind, low)):
        found["low"] = problem
    if (counted is None) != (asked is None):
        name, what = (
            ("asked", "hvor mange der er spurgt")
            if asked is None
            else ("counted", "hvor mange der svarede ja")
        )
        found[name] = f"Skriv også, {what}, eller lad begge felter være tomme."
    elif counted is not None and asked is not None:
        found |= _of_parts(low if "low" not in found else None, counted, asked)
    return found


def _outside(kind: str, low: Decimal) -> str:
    if kind == MeasureKind.SHARE and low > ALL:
        return f"{shown(low)} er over 100 pct. Er det et antal, så skriv det under Svarede ja."
    if kind == MeasureKind.SHARE and low < 0:
        return f"{shown(low)} er under 0 pct. Skriv en andel fra 0 til 100."
    if kind == MeasureKind.SCORE and abs(low) > ALL:
        return f"{shown(low)} kan ikke være en NPS. {NPS_ONLY}"
    if kind in {MeasureKind.COUNT, MeasureKind.AMOUNT, MeasureKind.RATIO} and low < 0:
        return f"{shown(low)} er under 0. Skriv 0, hvis der er målt 0."
    return ""


def _of_parts(low: Decimal | None, counted: int, asked: int) -> dict[str, str]:
    if not asked:
        return {"asked": "Ingen er spurgt. Vælg ”Det er ikke målt”."}
    if counted > asked:
        return {"counted": "Svarede ja er større end spurgte virksomheder."}
    if low is None:
        return {}
    share = Fraction(counted * ALL, asked)
    places = max(0, -int(low.normalize().as_tuple().exponent))
    if abs(share - Fraction(low)) * 2 * 10**places <= 1:
        return {}
    made = number(_rounded(share), 1)
    parts = f"{number(counted)} af {number(asked)}"
    return {"low": f"{parts} er {made} pct., men du skrev {shown(low)}. Ret det ene."}


def share_of(counted: int, asked: int) -> Decimal:
    """Give a share of a count in per cent, as exact as the database keeps a number."""
    return _rounded(Fraction(counted * ALL, asked), 4)


def _rounded(value: Fraction, places: int = 1) -> Decimal:
    return Decimal(round(value * 10**places)).scaleb(-places)


def is_far(low: Decimal, last: Fraction | None, *, unit: str) -> bool:
    """Whether a share or a score is far from the last one: a question, not an error."""
    if last is None or not _has_points(unit):
        return False
    return abs(Fraction(low) - last) > FAR


def _has_points(unit: str) -> bool:
    return unit.startswith(("pct", "procent", "NPS"))
