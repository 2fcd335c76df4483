"""The sheet of results, which is also the template that a house fills in.

A measure has one row for the time it is due, filled or empty, whose key never changes; a
result of another time has a row of its own.

Source: docs/rules.md R-147, R-148.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.sheets.back.columns import chosen, many_lines, one_line, yes_or_no
from core.sheets.back.kinds import Kind
from resultcontracts.choices import MeasureKind, MeasurementState
from resultcontracts.models import Measurement
from resultcontracts.sheets.cells import (
    REASONS,
    a_day,
    as_number,
    count,
    count_of,
    measure_column,
    name_of,
    number,
    number_of,
    printed_otherwise,
    qualifier,
    read_only,
    target_text,
)
from resultcontracts.sheets.pages import page_of
from resultcontracts.typed import problems, share_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from core.sheets.back.kinds import Line
    from resultcontracts.models import Measure
    from resultcontracts.sheets.loading import Loaded

NEITHER: Final = "Skriv et tal, eller hvorfor der ikke er et."
BOTH: Final = "Skriv enten et tal, eller hvorfor der ikke er et."
NO_FIRST: Final = "Skriv også det første tal."
FALLS: Final = "Det første tal skal være det mindste."
CORRECTS: Final = "Tallet er godkendt. Det nye bliver en rettelse, og det gamle står."
OTHER_TIME: Final = (
    "Tallet er godkendt for sin tid. Skriv et tal for en anden tid i en ny række."
)
SUMMED: Final = "Tallet lægges sammen af andre målepunkter. Skriv dem i stedet."
SUM: Final = "is_a_sum"
"""Says of a new row, in no column, that its measure has no number of its own."""
SENDS: Final = "Bliver sendt ind til godkendelse."
KINDS: Final = {value: str(label) for value, label in MeasureKind.choices}


@dataclass(frozen=True, slots=True)
class Result:
    """A measurement as a row shows it; an empty one is not saved yet."""

    loaded: Loaded
    measure: Measure
    measurement: Measurement

    def __getattr__(self, name: str) -> Any:
        return getattr(self.measurement, name)

    @property
    def versioned(self) -> Any:
        """Tells who changed it last; one that nobody has entered leaves the measure."""
        return self.measurement if self.measurement.pk else self.measure

    @property
    def state_word(self) -> str:
        """How far it is."""
        row = self.measurement
        return str(MeasurementState(row.state).label) if row.pk else "Mangler"

    @property
    def low_text(self) -> str:
        """The number; "" where it is only what is counted of those who were asked."""
        row = self.measurement
        if row.low is not None and row.counted is not None and row.asked:
            made = share_of(row.counted, row.asked)
            if row.low == row.high == made:
                return ""
        return as_number(row.low)

    @property
    def high_text(self) -> str:
        """The other end, where there is one."""
        row = self.measurement
        return "" if row.high == row.low else as_number(row.high)


def results_of(loaded: Loaded) -> Iterator[tuple[str, str, Any, Any]]:
    """Give the rows: the one that is due first, of each measure in the contract's order."""
    for measure in loaded.measures:
        rows = loaded.measurements.get(measure.pk, ())
        due = _due(rows, measure, loaded)
        is_house = loaded.round is not None
        page = page_of(loaded.contract, measure, is_house=is_house)
        if due is not None or not measure.sums:
            row = due or _empty(measure)
            key = key_of_due(loaded, measure)
            yield key, name_of(measure), page, Result(loaded, measure, row)
        for row in rows:
            if row is not due:
                key = key_of_saved(loaded, loaded.roots[row.pk])
                name = f"{name_of(measure)}, {row.period_name or 'uden tid'}"
                yield key, name, page, Result(loaded, measure, row)


def key_of_due(loaded: Loaded, measure: Measure) -> str:
    """Give the key of the row of the time that a measure is due."""
    return f"{loaded.prefix}{measure.goal.key}/{measure.key}/maaling"


def key_of_saved(loaded: Loaded, root: int) -> str:
    """Give the key of a measurement by the one that it corrects in the end."""
    return f"{loaded.prefix}maaling:{root}"


def _due(
    rows: tuple[Measurement, ...], measure: Measure, loaded: Loaded
) -> Measurement | None:
    """Give the measurement of the time that is due; a house's own answer, whatever it says."""
    if loaded.round is not None:
        return rows[0] if rows else None
    for row in rows:
        if (row.period_end, row.period_name) == (measure.due_on, measure.due_name):
            return row
    return next(
        (r for r in rows if r.period_end and r.period_end == measure.due_on), None
    )


