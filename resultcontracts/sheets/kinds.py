"""The sheets of a contract: what a row is, and its columns.

Source: docs/rules.md R-147.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.sheets.back.columns import (
    a_year,
    chosen,
    many_lines,
    one_line,
    yes_or_no,
)
from core.sheets.back.kinds import Kind
from resultcontracts.choices import MeasureKind, Status
from resultcontracts.models import Goal, Measure, MunicipalResult
from resultcontracts.sheets.agreements import AGREEMENTS, BUDGET
from resultcontracts.sheets.cells import (
    BELONGS,
    WORKED_OUT,
    a_day,
    measure_column,
    name_of,
    number,
    qualifier,
    read_only,
    target_text,
)
from resultcontracts.sheets.pages import page_of
from resultcontracts.sheets.results import ASKED, KINDS, RESULTS
from resultcontracts.sheets.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from accounts.models import Municipality
    from resultcontracts.sheets.loading import Loaded

STATUSES: Final = {"": ""} | {value: str(label) for value, label in Status.choices}
# What no number of a municipality can be part of.
JUDGED: Final = frozenset({MeasureKind.DELIVERABLE, MeasureKind.NARRATIVE})
NO_VALUE: Final = "Skriv tallet, eller slet det i portalen."


@dataclass(frozen=True, slots=True)
class Told:
    """A goal or a measure, with what is worked out of it."""

    loaded: Loaded
    row: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    @property
    def versioned(self) -> Any:
        """The row itself."""
        return self.row

    @property
    def measure(self) -> Any:
        """The row, where it is a measure."""
        return self.row


@dataclass(frozen=True, slots=True)
class Part:
    """A municipality's number of a measure; one that nobody has given is not saved yet."""

    measure: Measure
    municipality: Municipality
    result: MunicipalResult

    def __getattr__(self, name: str) -> Any:
        return getattr(self.result, name)

    @property
    def versioned(self) -> Any:
        """Tells who changed it last; where there is none, the measure."""
        return self.result if self.result.pk else self.measure


def _goals(loaded: Loaded) -> Iterator[tuple[str, str, Any, Any]]:
    for goal in loaded.goals:
        page = page_of(loaded.contract, goal)
        yield f"{loaded.prefix}{goal.key}", str(goal), page, Told(loaded, goal)


def _measures(loaded: Loaded) -> Iterator[tuple[str, str, Any, Any]]:
    for row in loaded.measures:
        page = page_of(loaded.contract, row)
        key = f"{loaded.prefix}{row.goal.key}/{row.key}"
        yield key, name_of(row), page, Told(loaded, row)


def _municipal(loaded: Loaded) -> Iterator[tuple[str, str, Any, Any]]:
    for measure in loaded.measures:
        if measure.sums or measure.kind in JUDGED:
            continue
        page = page_of(loaded.contract, measure)
        start = f"{loaded.prefix}{measure.goal.key}/{measure.key}"
        given: dict[int, list[MunicipalResult]] = {}
        for row in loaded.municipal.get(measure.pk, ()):
            given.setdefault(row.municipality_id, []).append(row)
        empty = MunicipalResult(unit=measure.unit, period_name=measure.due_name)
        for place in loaded.municipalities:
            own = given.get(place.pk, [])
            due = next((r for r in own if r.period_name == measure.due_name), empty)
            name = f"{place.name}, {name_of(measure)}"
            yield f"{start}/kommune:{place.code}", name, page, Part(measure, place, due)
            for row in own:
                if row is not due:
                    key = f"{loaded.prefix}kommunetal:{row.pk}"
                    yield key, name, page, Part(measure, place, row)


