"""A goal's segments beside each other, with their target and other houses. Pure.

Source: docs/rules.md R-128.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from core.formats import MINUS, listed
from documents.tree import Column
from resultcontracts.charts.bullet import is_other
from resultcontracts.charts.figure import Figure, table
from resultcontracts.charts.lanes import Lane, Lanes, Mark
from resultcontracts.charts.scale import scale_of
from resultcontracts.charts.words import capital, finding, missing_word
from resultcontracts.standing.numbers import UnitMismatchError, spelt
from resultcontracts.standing.sentence import said_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from documents.tree import Table
    from resultcontracts.standing.measures import MeasureStanding
    from resultcontracts.standing.numbers import Reading

OTHERS: Final = "andre huse"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What somebody else has: "øvrige huse", 73.

    Attributes:
        is_derived: worked out of what a source says, and printed nowhere in it.
    """

    name: str
    reading: Reading
    is_derived: bool = False

    @property
    def text(self) -> str:
        """As a table has it: "73 (afledt)"."""
        return f"{self.reading.text} (afledt)" if self.is_derived else self.reading.text


@dataclass(frozen=True, slots=True)
class Segment:
    """One row: a part of those who were asked, and where its measure stands."""

    name: str
    standing: MeasureStanding
    others: tuple[Comparison, ...] = ()


def segments(
    key: str, subject: str, rows: Sequence[Segment], note: str = "", source: str = ""
) -> Figure:
    """Draw segments of one question below each other.

    Args:
        subject: what is measured, as a sentence begins: "NPS".
        note: the line under the heading; what and in which unit.
        source: where the figures are from, a sentence with its full stop; what the signs
            mean is added.

    Raises:
        UnitMismatchError: they are not of one unit.
        ValueError: there are none.
    """
    unit = _unit(rows)
    said = finding(subject, [(row.name, row.standing) for row in rows])
    lanes = Lanes(tuple(_lanes(rows)), scale_of(_values(rows), unit))
    return Figure(
        key=key,
        heading=said,
        note=note,
        sentence=f"{said}. {' '.join(map(_sentence, rows))}",
        source=" ".join(filter(None, (source, *_signs(rows)))),
        table=_table(key, subject, rows, unit),
        plot=lanes,
    )


def _unit(rows: Sequence[Segment]) -> str:
    if not rows:
        message = "a chart of segments has at least one"
        raise ValueError(message)
    units = {unit for row in rows for unit in _units(row)}
    if len(units) > 1:
        message = f"{listed(sorted(units))} have no scale in common"
        raise UnitMismatchError(message)
    return next(iter(units), "")


def _units(row: Segment) -> Iterator[str]:
    each = row.standing
    if each.reading:
        yield each.reading.unit
    if each.target:
        yield each.target.unit
    yield from (other.reading.unit for other in row.others)


def _values(rows: Sequence[Segment]) -> Iterator[Fraction]:
    for row in rows:
        each = row.standing
        found = [other.reading for other in row.others]
        for reading in [each.reading, *found]:
            if reading:
                yield from (reading.low, reading.high)
        if each.target:
            yield from (each.target.low, each.target.high)


def _lanes(rows: Sequence[Segment]) -> Iterator[Lane]:
    above = ""
    for row in rows:
        each = row.standing
        target = each.target
        words = f"måltal {target.text}" if target else ""
        marks = chain(_target(each, words if words != above else ""), _others(row))
        above = words or above
        reading = each.reading
        yield Lane(
            name=row.name,
            printed=reading.text if reading else missing_word(each),
            low=reading.low if reading else None,
            high=reading.high if reading else None,
            marks=tuple(marks),
            is_hollow=is_other(each),
            is_light=not each.counts,
        )


def _target(each: MeasureStanding, words: str) -> Iterator[Mark]:
    target = each.target
    if target:
        high = target.high if target.high != target.low else None
        yield Mark(target.low, words, high)


def _others(row: Segment) -> Iterator[Mark]:
    target = row.standing.target
    for other in row.others:
        is_right = target is not None and other.reading.low > target.low
        yield Mark(
            other.reading.low,
            f"{other.name} {other.reading.text}",
            is_diamond=True,
            side=1 if is_right else -1,
        )


def _signs(rows: Sequence[Segment]) -> Iterator[str]:
    """Say what the signs mean that are there."""
    measured = [row.standing for row in rows if row.standing.reading]
    if any(is_other(each) for each in measured):
        yield "Hul søjle: tallet tæller noget andet end det aftalte."
    if any(not each.counts and not is_other(each) for each in measured):
        yield "Lys søjle tæller ikke med i status."
    if any(row.others for row in rows):
        yield "Rude: til sammenligning."


def _sentence(row: Segment) -> str:
    others = [f"{other.name} {other.text}" for other in row.others]
    beside = f", {listed(others)}" if others else ""
    each = row.standing
    target = f", måltal {each.target.text}" if each.target else ""
    if not each.reading:
        return f"{row.name}: {missing_word(each)}{target}{beside}."
    return f"{row.name}: {each.reading.text}{target}, {_status(each)}{beside}."


def _status(each: MeasureStanding) -> str:
    said = said_of(each)
    return said if each.counts else f"tæller ikke med, {said}"


def _table(key: str, subject: str, rows: Sequence[Segment], unit: str) -> Table:
    names = _other_names(rows)
    own = f", {unit}" if unit else ""
    columns = [
        Column("Segment", names_row=True),
        Column(f"Resultat{own}", "right", tone="strong"),
        Column(f"Måltal{own}", "right"),
        Column("Forskel", "right"),
        *(Column(f"{capital(name)}{own}", "right") for name in names),
        Column("Status"),
    ]
    return table(f"{key}/tal", subject, columns, [_cells(row, names) for row in rows])


def _other_names(rows: Sequence[Segment]) -> list[str]:
    """Give the columns for others: one, unless a row has several of them."""
    if all(len(row.others) <= 1 for row in rows):
        return [OTHERS] if any(row.others for row in rows) else []
    return list(dict.fromkeys(other.name for row in rows for other in row.others))


def _cells(row: Segment, names: Sequence[str]) -> list[str]:
    each = row.standing
    is_one = names == [OTHERS]
    others = {OTHERS if is_one else other.name: other.text for other in row.others}
    told = each.status.label if each.counts else "Tæller ikke med"
    return [
        row.name,
        each.reading.text if each.reading else missing_word(each),
        each.target.text if each.target else "intet måltal",
        difference(each),
        *(others.get(name, "ikke oplyst") for name in names),
        f"{told}: {said_of(each)}.",
    ]


def difference(each: MeasureStanding) -> str:
    """Give a result less its target, "−3"; "" where it is no plain number."""
    reading, target = each.reading, each.target
    if not reading or not target or reading.qualifier:
        return ""
    if reading.low != reading.high or target.low != target.high:
        return ""
    gap = reading.low - target.low
    sign = "+" if gap > 0 else MINUS if gap < 0 else ""
    return f"{sign}{spelt(abs(gap))}"
