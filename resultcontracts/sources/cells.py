"""A measure's figures as the document tree holds them: each with its source. Pure.

A figure is approved, or it is a word that says why there is none; never 0.
Source: docs/rules.md R-139.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from documents import tree
from documents.tree import Value, Words
from resultcontracts.charts.words import missing_word
from resultcontracts.choices import GLYPHS, Missing, Status, Why
from resultcontracts.standing.numbers import is_ending, spelt

if TYPE_CHECKING:
    from documents.tree import Inline
    from resultcontracts.choices import Qualifier
    from resultcontracts.queries.contracts import ContractRows, GoalRow, MeasureRow
    from resultcontracts.standing.measures import MeasureStanding
    from resultcontracts.standing.numbers import Reading
    from resultcontracts.standing.targets import Target

    type Cell = tuple[Inline, ...]

AT_MOST: Final = 2
BELOW: Final = "se nedenfor"
NOT_COUNTED: Final = "tæller ikke med i status"
NO_TARGET: Final = "intet måltal"
_PLACES: Final = Decimal("0.0001")
_WORDS: Final = {
    Missing.NOT_MEASURED: tree.Missing.NOT_MEASURED,
    Missing.AWAITED: tree.Missing.PENDING,
    Missing.NOT_TOLD: tree.Missing.NOT_GIVEN,
    Missing.NOT_RELEVANT: tree.Missing.NOT_RELEVANT,
    Missing.DISCONTINUED: tree.Missing.DISCONTINUED,
}
_SPELT: Final = {str(word): word for word in tree.Missing}


@dataclass(frozen=True, slots=True)
class Point:
    """A measure as it is printed.

    Attributes:
        key: of its node, "goal:goal-3/measure:maalepunkt-3-1".
        each: where it stands.
    """

    key: str
    row: MeasureRow
    each: MeasureStanding
    home: str

    @property
    def label(self) -> str:
        """As the contract numbers it."""
        return self.row.label

    @property
    def name(self) -> str:
        """What is measured; a part of it is said too."""
        own: Any = self.row.row
        return f"{own.name}, {own.segment}" if own.segment else str(own.name)


def points_of(goal: GoalRow, read: ContractRows) -> tuple[Point, ...]:
    """Give a goal's measures, in the contract's order."""
    home = read.contract.get_absolute_url()
    return tuple(
        Point(f"{goal_key(goal)}/measure:{row.row.key}", row, each, home)
        for row, each in zip(goal.measures, goal.standing.measures, strict=True)
    )


def goal_key(goal: GoalRow) -> str:
    """Give the key of a goal's section."""
    return f"goal:{goal.row.key}"


def result(point: Point, under: str = "") -> Value | Words:
    """Give a measure's result, or the word for why there is none.

    Args:
        under: key of the node; "" is the measure's own.
    """
    key, each = under or f"{point.key}/result", point.each
    if each.reading is not None:
        return _figure(key, each.reading, source_of(point))
    missing = each.measurement.missing if each.measurement else None
    word = _WORDS.get(missing) if missing else _SPELT.get(missing_word(each))
    if word is not None:
        return Value(key, missing=word, source=source_of(point))
    return Words(missing_word(each), is_missing=True)


def target(point: Point, under: str = "") -> Value | Words:
    """Give what is to be reached."""
    held = point.each.target
    if held is None:
        return Words(NO_TARGET, is_missing=True)
    return target_value(under or f"{point.key}/target", held)


def target_value(key: str, held: Target) -> Value:
    """Give a target as a figure: "39", "højst 39", "2–4"."""
    return Value(key, held.text, exact(held.low), exact(held.high))


def others(point: Point) -> Cell:
    """Give what a measure is compared with; one that is worked out says so.

    Of many none can be told from the next without its name: they stand below.
    """
    found: list[Inline] = []
    every = point.row.row.json_benchmarks
    if len(every) > AT_MOST:
        return (Words(BELOW),)
    for at, told in enumerate(every, 1):
        value = Fraction(told["value"])
        found += [Words("; ")] if found else []
        own = exact(value)
        found.append(Value(f"{point.key}/other:{at}", spelt(value), own, own))
        found += [Words(" (afledt)")] if told["is_derived"] else []
    return tuple(found)


def status_word(each: MeasureStanding) -> str:
    """Give a measure's status in a word or two: "Ikke nået", "I gang", "Se mål 10"."""
    if each.why is Why.FOLLOWS and each.measure.follows is not None:
        return f"Se mål {each.measure.follows}"
    if each.why is Why.UNDER_WAY:
        return "I gang"
    if each.why is Why.NOT_DUE:
        return f"Måles {each.measure.due.text}"
    if each.status is Status.PENDING:
        return "Afventer"
    return str(each.status.label)


def status(each: MeasureStanding) -> Cell:
    """Give it as a cell."""
    return (Words(status_word(each), strong=True, glyph=glyph(each.status)),)


def named(each: MeasureStanding, name: str) -> Cell:
    """Give what is measured as a cell; what does not count says so."""
    said = name if each.measure.counts else f"{name}, {NOT_COUNTED}"
    return (Words(f"{said[:1].upper()}{said[1:]}"),)


def glyph(status: str) -> tree.Glyph:
    """Give what stands before a status's word, on paper as on the page."""
    return GLYPHS[Status(status)]


def source_of(point: Point) -> tree.Source | None:
    """Give where a result is from, with the address of its provenance."""
    measurement = point.each.measurement
    told = point.row.told(measurement.key) if measurement else None
    if told is None:
        name = str(point.row.row.data_source)
        return tree.Source(name) if name else None
    name = told["source"] or point.row.row.data_source or "Kontraktens målinger"
    return tree.Source(name, f"{point.home}tal/{told['pk']}/")


def exact(value: Fraction) -> Decimal:
    """Give a number for a program: all its decimals where they end, else four."""
    found = Decimal(value.numerator) / Decimal(value.denominator)
    return found if is_ending(value) else found.quantize(_PLACES)


def _figure(key: str, reading: Reading, source: tree.Source | None) -> Value:
    return Value(
        key,
        reading.text,
        exact(reading.low),
        exact(reading.high),
        qualifier=_word(reading.qualifier),
        source=source,
    )


def _word(qualifier: Qualifier) -> str:
    return str(qualifier.label) if qualifier else ""