def _empty(measure: Measure) -> Measurement:
    return Measurement(
        measure=measure, period_name=measure.due_name, period_end=measure.due_on
    )


def _together(values: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    low, high = number_of(values.get("low", "")), number_of(values.get("high", ""))
    counted, asked = (count_of(values.get(name, "")) for name in ("counted", "asked"))
    if values.get(SUM):
        yield "measure", SUMMED
        return
    has_number = low is not None or counted is not None
    if high is not None and low is None:
        yield "high", NO_FIRST
    elif values.get("missing") and (has_number or asked is not None):
        yield "missing", BOTH
    elif not values.get("missing") and not has_number and asked is None:
        yield "low", NEITHER
    if low is not None and high is not None and low > high:
        yield "high", FALLS
    kind = next((k for k, word in KINDS.items() if word == values.get("kind")), "")
    yield from problems(kind, low, counted, asked).items()
    if high is not None and (found := problems(kind, high, None, None)):
        yield "high", found["low"]
    yield from printed_otherwise(values, "low")


def _of_another_time(
    line: Line, changed: Mapping[str, str]
) -> Iterable[tuple[str, str]]:
    """An approved number is corrected, and stays of its time."""
    if line.row.state == MeasurementState.APPROVED:
        for name in ("period_name", "period_end"):
            if changed.get(name, line.cells[name]) != line.cells[name]:
                yield name, OTHER_TIME


def _of_its_measure(loaded: Loaded, values: Mapping[str, str]) -> Mapping[str, str]:
    """Give a new row what it cannot tell itself: of what kind its measure is."""
    measure = loaded.measure(values.get("measure", ""))
    if measure is None:
        return values
    told = {"kind": KINDS[measure.kind], SUM: "ja" if measure.sums else ""}
    return {**values, **told}


def _note(line: Line | None) -> str:
    if line is not None and line.row.state == MeasurementState.APPROVED:
        return CORRECTS
    return SENDS


RESULTS: Final = Kind(
    "results",
    "Målinger",
    (
        measure_column(is_told=True),
        read_only("kind", "Art", lambda r: KINDS[r.measure.kind], width=18),
        read_only("unit", "Enhed", lambda r: r.measure.unit, width=10),
        read_only(
            "target",
            "Måltal",
            lambda r: target_text(r.loaded.targets.get(r.measure.pk, ())),
            width=14,
        ),
        read_only("state", "Tilstand", lambda r: r.state_word, width=12),
        qualifier(),
        number("low", "Resultat", of=lambda r: r.low_text),
        number("high", "Til", of=lambda r: r.high_text),
        count("counted", "Svarede ja"),
        count("asked", "Spurgte"),
        chosen("missing", "Hvorfor intet tal", REASONS, width=22),
        one_line(Measurement, "expected", "Ventes"),
        many_lines(Measurement, "told", "Fortalt", width=40),
        one_line(Measurement, "period_name", "Gælder for"),
        a_day("period_end", "Til og med"),
        one_line(Measurement, "source", "Kilde", width=30),
        one_line(Measurement, "printed", "Trykt som"),
        one_line(Measurement, "definition_text", "Hvad der tælles", width=30),
        yes_or_no("is_proxy", "Tæller noget andet"),
        yes_or_no("is_derived", "Afledt"),
        one_line(Measurement, "derived_from", "Afledt af"),
        read_only("entered_by", "Indtastet af", lambda r: r.entered_by),
        read_only("approved_by", "Godkendt af", lambda r: str(r.approved_by or "")),
    ),
    results_of,
    check=_together,
    check_change=_of_another_time,
    note=_note,
    whole=_of_its_measure,
)
# What a house fills in: it answers what it is asked, and adds nothing.
ASKED: Final = Kind(
    RESULTS.key,
    RESULTS.name,
    tuple(
        each
        for each in RESULTS.columns
        if each.key not in {"entered_by", "approved_by", "is_proxy", "is_derived",
                            "derived_from", "definition_text", "printed"}
    ),
    results_of,
    may_grow=False,
    check=_together,
    check_change=_of_another_time,
    note=_note,
)  # fmt: skip
