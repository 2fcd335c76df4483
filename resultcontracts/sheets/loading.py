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
    BudgetLine,
    Goal,
    GoalKind,
    LocalAgreement,
    Measure,
    Measurement,
    MunicipalResult,
    TargetRevision,
)
from resultcontracts.queries.contracts import contract_rows
from resultcontracts.sheets.cells import called
from resultcontracts.standing.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from resultcontracts.models import Contract, Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A contract's goals by number, and what belongs to each, by its pk.

    Attributes:
        round: what a house is asked; None for the secretariat, which sees all.
        agreements: of the contract's house and council; ``posts``: their budgets, by
            agreement.
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
    agreements: tuple[LocalAgreement, ...]
    posts: Mapping[int, tuple[BudgetLine, ...]]
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

    def municipality(self, text: str) -> Municipality | None:
        """Give the municipality that is called so."""
        own = text.casefold()
        return next((m for m in self.municipalities if m.name.casefold() == own), None)

    def agreement(self, text: str) -> LocalAgreement | None:
        """Give the one agreement that is called so; None where none is, or several."""
        own = [row for row in self.agreements if called(row) == text]
        return own[0] if len(own) == 1 else None

    def refuses(self, column: str, text: str) -> str:
        """Say why a new row cannot be of what it names."""
        if column == "measure" and self.measure(text) is None:
            return f"Målepunktet ”{text[:40]}” findes ikke. Skriv nummeret, fx 3.1."
        if column == "municipality" and self.municipality(text) is None:
            return f"Kommunen ”{text[:40]}” er ikke med i rådet. Skriv navnet, fx Køge."
        if column == "agreement" and self.agreement(text) is None:
            return (
                f"Aftalen ”{text[:60]}” findes ikke. Skriv den, fx Køge: Lokal aftale."
            )
        return ""

    def refer(self, text: str) -> str:
        """Nothing refers to other rows here."""
        return text

    def written(self, text: str) -> str:
        """Nothing refers to other rows here."""
        return text


@dataclass(frozen=True, slots=True)
class _Read:
    """What the database has of a contract, list by list."""

    goals: list[Goal]
    kinds: list[GoalKind]
    measures: list[Measure]
    targets: list[TargetRevision]
    measurements: list[Measurement]
    municipal: list[MunicipalResult]
    places: list[Municipality]
    users: list[User]
    agreements: list[LocalAgreement]
    posts: list[BudgetLine]


def load(contract: Contract, about: Round | None = None, *, only: int = 0) -> Loaded:
    """Load a contract. One query.

    Args:
        about: what a house is asked; the rest is left out.
        only: number of the one goal that is wanted; 0 for all.
    """
    read = _read(contract)
    _tie(contract, read)
    rows = read.measurements if about is None else _answers(read.measurements, about)
    corrected = {row.corrects_id for row in rows}
    agreements = read.agreements if about is None and not only else []
    return Loaded(
        contract=contract,
        round=about,
        goals=tuple(row for row in read.goals if not only or row.number == only),
        measures=_wanted(read, about, only),
        municipalities=tuple(sorted(read.places, key=lambda m: sort_key(m.name))),
        targets=_of_measures(read.targets),
        measurements=_of_measures(m for m in rows if m.pk not in corrected),
        roots=_roots(rows),
        municipal=_of_measures(read.municipal),
        agreements=tuple(agreements),
        posts=_grouped(read.posts, "agreement_id"),
    )


def _read(contract: Contract) -> _Read:
    of_measure = {"measure__goal__contract": contract}
    approved = Measurement.objects.filter(**of_measure).values("approved_by")
    own = {
        "house": contract.house_id,
        "municipality__council": contract.council_id,
    }
    of_agreement = {f"agreement__{name}": value for name, value in own.items()}
    return _Read(
        *bundle(
            Goal.objects.filter(contract=contract).order_by("number", "pk"),
            GoalKind.objects.filter(contract=contract),
            Measure.objects.filter(goal__contract=contract).order_by("position", "pk"),
            TargetRevision.objects.filter(**of_measure).order_by("since", "pk"),
            Measurement.objects.filter(**of_measure).order_by("period_end", "pk"),
            MunicipalResult.objects.filter(**of_measure).order_by("period_name", "pk"),
            Municipality.objects.filter(council=contract.council_id),
            User.objects.filter(pk__in=approved),
            LocalAgreement.objects.filter(**own).order_by("municipality_id", "pk"),
            BudgetLine.objects.filter(**of_agreement).order_by("position", "pk"),
        )
    )


def _wanted(read: _Read, about: Round | None, only: int) -> tuple[Measure, ...]:
    """Give the measures that are told of, by goal."""
    order = {goal.pk: at for at, goal in enumerate(read.goals)}
    return tuple(
        row
        for row in sorted(read.measures, key=lambda m: order[m.goal_id])
        if (about is None or about.asks(row.pk))
        and (not only or row.goal.number == only)
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


def _tie(contract: Contract, read: _Read) -> None:
    """Give each row what it belongs to, which is read already."""
    kinds, goals = _by_pk(read.kinds), _by_pk(read.goals)
    measures = _by_pk(read.measures)
    people, places = _by_pk(read.users), _by_pk(read.places)
    agreements = _by_pk(read.agreements)
    for goal in read.goals:
        goal.contract, goal.kind = contract, kinds[goal.kind_id]
    for measure in read.measures:
        measure.goal = goals[measure.goal_id]
    for measurement in read.measurements:
        measurement.approved_by = people.get(measurement.approved_by_id)
    told: tuple[Any, ...] = (*read.targets, *read.measurements, *read.municipal)
    for row in told:
        row.measure = measures[row.measure_id]
    for agreement in read.agreements:
        agreement.municipality = places[agreement.municipality_id]
    for post in read.posts:
        post.agreement = agreements[post.agreement_id]


def _by_pk(rows: Iterable[Any]) -> dict[int | None, Any]:
    return {row.pk: row for row in rows}


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
    return _grouped(rows, "measure_id")


def _grouped(rows: Iterable[Any], by: str) -> dict[int, tuple[Any, ...]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, by), []).append(row)
    return {pk: tuple(own) for pk, own in found.items()}
