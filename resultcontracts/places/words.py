"""The sentences about a municipality's part and its own agreement. Pure.

Source: docs/rules.md R-122, R-151.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from core.formats import listed, number
from resultcontracts.standing.numbers import Side, rounded, spelt
from resultcontracts.standing.yardsticks import beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resultcontracts.queries.of_place import Agreement, Result
    from resultcontracts.standing.numbers import Reading
    from resultcontracts.standing.yardsticks import Yardstick

NOT_GIVEN: Final = "ikke oplyst"
_DOUBLE: Final = 2
_NEAR: Final = Fraction(1, 2)
_PARTS: Final = (
    (Fraction(25), "en fjerdedel"),
    (Fraction(100, 3), "en tredjedel"),
    (Fraction(50), "halvdelen"),
    (Fraction(200, 3), "to tredjedele"),
    (Fraction(75), "tre fjerdedele"),
)
_TIMES: Final = {Fraction(25): "et kvartal", Fraction(50): "et halvt år"}


def says(reading: Reading | None, yardstick: Yardstick) -> str:
    """Say how far a result is from a part: "Ca. 36 pct. over.". No verdict."""
    if reading is None:
        return ""
    side = beside(reading, yardstick)
    if side == "lig med":
        return "Netop sin del."
    if side == "over eller under":
        return "Over eller under: tallet er ikke nøjagtigt nok."
    if reading.sides_of(yardstick.minimum * _DOUBLE) == {Side.ABOVE}:
        return "Mere end det dobbelte."
    if reading.low != reading.high:
        return f"{side.capitalize()}."
    away = abs(reading.low / yardstick.minimum - 1) * 100
    told = rounded(away, 0)
    return f"Under 1 pct. {side}." if told == "0" else f"Ca. {told} pct. {side}."


def share_of(population: int, of: int) -> str:
    """Give "2,82"."""
    return rounded(Fraction(population * 100, of), 2)


def course_lead(label: str, place: str, share: str, result: Result | None) -> str:
    """Say what the chart is about, and what is told of the municipality."""
    told = f"Målepunkt {label}. {place} har {share} pct. af indbyggerne."
    if result is None:
        return f"{told} Kommunens eget tal er {NOT_GIVEN}."
    when = f" for {result.period_name}" if result.period_name else ""
    return f"{told} Oplyst{when}: {_with_unit(result)}."


def undecided(place: str, result: Result | None, rows: Sequence[Yardstick]) -> str:
    """Say why no verdict follows, after "Kan ikke afgøres:"."""
    if result is None:
        return f"antallet i {place} er {NOT_GIVEN}."
    shared = listed([f"{number(row.total)} {row.name}" for row in rows])
    unit = result.reading.unit
    if unit:
        first = f"{result.reading.text} er {unit}; det, der deles, er {shared}."
    else:
        first = f"det er ikke oplyst, hvad {result.reading.text} tæller."
    note = result.note.rstrip(".")
    said = f" Kilden siger: {note[:1].lower()}{note[1:]}." if note else ""
    which = "" if len(rows) == 1 else " Kontrakten siger ikke, hvilket tal der deles."
    return f"{first}{said}{which}"


def _with_unit(result: Result) -> str:
    return f"{result.reading.text} {result.reading.unit}".strip()


def spent_heading(agreement: Agreement, share: Fraction | None) -> str:
    """Say what has been spent in how long: the finding."""
    title = agreement.title
    if share is None:
        return f"{title}: forbruget er {NOT_GIVEN}"
    parts = (word for part, word in _PARTS if abs(share - part) < _NEAR)
    spent = next(parts, f"{rounded(share, 1)} pct.")
    gone = agreement.part_of_year
    if gone is None:
        return f"{title}: {spent} af årets budget brugt"
    time = _TIMES.get(gone, f"{spelt(gone)} pct. af året")
    return f"{title}: {spent} af årets budget brugt på {time}"


def agreement_lead(place: str, agreement: Agreement) -> str:
    """Say between whom, how long, how much."""
    amount = agreement.amount
    money = f"{spelt(amount)} kr. i alt" if amount is not None else ""
    money = money or f"beløbet er {NOT_GIVEN}"
    between = f"{place} Kommunes aftale med {agreement.house}"
    return ", ".join(filter(None, (between, agreement.period_name, money)))
