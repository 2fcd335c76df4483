"""What a contract says of one municipality: its results, totals to share, its agreement.

Source: docs/rules.md R-122.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Sum

from accounts.models import Municipality
from resultcontracts.choices import Qualifier
from resultcontracts.models import (
    LocalAgreement,
    Measure,
    MunicipalResult,
    SharedTotal,
)
from resultcontracts.standing.numbers import Reading
from resultcontracts.standing.yardsticks import Yardstick, yardsticks

if TYPE_CHECKING:
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
class OfMunicipality:
    """All of it.

    Attributes:
        share: of the council's people, exact.
    """

    place: Municipality
    share: Fraction
    shared: tuple[Shared, ...]
    agreements: tuple[LocalAgreement, ...]


def of_municipality(contract: Contract, code: int) -> OfMunicipality:
    """Read it: six queries at most.

    Raises:
        LookupError: the contract's council has no such municipality.
    """
    places = Municipality.objects.filter(council=contract.council_id)
    place = places.filter(code=code).first()
    if place is None:
        raise LookupError(code)
    every = places.aggregate(all=Sum("population"))["all"]
    own: Any = MunicipalResult.objects.filter(municipality=place)
    measures = (
        Measure.objects.filter(goal__contract=contract, totals__isnull=False)
        .distinct()
        .select_related("goal")
        .prefetch_related(
            Prefetch("totals", SharedTotal.objects.order_by("position", "pk")),
            Prefetch("municipal_results", own.order_by("-pk"), to_attr="told_here"),
        )
        .order_by("goal__number", "position", "pk")
    )
    agreements = LocalAgreement.objects.filter(
        municipality=place, house=contract.house_id
    ).prefetch_related("lines")
    return OfMunicipality(
        place,
        Fraction(place.population, every) if every else Fraction(0),
        tuple(_shared(row, place, every) for row in measures),
        tuple(agreements),
    )


def _shared(row: Any, place: Municipality, every: int) -> Shared:
    totals = list(row.totals.all())
    told = next(iter(row.told_here), None)
    named = [(total.name, total.total) for total in totals]
    found = yardsticks(named, place.population, every) if place.population else ()
    sources = tuple(total.source for total in totals)
    return Shared(row, told, _reading(told), found, sources)


def _reading(told: MunicipalResult | None) -> Reading | None:
    if told is None:
        return None
    return Reading.of(told.value, told.unit, Qualifier(told.qualifier))
