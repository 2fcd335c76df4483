"""Every measure of a contract in a row: status, sentence, and where its number is from.

Source: docs/rules.md R-136.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from core.formats import clock_time, long_date
from core.sheets import written
from resultcontracts.choices import Missing
from resultcontracts.queries import rows
from resultcontracts.standing.numbers import is_ending, spelt
from resultcontracts.standing.sentence import body, freshness, said_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from resultcontracts.queries.overview import GoalLine, Overview
    from resultcontracts.standing.measures import MeasureStanding, Verdict

type Written = str | int | Decimal | None

GOAL: Final = (
    "Mål", "Titel", "Slags", "Målets status", "Målets sætning", "Alder", "Indberettet",
    "Underforstået",
)  # fmt: skip
MEASURE: Final = (
    "Målepunkt", "Navn", "Segment", "Enhed", "Tæller i status", "Måles for", "Status",
    "Status mod det første måltal", "Afstand eller grund", "Vurderet af", "Vurderet dato",
)  # fmt: skip
TARGET: Final = ("Regel", "Måltal", "Måltal til", "Måltal besluttet af")
RESULT: Final = (
    "Resultat", "Resultat til", "Ord foran", "Trykt som", "Tæller", "Nævner",
    "Hvorfor intet tal", "Gælder for", "Til og med", "Tæller noget andet end aftalt",
    "Afledt", "Definition",
)  # fmt: skip
PROVENANCE: Final = (
    "Kilde", "Indtastet", "Indtastet af", "Indtastet gennem", "Godkendt", "Godkendt af",
    "Vist på møder før",
)  # fmt: skip
HEAD: Final = (*GOAL, *MEASURE, *TARGET, *RESULT, *PROVENANCE)


def figures_file(whole: Overview) -> bytes:
    """Give the table as a file for spreadsheets."""
    return written(HEAD, figures(whole))


def figures(whole: Overview) -> Iterator[list[Written]]:
    """Give its rows; a goal without measures has one."""
    for line in whole.lines:
        for each in line.goal.standing.measures:
            yield _row(line, each, whole)
        if not line.goal.standing.measures:
            rest = len(HEAD) - len(GOAL)
            yield [*_goal(line, whole), *[""] * rest]


def _row(line: GoalLine, each: MeasureStanding, whole: Overview) -> list[Written]:
    own = line.goal.by_label[each.measure.label]
    told = own.told(each.measurement.key) if each.measurement else None
    return [
        *_goal(line, whole),
        *_measure(own.row, each),
        *_target(each),
        *_result(each, told or {}),
        *_provenance(told or {}),
    ]


def _goal(line: GoalLine, whole: Overview) -> list[Written]:
    standing = line.goal.standing
    return [
        line.number,
        line.goal.row.title,
        line.kind_name,
        str(line.status.label),
        body(standing),
        freshness(standing, whole.read.day),
        line.reported_as if line.is_reported else "ingen konklusion",
        _yes(value=line.is_reported and line.is_implied),
    ]


def _measure(row: Any, each: MeasureStanding) -> list[Written]:
    verdict = each.verdict
    judged = [told for told in row.json_verdicts if verdict and _is(told, verdict)]
    return [
        row.label,
        row.name,
        row.segment,
        row.unit,
        _yes(value=each.counts),
        each.measure.due.name or _day(each.measure.due.end),
        str(each.status.label),
        str(each.at_first.label),
        said_of(each),
        judged[-1]["decided_by"] if judged else "",
        _day(verdict.on) if verdict else "",
    ]


def _is(told: Mapping[str, Any], verdict: Verdict) -> bool:
    day = rows.day_of(told["given_on"])
    return bool(told["reason"] == verdict.reason and day == verdict.on)


def _target(each: MeasureStanding) -> list[Written]:
    target = each.target
    if target is None:
        return ["", "", "", ""]
    held = [own for own in each.measure.targets if own.target == target]
    return [
        str(target.operator.label),
        _number(target.low),
        _number(target.high) if target.high != target.low else "",
        held[-1].decided_by if held else "",
    ]


def _result(each: MeasureStanding, told: Mapping[str, Any]) -> list[Written]:
    found, reading = each.measurement, each.reading
    is_span = reading is not None and reading.low != reading.high
    return [
        _number(reading.low) if reading else "",
        _number(reading.high) if reading and is_span else "",
        str(reading.qualifier.label) if reading and reading.qualifier else "",
        reading.printed if reading else "",
        told.get("counted"),
        told.get("asked"),
        _why_none(each),
        found.period.text if found else "",
        _day(found.period.end) if found else "",
        _yes(value=bool(found and found.is_proxy)),
        _yes(value=bool(found and found.is_derived)),
        found.definition_text if found else "",
    ]


def _why_none(each: MeasureStanding) -> str:
    """Say why there is no number; it is never an empty cell, and never 0."""
    if each.reading is not None:
        return ""
    missing = each.measurement.missing if each.measurement else None
    return str(Missing(missing).label if missing else each.why.label)


def _provenance(told: Mapping[str, Any]) -> list[Written]:
    return [
        told.get("source", ""),
        _moment(told.get("entered_at")),
        told.get("entered_by", ""),
        told.get("entered_through", ""),
        _moment(told.get("approved_at")),
        told.get("approved_by") or "",
        told.get("shown_before", ""),
    ]


def _number(value: Fraction) -> Decimal | str:
    """Give a number that a spreadsheet can reckon with; one that does not end in words."""
    if is_ending(value):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return spelt(value)


def _day(day: Any) -> str:
    return long_date(day) if day else ""


def _moment(text: str | None) -> str:
    found = rows.moment_of(text)
    return f"{long_date(found)} {clock_time(found)}" if found else ""


def _yes(*, value: bool) -> str:
    return "ja" if value else "nej"
