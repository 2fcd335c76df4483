"""A contract as it stands, with all that its sheets show: one query.

Source: docs/rules.md R-147.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from accounts.models import Municipality, User
from core.bundle import bundle
from core.danish import sort_key
from resultcontracts.models import (
    Goal,
    GoalKind,
    Measure,
    Measurement,
    MunicipalResult,
    TargetRevision,
)
from resultcontracts.queries.contracts import contract_rows
from resultcontracts.standing.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from resultcontracts.models import Contract, Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A contract's goals by number, and what belongs to each, by its pk.

    Attributes:
        round: what a house is asked; None for the secretariat, which sees all.
        measurements: by measure; of each the newest of its corrections, the oldest first.
        roots: pk of a measurement → pk of the one that it corrects in the end.
        standings: what is worked out, where it was asked for: goal or measure → words.
    """

    contract: Contract
    round: Round | None
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]
    municipalities: tuple[Municipality, ...]
    targets: Mapping[int, tuple[TargetRevision, ...]]
    measurements: Mapping[int, tuple[Measurement, ...]]
    roots: Mapping[int, int]
    municipal: Mapping[int, tuple[MunicipalResult, ...]]
    standings: Mapping[str, str] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """How the keys of its rows begin."""
        return f"kontrakt:{self.contract.key}/"

    @property
    def alien(self) -> str:
        """What is said of a row that belongs elsewhere."""
        return "Rækken hører ikke til i denne kontrakt."

    def owns(self, key: str) -> bool:
        """Whether a row's key begins as those of the contract."""
        return key.startswith(self.prefix)

    def measure(self, text: str) -> Measure | None:
        """Give the measure that a typed text begins with the label of: "3.1 drift"."""
        label = text.partition(" ")[0]
        return next((row for row in self.measures if row.label == label), None)

    def refuses(self, column: str, text: str) -> str:
        """Say why a new row cannot be of what it names."""
        if column != "measure":
            return ""
        row = self.measure(text)
        if row is None:
            return f"Målepunktet ”{text[:40]}” findes ikke. Skriv nummeret, fx 3.1."
        return ""

    def refer(self, text: str) -> str:
        """Nothing refers to other rows here."""
        return text

    def written(self, text: str) -> str:
        """Nothing refers to other rows here."""
        return text


def load(contract: Contract, about: Round | None = None, *, only: int = 0) -> Loaded:
    """Load a contract. One query.

    Args:
        about: what a house is asked; the rest is left out.
        only: number of the one goal that is wanted; 0 for all.
    """
    of_measure = {"measure__goal__contract": contract}
    approved = Measurement.objects.filter(**of_measure).values("approved_by")
    goals, kinds, measures, targets, measurements, municipal, places, users = bundle(
        Goal.objects.filter(contract=contract).order_by("number", "pk"),
        GoalKind.objects.filter(contract=contract),
        Measure.objects.filter(goal__contract=contract).order_by("position", "pk"),
        TargetRevision.objects.filter(**of_measure).order_by("since", "pk"),
        Measurement.objects.filter(**of_measure).order_by("period_end", "pk"),
        MunicipalResult.objects.filter(**of_measure).order_by("period_name", "pk"),
        Municipality.objects.filter(council=contract.council_id),
        User.objects.filter(pk__in=approved),
    )
    _tie(contract, goals, kinds, measures)
    by_pk = {row.pk: row for row in measures}
    people = {row.pk: row for row in users}
    for row in measurements:
        row.approved_by = people.get(row.approved_by_id)
    for row in (*targets, *measurements, *municipal):
        row.measure = by_pk[row.measure_id]
    order = {goal.pk: at for at, goal in enumerate(goals)}
    wanted = [
        row
        for row in sorted(measures, key=lambda m: order[m.goal_id])
        if (about is None or about.asks(row.pk))
        and (not only or row.goal.number == only)
    ]
    if about is not None:
        measurements = _answers(measurements, about)
    roots = _roots(measurements)
    corrected = {row.corrects_id for row in measurements}
    return Loaded(
        contract=contract,
        round=about,
        goals=tuple(row for row in goals if not only or row.number == only),
        measures=tuple(wanted),
        municipalities=tuple(sorted(places, key=lambda m: sort_key(m.name))),
        targets=_of_measures(targets),
        measurements=_of_measures(m for m in measurements if m.pk not in corrected),
        roots=roots,
        municipal=_of_measures(municipal),
    )


def standings_of(contract: Contract) -> dict[str, str]:
    """Give the status and sentence of each goal, and the status of each measure.

    Two queries.
    """
    found: dict[str, str] = {}
    for goal in contract_rows(contract).goals:
        found[f"goal:{goal.number}"] = goal.standing.status.label
        found[f"sentence:{goal.number}"] = sentence(goal.standing)
        for each in goal.standing.measures:
            found[f"measure:{each.measure.label}"] = each.status.label
    return found


def _tie(contract: Contract, goals: Any, kinds: Any, measures: Any) -> None:
    names = {row.pk: row for row in kinds}
    by_pk = {row.pk: row for row in goals}
    for row in goals:
        row.contract, row.kind = contract, names[row.kind_id]
    for row in measures:
        row.goal = by_pk[row.goal_id]


def _answers(rows: Iterable[Measurement], about: Round) -> list[Measurement]:
    """Give the newest answer to each of a round's questions: the house's own numbers."""
    newest = {row.measure_id: row for row in sorted(rows, key=lambda r: r.pk)
              if row.asked_in_id == about.pk}  # fmt: skip
    return list(newest.values())


def _roots(rows: Iterable[Measurement]) -> dict[int, int]:
    above = {row.pk: row.corrects_id for row in rows}

    def root(pk: int) -> int:
        while (over := above.get(pk)) is not None and over in above:
            pk = over
        return pk

    return {pk: root(pk) for pk in above}


def _of_measures(rows: Iterable[Any]) -> dict[int, tuple[Any, ...]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.measure_id, []).append(row)
    return {pk: tuple(own) for pk, own in found.items()}
