"""What a contract says of one municipality: its results, totals to share, its agreement.

Source: docs/rules.md R-122.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from accounts.models import Municipality
from core.bundle import bundle
from resultcontracts.choices import Qualifier
from resultcontracts.models import (
    BudgetLine,
    Goal,
    LocalAgreement,
    Measure,
    MunicipalResult,
    SharedTotal,
)
from resultcontracts.standing.numbers import Reading
from resultcontracts.standing.yardsticks import Yardstick, yardsticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resultcontracts.models import Contract


@dataclass(frozen=True, slots=True)
class Shared:
    """A measure of which a municipality has a part.

    Attributes:
        told: its result there; None where nobody told it.
        yardsticks: its part of each total that can be meant.
    """

    measure: Measure
    told: MunicipalResult | None
    reading: Reading | None
    yardsticks: tuple[Yardstick, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A municipality's own agreement with the house, and its budget."""

    row: LocalAgreement
    lines: tuple[BudgetLine, ...]


@dataclass(frozen=True, slots=True)
class OfMunicipality:
    """All of it.

    Attributes:
        share: of the council's people, exact.
    """

    place: Municipality
    share: Fraction
    shared: tuple[Shared, ...]
    agreements: tuple[Agreement, ...]


def of_municipality(contract: Contract, code: int) -> OfMunicipality:
    """Read it: one query.

    Raises:
        LookupError: the contract's council has no such municipality.
    """
    places, goals, measures, totals, results, agreements, lines = _asked(contract, code)
    place = next((each for each in places if each.code == code), None)
    if place is None:
        raise LookupError(code)
    every = sum(each.population for each in places)
    of_goal = {goal.pk: goal for goal in goals}
    shared = []
    for measure in measures:
        measure.goal = of_goal[measure.goal_id]
        own = [each for each in totals if each.measure_id == measure.pk]
        told = next((row for row in results if row.measure_id == measure.pk), None)
        shared.append(_shared(measure, own, told, place, every))
    return OfMunicipality(
        place,
        Fraction(place.population, every) if every else Fraction(0),
        tuple(shared),
        tuple(
            Agreement(row, tuple(each for each in lines if each.agreement_id == row.pk))
            for row in agreements
        ),
    )


def _asked(contract: Contract, code: int) -> tuple[list[Any], ...]:
    own = {"municipality__code": code}
    has_totals = Exists(SharedTotal.objects.filter(measure=OuterRef("pk")))
    agreements = LocalAgreement.objects.filter(**own, house=contract.house_id)
    return bundle(
        Municipality.objects.filter(council=contract.council_id),
        Goal.objects.filter(contract=contract),
        Measure.objects.filter(has_totals, goal__contract=contract).order_by(
            "goal__number", "position", "pk"
        ),
        SharedTotal.objects.filter(measure__goal__contract=contract).order_by(
            "position", "pk"
        ),
        MunicipalResult.objects.filter(
            **own, measure__goal__contract=contract
        ).order_by("-pk"),
        agreements,
        BudgetLine.objects.filter(agreement__in=agreements),
    )


def _shared(
    measure: Measure,
    totals: Sequence[SharedTotal],
    told: MunicipalResult | None,
    place: Municipality,
    every: int,
) -> Shared:
    named = [(total.name, total.total) for total in totals]
    found = yardsticks(named, place.population, every) if place.population else ()
    sources = tuple(total.source for total in totals)
    return Shared(measure, told, _reading(told), found, sources)


def _reading(told: MunicipalResult | None) -> Reading | None:
    if told is None:
        return None
    return Reading.of(told.value, told.unit, Qualifier(told.qualifier))
