"""How far a result lies from its target, in words. Pure.

Source: docs/rules.md R-117.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.formats import EN_DASH
from resultcontracts.choices import Operator, Qualifier, Status
from resultcontracts.standing.numbers import ABOVE, ALL_SIDES, AT, BELOW, spelt

if TYPE_CHECKING:
    from fractions import Fraction

    from resultcontracts.standing.numbers import Reading
    from resultcontracts.standing.targets import Target

# Where a result is on the target's own number, or can be.
_ON_IT: Final = {
    frozenset({AT}): "præcis",
    frozenset({BELOW}): "lige under",
    frozenset({ABOVE}): "lige over",
    frozenset({AT, ABOVE}): "på eller over",
    frozenset({AT, BELOW}): "på eller under",
    ALL_SIDES: "omkring",
}


def distance(reading: Reading, target: Target) -> str:
    """Say how far: "3 procentpoint under måltallet", "1–3 forløb over måltallet"."""
    is_inside = target.judge(reading) is Status.REACHED
    if target.operator is Operator.BETWEEN and is_inside:
        return f"{reading.text} ligger mellem {target.text}"
    name = target.text if target.low != target.high else "måltallet"
    is_over = reading.low >= target.high
    mark = target.high if is_over else target.low
    if reading.low <= mark <= reading.high:
        return f"{_ON_IT[reading.sides_of(mark)]} {name}"
    side = "over" if is_over else "under"
    gap = abs(reading.low - mark) if reading.low == reading.high else None
    unit = points(target.unit, gap)
    words = (_word(reading, is_over=is_over), _gap(reading, mark), unit)
    return " ".join([*filter(None, words), side, name])


# What there is one of is not called by its plural: "1 møde under måltallet".
_ONE: Final = {
    "ansøgninger": "ansøgning",
    "arrangementer": "arrangement",
    "cases": "case",
    "deltagere": "deltager",
    "events": "event",
    "forretningsudviklere": "forretningsudvikler",
    "klynger": "klynge",
    "kommuner": "kommune",
    "kurser": "kursus",
    "møder": "møde",
    "nyhedsbreve": "nyhedsbrev",
    "projekter": "projekt",
    "styregrupper": "styregruppe",
    "virksomheder": "virksomhed",
}


def points(unit: str, amount: Fraction | None = None) -> str:
    """Give what a difference is counted in: between shares it is points of per cent.

    Args:
        amount: how many; of one a unit that is known stands in the singular.
    """
    if unit == "pct.":
        return "procentpoint"
    return _ONE.get(unit, unit) if amount == 1 else unit


def _gap(reading: Reading, mark: Fraction) -> str:
    ends = sorted({abs(reading.low - mark), abs(reading.high - mark)})
    return EN_DASH.join(map(spelt, ends))


def _word(reading: Reading, *, is_over: bool) -> str:
    """Keep a distance as rough as its result."""
    match reading.qualifier:
        case Qualifier.NONE:
            return ""
        case Qualifier.AT_LEAST:
            return "mindst" if is_over else "højst"
        case Qualifier.AT_MOST:
            return "højst" if is_over else "mindst"
        case _:
            return "ca."
