"""The result contract of 2021, from the fixtures.

Its figures are the source's; who entered and approved them, and when, is invented.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from accounts.models import Municipality, Organisation, User
from kkr.fixture_data import read
from resultcontracts.choices import (
    ContractState,
    MeasurementState,
    Missing,
    Status,
    TargetRule,
)
from resultcontracts.models import (
    Activity,
    Benchmark,
    BudgetLine,
    Claim,
    Contract,
    ContradictionAnswer,
    Evidence,
    Goal,
    GoalKind,
    LocalAgreement,
    Measure,
    Measurement,
    MunicipalResult,
    Paper,
    Remark,
    ReportingLine,
    SharedTotal,
    TargetRevision,
    Verdict,
)
from resultcontracts.queries.contracts import contract_rows
from resultcontracts.queries.contradictions import findings_of, sides_of

if TYPE_CHECKING:
    from accounts.models import Council

ZONE: Final = ZoneInfo("Europe/Copenhagen")
ENTERED: Final = datetime(2023, 10, 30, 10, 5, tzinfo=ZONE)
APPROVED: Final = datetime(2023, 10, 31, 8, 40, tzinfo=ZONE)
JUDGED: Final = date(2023, 1, 31)
ANSWERED: Final = datetime(2023, 11, 7, 14, 20, tzinfo=ZONE)
ANSWERS: Final = {
    "value:memo-16": "”mål 16” i notatet er målets nummer. Måltallet er 2,60.",
    "dated:Notat": "Notatet er fra 2022. Årstallet i datoen er en skrivefejl.",
}
ENTERED_BY: Final = "Sekretariatet"
APPROVED_BY: Final = "chef@kkr.example"
HOUSE: Final = "erhvervshus-sjaelland"
SHOWN: Final = "KKR-møde 2022, punkt 2.2 (datoen er ikke trykt i kilden)"
DECIDED: Final = "Rammeaftale 2021-2023 mellem KL og Erhvervsministeriet"
AGREED: Final = "Aftalt mellem KKR Sjælland og Erhvervshus Sjælland"


def load_contract(council: Council) -> Contract:
    """Load the contract: 18 goals, 61 measures, and what three papers say of them."""
    told = read("resultcontract-2021")
    house = Organisation.objects.get(slug=HOUSE)
    contract = Contract.objects.create(
        council=council,
        house=house,
        key=told["key"],
        year=told["year"],
        title=told["title"],
        parties=" og ".join(told["parties"]),
        framework=told["framework"],
        state=ContractState.REPORTED,
    )
    kinds = {
        row["key"]: GoalKind.objects.create(contract=contract, position=place, **row)
        for place, row in enumerate(told["kinds"], 1)
    }
    goals = {
        row["number"]: _goal(contract, kinds[row["level"]], row)
        for row in told["goals"]
    }
    for row in told["goals"]:
        if "follows" in row:
            goal = goals[row["number"]]
            goal.follows = goals[row["follows"]]
            goal.save(update_fields=["follows"])
    Paper.objects.bulk_create(
        Paper(
            contract=contract,
            key=row["key"],
            name=row["name"],
            note=row["note"],
            dated=_day(row.get("dated")),
            covers_until=_day(row.get("covers_until")),
        )
        for row in told["papers"]
    )
    Claim.objects.bulk_create(_claim(contract, row) for row in told["claims"])
    _same(contract, told["same"])
    for row in told["local_agreements"]:
        _agreement(house, row)
    _answers(contract)
    return contract


def _answers(contract: Contract) -> None:
    """Answer two of what does not agree; the rest waits."""
    found = {
        each.finding.key: each.finding
        for each in findings_of(contract_rows(contract, ANSWERED.date()))
    }
    ContradictionAnswer.objects.bulk_create(
        ContradictionAnswer(
            contract=contract,
            finding=key,
            text=text,
            sides=sides_of(found[key]),
            changed_at=ANSWERED,
            changed_by=ENTERED_BY,
        )
        for key, text in ANSWERS.items()
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _goal(contract: Contract, kind: GoalKind, row: Any) -> Goal:
    plain = ("key", "number", "title", "purpose", "method", "reported")
    goal = Goal.objects.create(
        contract=contract,
        kind=kind,
        is_method_inferred=row["method_is_inferred"],
        method_year=row.get("method_year"),
        reported_as=row["reported_as"],
        reported_note=row["reported_note"],
        is_implied=row.get("is_implied", False),
        requirement=row.get("requirement", ""),
        report=row.get("report", ""),
        **{name: row[name] for name in plain},
    )
    ReportingLine.objects.bulk_create(
        ReportingLine(goal=goal, position=place, **line)
        for place, line in enumerate(row["lines"], 1)
    )
    Remark.objects.bulk_create(
        Remark(goal=goal, position=place, text=text)
        for place, text in enumerate(row.get("remarks", ()), 1)
    )
    Evidence.objects.bulk_create(
        Evidence(goal=goal, **each) for each in row.get("evidence", ())
    )
    for place, each in enumerate(row["measures"], 1):
        _measure(goal, place, each)
    return goal


_PLAIN: Final = ("label", "name", "kind", "unit", "segment", "phrase")
_OPTIONAL: Final = (
    "remark",
    "note",
    "rank",
    "population",
    "question",
    "measured_by",
    "blocked_by",
)


def _measure(goal: Goal, place: int, row: Any) -> None:
    due = row["due"]
    measure = Measure.objects.create(
        goal=goal,
        key=f"maalepunkt-{row['label'].replace('.', '-').lower()}",
        position=place,
        due_name=due["name"],
        due_on=_day(due["end"]),
        due_is_year=due["is_year"],
        counts=row.get("counts", True),
        is_asked_for=row.get("is_asked_for", True),
        data_source=row["source"],
        **{name: row[name] for name in _PLAIN},
        **{name: row.get(name, "") for name in _OPTIONAL},
    )
    _target(measure, row)
    _results(measure, row)
    _around(measure, row)


def _target(measure: Measure, row: Any) -> None:
    if "target" not in row:
        return
    told = row["target"]
    low, high = Decimal(told["low"]), Decimal(told["high"])
    baseline = row.get("baseline") or {}
    rule = row.get("target_rule", "")
    TargetRevision.objects.create(
        measure=measure,
        operator=told["operator"],
        low=low,
        high=high,
        printed=told["low"].replace(".", ",") if "." in told["low"] else "",
        wording=rule,
        rule=_rule(rule),
        baseline=Decimal(baseline["value"]) if baseline else None,
        baseline_of=baseline.get("period", ""),
        added=_added(rule),
        decided_by=DECIDED if measure.goal.kind.key == "national" else AGREED,
    )


def _rule(text: str) -> TargetRule:
    """Read "+5 procentpoint …" and "+5 pct. …"."""
    if not text.startswith("+"):
        return TargetRule.FIXED
    return TargetRule.POINTS if "procentpoint" in text else TargetRule.GROWTH


def _added(text: str) -> Decimal | None:
    return Decimal(text[1:].split(maxsplit=1)[0]) if text.startswith("+") else None


def _results(measure: Measure, row: Any) -> None:
    approver = User.objects.get(email=APPROVED_BY)
    for own in (*_before(row), *_baseline(row), *_result(row)):
        Measurement.objects.create(
            measure=measure,
            state=MeasurementState.APPROVED,
            entered_at=ENTERED,
            entered_by=ENTERED_BY,
            submitted_at=ENTERED,
            approved_at=APPROVED,
            approved_by=approver,
            source=row["source"],
            shown_before=SHOWN,
            **own,
        )
    if "verdict" in row:
        Verdict.objects.create(
            measure=measure,
            given_on=JUDGED,
            decided_by="Sekretariatschefen",
            **_verdict(row),
        )


def _before(row: Any) -> list[dict[str, Any]]:
    """Give what was asked in another way before, and whose number nobody tells."""
    return [
        {
            "period_name": each["period"],
            "period_end": _day(each["end"]),
            "period_is_year": each["is_year"],
            "missing": Missing(each["missing"]),
            "definition_text": each["definition_text"],
        }
        for each in row.get("before", ())
    ]


def _result(row: Any) -> list[dict[str, Any]]:
    """Give the result of the contract's own year; what is only told is no number."""
    due = row["due"]
    told = {
        "period_name": due["name"],
        "period_end": _day(due["end"]),
        "period_is_year": due["is_year"],
        "definition": 2 if row.get("before") else 1,
        "definition_text": row.get("definition_text", ""),
        "told": row.get("told", ""),
        "is_proxy": row.get("is_proxy", False),
    }
    if "result" in row:
        value = Decimal(row["result"])
        return [{**told, "low": value, "high": value,
                 "qualifier": row.get("qualifier", "")}]  # fmt: skip
    if "told" in row:
        return [{**told, "missing": Missing.OTHERWISE_MEASURED}]
    return []


