"""The result contract of 2021 as values, read from the fixtures."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import fixtures
from resultcontracts.choices import Operator, Status
from resultcontracts.contradictions.values import Claim, Contract, Goal, Paper
from resultcontracts.standing.measures import Measure, Measurement, Verdict
from resultcontracts.standing.numbers import Reading
from resultcontracts.standing.periods import Period
from resultcontracts.standing.targets import Target, TargetRevision

DATA: Final = Path(fixtures.__file__).parent / "data" / "resultcontract-2021.json"
APPROVED: Final = date(2023, 10, 31)


def read() -> dict[str, Any]:
    """Give the contract as its file says it."""
    data: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return data


def goals() -> list[tuple[int, tuple[Measure, ...]]]:
    """Give each goal's number and its measures."""
    return [
        (goal["number"], tuple(map(measure_of, goal["measures"])))
        for goal in read()["goals"]
    ]


def measure_of(row: dict[str, Any]) -> Measure:
    """Make a measure of its row."""
    return Measure(
        key=row["label"],
        label=row["label"],
        phrase=row["phrase"],
        due=_period(row),
        targets=_targets(row),
        measurements=_measurements(row),
        verdicts=_verdicts(row),
        remark=row.get("remark", ""),
        counts=row.get("counts", True),
        follows=row.get("follows"),
    )


def _period(row: dict[str, Any]) -> Period:
    due = row["due"]
    return Period(due["name"], date.fromisoformat(due["end"]), due["is_year"])


def _targets(row: dict[str, Any]) -> tuple[TargetRevision, ...]:
    if "target" not in row:
        return ()
    low, high = row["target"]["low"], row["target"]["high"]
    printed = f"{low}".replace(".", ",") if low == high else ""
    operator = Operator(row["target"]["operator"])
    return (
        TargetRevision(
            Target(operator, Fraction(low), Fraction(high), row["unit"], printed)
        ),
    )


def _measurements(row: dict[str, Any]) -> tuple[Measurement, ...]:
    if "result" not in row:
        return ()
    reading = Reading.of(Decimal(row["result"]), row["unit"])
    is_proxy = row.get("is_proxy", False)
    return (Measurement(reading, _period(row), APPROVED, is_proxy=is_proxy),)


def _verdicts(row: dict[str, Any]) -> tuple[Verdict, ...]:
    word = row.get("verdict")
    if word is None:
        return ()
    special = {
        "under_way": Verdict(Status.PENDING, "i gang", APPROVED, under_way=True),
        "not_assessable": Verdict(
            Status.UNDECIDED, "intet at bedømme efter", APPROVED, assessable=False
        ),
    }
    told = row.get("told", "")
    return (special.get(word) or Verdict(Status(word), told, APPROVED),)


def contract() -> Contract:
    """Give the whole contract with what slides, memo and report say of it."""
    data = read()
    return Contract(
        year=data["year"],
        goals=tuple(map(_goal, data["goals"])),
        claims=tuple(map(_claim, data["claims"])),
        papers=tuple(
            Paper(
                row["name"],
                _day(row.get("dated")),
                _day(row.get("covers_until")),
            )
            for row in data["papers"]
        ),
        baselines={
            row["label"]: Fraction(row["baseline"]["value"])
            for goal in data["goals"]
            for row in goal["measures"]
            if "baseline" in row
        },
        same={name: tuple(labels) for name, labels in data["same"].items()},
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _goal(row: dict[str, Any]) -> Goal:
    return Goal(
        row["number"],
        row["title"],
        tuple(map(measure_of, row["measures"])),
        row.get("method_year"),
        tuple(row.get("lacks", ())),
    )


def _claim(row: dict[str, Any]) -> Claim:
    unit = row.get("unit", "")
    return Claim(
        key=row["key"],
        place=row["place"],
        quote=row["quote"],
        about=tuple(row["about"]),
        but=tuple(row.get("but", ())),
        subject=row.get("subject", ""),
        verdict=Status(row["verdict"]) if "verdict" in row else None,
        value=_reading(row, unit),
        target=Reading.of(Decimal(row["target"]), unit) if "target" in row else None,
        change=Fraction(row["change"]) if "change" in row else None,
        parts={name: Fraction(part) for name, part in row.get("parts", {}).items()},
        day=date.fromisoformat(row["day"]) if "day" in row else None,
    )


def _reading(row: dict[str, Any], unit: str) -> Reading | None:
    if "value" not in row:
        return None
    low = Fraction(row["value"])
    high = Fraction(row.get("high", row["value"]))
    return Reading(low, high, unit, printed=row.get("printed", ""))
