"""What a contract's papers say of it, read from rows, and what does not agree.

Source: docs/rules.md R-119, R-120.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from resultcontracts.choices import Qualifier, Status
from resultcontracts.contradictions import values
from resultcontracts.contradictions.finding import contradictions
from resultcontracts.models import (
    Claim,
    Contract,
    ContradictionAnswer,
    HouseQuestion,
    Paper,
)
from resultcontracts.queries import rows
from resultcontracts.standing.numbers import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import QuerySet

    from resultcontracts.contradictions.values import Finding
    from resultcontracts.queries.contracts import ContractRows, GoalRow

METHOD, REPORTING = "metode", "afrapportering"


@dataclass(frozen=True, slots=True)
class AskedHouse:
    """A question to the house about a finding, and what the house answers.

    Attributes:
        house: its name.
        row: the stored question.
    """

    house: str
    row: HouseQuestion


@dataclass(frozen=True, slots=True)
class Answered:
    """A finding and what was answered to it.

    Attributes:
        answer: the stored answer; None without one.
        is_changed: a side reads otherwise than when it was answered.
        asked: what the house was asked about it, the oldest first.
    """

    finding: Finding
    answer: Any | None
    is_changed: bool = False
    asked: tuple[AskedHouse, ...] = ()

    @property
    def is_rejected(self) -> bool:
        """Somebody has said that it is none, and why."""
        return self.answer is not None and self.answer.is_rejected

    @property
    def is_open(self) -> bool:
        """Nobody has answered."""
        return self.answer is None or not self.answer.text

    @property
    def house_answers(self) -> tuple[AskedHouse, ...]:
        """What the house has answered."""
        return tuple(each for each in self.asked if not each.row.is_open)

    @property
    def asked_open(self) -> AskedHouse | None:
        """The last question, where the house has not answered it."""
        last = self.asked[-1] if self.asked else None
        return last if last is not None and last.row.is_open else None


def findings_of(contract: ContractRows, told: Any = None) -> tuple[Answered, ...]:
    """Give what does not agree in a contract, with the answers. One query, or none.

    Args:
        told: the contract read :func:`with_claims`, where that was done already.
    """
    told = told or with_claims(Contract.objects.all()).get(pk=contract.contract.pk)
    answers = {row.finding: row for row in map(_answer, told.json_answers)}
    asked: dict[str, list[AskedHouse]] = {}
    for row in told.json_asked:
        asked.setdefault(row["finding"], []).append(_asked(row))
    found = contradictions(_values(contract, told), contract.day)
    return tuple(
        _answered(each, answers.get(each.key), asked.get(each.key, ()))
        for each in found
    )


def sides_of(finding: Finding) -> list[list[str]]:
    """Give what the sides say, as it is kept with an answer."""
    return [[side.place, side.text] for side in finding.sides]


def _answered(
    finding: Finding, answer: Any | None, asked: Iterable[AskedHouse]
) -> Answered:
    is_changed = answer is not None and answer.sides != sides_of(finding)
    return Answered(finding, answer, is_changed, tuple(asked))


def with_claims(contracts: QuerySet[Contract]) -> Any:
    """Annotate contracts with what their papers say, and with the answers."""
    claims = Claim.objects.filter(contract=OuterRef("pk"))
    papers = Paper.objects.filter(contract=OuterRef("pk"))
    answers = ContradictionAnswer.objects.filter(contract=OuterRef("pk"))
    answer = JSONObject(**{name: name for name in _ANSWER})
    names = ("key", "place", "quote", "about", "but", "subject", "verdict", "unit",
             "printed", "parts", "day")  # fmt: skip
    told = rows.told(names, "low", "high", "target", "change")
    paper = JSONObject(name="name", dated="dated", covers_until="covers_until")
    return contracts.annotate(
        json_claims=ArraySubquery(claims.values(json=told)),
        json_papers=ArraySubquery(papers.values(json=paper)),
        json_answers=ArraySubquery(answers.values(json=answer)),
        json_asked=ArraySubquery(_questions()),
    )


_ANSWER: Final = ("pk", "version", "changed_at", "changed_by", "contract_id", "finding",
                  "text", "is_rejected", "sides")  # fmt: skip


_QUESTION: Final = ("pk", "version", "round_id", "finding", "whom", "title", "text",
                    "asked_at", "asked_by", "answer", "answered_at", "answered_by",
                    "answered_through")  # fmt: skip


def _questions() -> Any:
    rows = HouseQuestion.objects.filter(round__contract=OuterRef("pk")).order_by("pk")
    told = {name: name for name in _QUESTION}
    return rows.values(json=JSONObject(house="round__contract__house__name", **told))


def _asked(told: Mapping[str, Any]) -> AskedHouse:
    """Make the row of a question."""
    own = {name: told[name] for name in _QUESTION}
    for name in ("asked_at", "answered_at"):
        own[name] = rows.moment_of(told[name])
    return AskedHouse(told["house"], HouseQuestion(**own))


def _answer(told: Mapping[str, Any]) -> ContradictionAnswer:
    """Make the row of an answer."""
    at = rows.moment_of(told["changed_at"])
    return ContradictionAnswer(**{**told, "changed_at": at})


def _values(contract: ContractRows, told: Any) -> values.Contract:
    baselines = {
        each.label: base
        for goal in contract.goals
        for each in goal.measures
        if (base := _baseline(each.row)) is not None
    }
    return values.Contract(
        year=contract.contract.year,
        goals=tuple(map(_goal, contract.goals)),
        claims=tuple(map(_claim, told.json_claims)),
        papers=tuple(
            values.Paper(
                row["name"], rows.day_of(row["dated"]), rows.day_of(row["covers_until"])
            )
            for row in told.json_papers
        ),
        baselines=baselines,
        same=_same(contract),
    )


def _baseline(measure: Any) -> Fraction | None:
    first = next(iter(measure.json_targets), None)
    return rows.fraction_of(first["baseline"]) if first else None


def _same(contract: ContractRows) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for goal in contract.goals:
        for each in goal.measures:
            if each.row.same_as:
                found.setdefault(each.row.same_as, []).append(each.label)
    return {name: tuple(labels) for name, labels in found.items()}


def _goal(goal: GoalRow) -> values.Goal:
    return values.Goal(
        goal.number,
        goal.row.title,
        tuple(each.value for each in goal.measures),
        goal.row.method_year,
        tuple(_lacks(goal)),
    )


def _lacks(goal: GoalRow) -> Iterator[str]:
    """Name what the contract asks of the goal's kind and the goal has not."""
    row, kind = goal.row, goal.row.json_kind
    if kind["needs_method"] and (not row.method or row.is_method_inferred):
        yield METHOD
    if kind["needs_reporting"] and not row.has_lines:
        yield REPORTING


def _claim(row: Any) -> values.Claim:
    unit = row["unit"]
    return values.Claim(
        key=row["key"],
        place=row["place"],
        quote=row["quote"],
        about=tuple(row["about"]),
        but=tuple(row["but"]),
        subject=row["subject"],
        verdict=Status(row["verdict"]) if row["verdict"] else None,
        value=_value(row, unit),
        target=_number(row["target"], unit),
        change=rows.fraction_of(row["change"]),
        parts=_parts(row["parts"], row["quote"]),
        day=rows.day_of(row["day"]),
    )


def _parts(told: Mapping[str, str], quote: str) -> dict[str, Fraction]:
    """Give what a number is made of, in the order in which the text names it."""
    names = sorted(told, key=quote.find)
    return {name: Fraction(told[name]) for name in names}


def _value(row: Any, unit: str) -> Reading | None:
    low, high = rows.fraction_of(row["low"]), rows.fraction_of(row["high"])
    if low is None or high is None:
        return None
    return Reading(low, high, unit, Qualifier.NONE, row["printed"])


def _number(text: str | None, unit: str) -> Reading | None:
    value = rows.fraction_of(text)
    return Reading(value, value, unit) if value is not None else None