_ENDS: Final = {
    "september 2020": ("2020-09-30", False),
    "2020": ("2020-12-31", True),
    "2019": ("2019-12-31", True),
}


def _baseline(row: Any) -> list[dict[str, Any]]:
    """Give what was measured before the contract; an earlier target is no result."""
    told = row.get("baseline")
    if not told or told["period"] not in _ENDS:
        return []
    end, is_year = _ENDS[told["period"]]
    value = Decimal(told["value"])
    return [
        {
            "low": value,
            "high": value,
            "period_name": told["period"],
            "period_end": _day(end),
            "period_is_year": is_year,
            "is_derived": "derived" in told,
            "derived_from": told.get("derived", ""),
        }
    ]


def _verdict(row: Any) -> dict[str, Any]:
    word, told = row["verdict"], row.get("told") or row.get("note", "")
    if word == "under_way":
        return {"status": Status.PENDING, "reason": told or "I gang.",
                "is_under_way": True}  # fmt: skip
    if word == "not_assessable":
        return {"status": Status.UNDECIDED, "reason": told, "is_assessable": False}
    return {"status": Status(word), "reason": told}


def _around(measure: Measure, row: Any) -> None:
    Benchmark.objects.bulk_create(
        Benchmark(
            measure=measure,
            name=each["name"],
            value=Decimal(each["value"]),
            period_name=each.get("period", ""),
            is_derived=each.get("is_derived", False),
            note=each.get("note", ""),
        )
        for each in row.get("benchmarks", ())
    )
    Activity.objects.bulk_create(
        Activity(measure=measure, position=place, **each)
        for place, each in enumerate(row.get("activities", ()), 1)
    )
    SharedTotal.objects.bulk_create(
        SharedTotal(measure=measure, position=place, **each)
        for place, each in enumerate(row.get("totals", ()), 1)
    )
    for each in row.get("municipal", ()):
        MunicipalResult.objects.create(
            measure=measure,
            municipality=Municipality.objects.get(code=each["code"]),
            value=Decimal(each["value"]),
            qualifier=each["qualifier"],
            unit=each["unit"],
            period_name=each["period"],
            source=each["source"],
            note=each["note"],
        )


