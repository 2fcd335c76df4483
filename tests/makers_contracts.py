"""Makers of result contracts: one goal with one measure, its target and its result."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from accounts.models import Organisation
from core import clock
from resultcontracts.choices import (
    ContractState,
    MeasureKind,
    MeasurementState,
    Operator,
)
from resultcontracts.models import (
    Contract,
    Goal,
    GoalKind,
    LocalAgreement,
    Measure,
    Measurement,
    TargetRevision,
)

if TYPE_CHECKING:
    from accounts.models import Council, User

CONTRACT = "resultatkontrakt-2021"


def a_house() -> Organisation:
    """The house that reports."""
    found, _ = Organisation.objects.get_or_create(slug="hus", defaults={"name": "Hus"})
    return found


def a_contract(
    council: Council, *, key: str = CONTRACT, year: int = 2021, **more: Any
) -> Contract:
    """A contract in force, with one kind of goals and no goal."""
    given: dict[str, Any] = {
        "title": f"Resultatkontrakt {year}",
        "parties": "Hus og KKR",
        "house": a_house(),
        "state": ContractState.IN_FORCE,
        **more,
    }
    contract = Contract.objects.create(council=council, key=key, year=year, **given)
    GoalKind.objects.create(
        contract=contract, key="lokalt", name="lokalt", plural="lokale", position=1
    )
    return contract


def an_agreement(contract: Contract, **more: Any) -> LocalAgreement:
    """An agreement of the contract's house with the council's first municipality."""
    given: dict[str, Any] = {"title": "Lokal aftale", "period_name": "2021", **more}
    given.setdefault("municipality", contract.council.municipalities.first())
    return LocalAgreement.objects.create(
        house=contract.house, key="lokal-aftale", **given
    )


def a_goal(contract: Contract, number: int = 1, **more: Any) -> Goal:
    """A goal without measures."""
    given: dict[str, Any] = {"title": f"Det {number}. mål", **more}
    given.setdefault("kind", contract.kinds.first())
    return Goal.objects.create(
        contract=contract, key=f"goal-{number}", number=number, **given
    )


def a_measure(
    goal: Goal, place: int = 1, *, target: str | None = "80", **more: Any
) -> Measure:
    """A measure "1.1" in per cent for 2021, with the target it has, "80", or none."""
    given: dict[str, Any] = {
        "label": f"{goal.number}.{place}",
        "name": "Andel meget tilfredse",
        "kind": MeasureKind.SHARE,
        "unit": "pct.",
        "phrase": "{} pct. er meget tilfredse",
        "due_name": "2021",
        "due_on": date(2021, 12, 31),
        **more,
    }
    row = Measure.objects.create(
        goal=goal,
        key=f"maalepunkt-{goal.number}-{place}",
        position=place,
        **given,
    )
    if target is not None:
        TargetRevision.objects.create(
            measure=row,
            operator=Operator.AT_LEAST,
            low=Decimal(target),
            high=Decimal(target),
        )
    return row


def a_measurement(
    measure: Measure, value: str | None = "77", *, approver: User, **more: Any
) -> Measurement:
    """An approved result of 2021; other fields, and other states, as given."""
    low = Decimal(value) if value is not None else None
    given: dict[str, Any] = {
        "low": low,
        "high": low,
        "period_name": "2021",
        "period_end": date(2021, 12, 31),
        "state": MeasurementState.APPROVED,
        "entered_by": "Sekretariatet",
        **more,
    }
    if given["state"] == MeasurementState.APPROVED:
        given.setdefault("approved_by", approver)
        given.setdefault("approved_at", clock.now())
    return Measurement.objects.create(measure=measure, **given)
