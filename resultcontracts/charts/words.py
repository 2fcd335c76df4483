"""What a chart shows, in words: its heading. Pure.

Source: docs/rules.md R-128.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.formats import number
from resultcontracts.choices import Operator, Status, Why
from resultcontracts.standing.distance import points
from resultcontracts.standing.numbers import spelt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resultcontracts.standing.measures import MeasureStanding

# More than so many are counted, not named.
NAMED: Final = 3
_VERBS: Final = ("afventer", "skal", "kan", "følger")
_UP: Final = (Operator.AT_LEAST, Operator.OVER)
_COUNTS: Final = {2: "begge", 3: "alle tre", 4: "alle fire"}


def missing_word(each: MeasureStanding) -> str:
    """Give the word that stands where a figure would: "ikke målt", "afventer"."""
    measurement = each.measurement
    if measurement is not None and measurement.missing is not None:
        return measurement.missing.label
    if each.verdict is not None and each.why is Why.JUDGED:
        return "vurderet uden tal"
    if each.why in (Why.NO_BASIS, Why.NO_TARGET):
        return "ikke målt"
    return each.why.label


def finding(subject: str, rows: Sequence[tuple[str, MeasureStanding]]) -> str:
    """Say what segments show, those behind their target first; no full stop."""
    counting = [(name, each) for name, each in rows if each.counts]
    if not counting:
        return f"{capital(subject)}: ingen segmenter tæller med"
    reached = [each for _, each in counting if each.status is Status.REACHED]
    if len(reached) == len(counting) > 1:
        every = _COUNTS.get(len(counting), f"alle {number(len(counting))}")
        return f"{capital(subject)} {_how(reached)} i {every} segmenter"
    if len(counting) > NAMED:
        return _counted(subject, [each for _, each in counting], len(reached))
    ordered = sorted(counting, key=lambda row: row[1].status is Status.REACHED)
    said = [
        _said(name, each, with_unit=not place)
        for place, (name, each) in enumerate(ordered)
    ]
    return capital(", ".join(said))


def _how(reached: Sequence[MeasureStanding]) -> str:
    is_over = all(
        each.target and each.reading and each.reading.low > each.target.high
        for each in reached
    )
    return "er over måltallet" if is_over else "når måltallet"


def _counted(subject: str, rows: Sequence[MeasureStanding], reached: int) -> str:
    said = f"{capital(subject)}: {reached} af {len(rows)} segmenter når måltallet"
    missing = sum(each.is_missing for each in rows)
    return f"{said}, og {missing} er ikke målt" if missing else said


def _said(name: str, each: MeasureStanding, *, with_unit: bool) -> str:
    reading, target = each.reading, each.target
    if each.why is not Why.COMPARED or not reading or not target:
        word = missing_word(each) if not reading else each.status.label.lower()
        return f"{name} {word}" if word.startswith(_VERBS) else f"{name} er {word}"
    is_plain = reading.low == reading.high and not reading.qualifier
    if not is_plain or target.operator not in _UP:
        word = "når" if each.status is Status.REACHED else "når ikke"
        return f"{name} {word} måltallet"
    gap = reading.low - target.low
    named = points(target.unit, abs(gap))
    unit = f" {named}" if with_unit and target.unit else ""
    if gap < 0:
        return f"{name} mangler {spelt(-gap)}{unit}"
    return f"{name} er {spelt(gap)}{unit} over" if gap else f"{name} er på måltallet"


def capital(text: str) -> str:
    """Begin with a capital, and leave the rest: "NPS" stays."""
    return text[:1].upper() + text[1:]