def _claim(contract: Contract, row: Any) -> Claim:
    def number(name: str) -> Decimal | None:
        return Decimal(row[name]) if name in row else None

    low = number("value")
    return Claim(
        contract=contract,
        key=row["key"],
        place=row["place"],
        quote=row["quote"],
        about=row["about"],
        but=row.get("but", []),
        subject=row.get("subject", ""),
        verdict=row.get("verdict", ""),
        unit=row.get("unit", ""),
        printed=row.get("printed", ""),
        low=low,
        high=number("high") or low,
        target=number("target"),
        change=number("change"),
        parts=row.get("parts", {}),
        day=_day(row.get("day")),
    )


def _same(contract: Contract, told: Any) -> None:
    for name, labels in told.items():
        rows = Measure.objects.filter(goal__contract=contract, label__in=labels)
        rows.update(same_as=name)


def _agreement(house: Organisation, row: Any) -> None:
    plain = ("key", "title", "period_name", "spent_name", "source", "told", "extended")
    agreement = LocalAgreement.objects.create(
        municipality=Municipality.objects.get(code=row["code"]),
        house=house,
        ends_on=_day(row["ends_on"]),
        amount=Decimal(row["amount"]),
        part_of_year=Decimal(row["part_of_year"]),
        evaluation=row["evaluation"],
        **{name: row[name] for name in plain},
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(
            agreement=agreement,
            position=place,
            name=line["name"],
            budget=Decimal(line["budget"]),
            spent=Decimal(line["spent"]),
            is_total=line.get("is_total", False),
        )
        for place, line in enumerate(row["lines"], 1)
    )