def _phrased(values: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    if values.get("phrase") and "{}" not in values["phrase"]:
        yield "phrase", "Skriv {} dér, hvor tallet skal stå."


def _counted(values: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    if not values.get("value"):
        yield "value", NO_VALUE


GOALS: Final = Kind(
    "goals",
    "Mål",
    (
        read_only("number", "Nr.", lambda g: str(g.number), width=6),
        read_only("kind", "Slags", lambda g: g.kind.name, width=12),
        one_line(Goal, "title", "Titel", width=40, is_needed=True),
        many_lines(Goal, "purpose", "Formål", width=40),
        many_lines(Goal, "text", "Målet", width=50),
        many_lines(Goal, "method", "Metode", width=40),
        a_year("method_year", "År, metoden spørger om"),
        many_lines(Goal, "reporting", "Afrapportering", width=40),
        one_line(Goal, "requirement", "Krav på tværs", width=30),
        chosen("reported", "Indberettet", STATUSES),
        one_line(Goal, "reported_as", "Med indberetterens ord"),
        yes_or_no("is_implied", "Underforstået"),
        one_line(Goal, "reported_note", "Om indberetningen", width=40),
        read_only(
            "status",
            "Status",
            lambda g: g.loaded.standings.get(f"goal:{g.number}", ""),
            why=WORKED_OUT,
        ),
        read_only(
            "sentence",
            "Sætningen",
            lambda g: g.loaded.standings.get(f"sentence:{g.number}", ""),
            why=WORKED_OUT,
            width=60,
        ),
    ),
    _goals,
    may_grow=False,
)
MEASURES: Final = Kind(
    "measures",
    "Målepunkter",
    (
        measure_column(is_told=False),
        read_only("kind", "Art", lambda m: KINDS[m.kind], width=18),
        one_line(Measure, "name", "Navn", width=40, is_needed=True),
        one_line(Measure, "unit", "Enhed", width=12),
        one_line(Measure, "segment", "Segment"),
        read_only(
            "target",
            "Måltal",
            lambda m: target_text(m.loaded.targets.get(m.pk, ())),
            width=14,
        ),
        one_line(Measure, "phrase", "Ordlyd i sætningen", width=30),
        one_line(Measure, "remark", "Bemærkning", width=30),
        one_line(Measure, "question", "Spørgsmål til indberetter", width=40),
        one_line(Measure, "measured_by", "Hvem måler"),
        one_line(Measure, "data_source", "Datakilde", width=30),
        one_line(Measure, "population", "Hvem der spørges", width=30),
        one_line(Measure, "counted_answer", "Svar, der tæller"),
        one_line(Measure, "due_name", "Måles for"),
        a_day("due_on", "Måles senest"),
        yes_or_no("counts", "Tæller med"),
        yes_or_no("is_asked_for", "KKR er modtager"),
        one_line(Measure, "blocked_by", "Afventer"),
        one_line(Measure, "note", "Note", width=30),
        read_only(
            "status",
            "Status",
            lambda m: m.loaded.standings.get(f"measure:{m.label}", ""),
            why=WORKED_OUT,
        ),
    ),
    _measures,
    may_grow=False,
    check=_phrased,
)
MUNICIPAL: Final = Kind(
    "municipal",
    "Kommunernes tal",
    (
        measure_column(is_told=False),
        read_only(
            "municipality", "Kommune", lambda p: p.municipality.name, why=BELONGS
        ),
        qualifier(),
        number("value", "Tal"),
        one_line(MunicipalResult, "unit", "Enhed", width=12),
        one_line(MunicipalResult, "period_name", "Gælder for"),
        one_line(MunicipalResult, "source", "Kilde", width=30),
        one_line(MunicipalResult, "note", "Hvad kilden siger", width=40),
    ),
    _municipal,
    may_grow=False,
    check=_counted,
)
EVERY: Final = (RESULTS, MEASURES, TARGETS, MUNICIPAL, GOALS, AGREEMENTS, BUDGET)


def kinds_of(*, is_house: bool) -> tuple[Kind, ...]:
    """Give the sheets of the secretariat, or the one that a house fills in."""
    return (ASKED,) if is_house else EVERY
