"""By what the municipalities of a council share: a key's criteria, in exact numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from accounts.models import Municipality
from core import formats
from dimensioning.models import Criterion, DatasetValue
from dimensioning.shares import keys as reckoned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from accounts.models import Council

PREFIX: Final = "municipality"


def place_key(code: int) -> str:
    """Give what a municipality is called in the arithmetic and in documents."""
    return f"{PREFIX}:{code}"


@dataclass(frozen=True, slots=True)
class Counted:
    """One criterion of a key, and its figure of each of the council's municipalities.

    ``amounts`` has none where the figure is missing; that is not 0.
    """

    name: str
    weight: Fraction
    dataset: str
    unit: str
    counted_on: date | None
    counted_for: str
    source: str
    amounts: Mapping[str, Fraction | None]

    @property
    def when(self) -> str:
        """The day or the time its figures hold for, in words."""
        if self.counted_on:
            return f"pr. {formats.long_date(self.counted_on)}"
        return self.counted_for

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of those whose figure is not known."""
        return tuple(key for key, amount in self.amounts.items() if amount is None)


@dataclass(frozen=True, slots=True)
class Weights:
    """What a key rests on, and what everybody is called.

    ``names`` are the council's municipalities, in Danish order, by key.
    """

    names: Mapping[str, str]
    criteria: tuple[Counted, ...]

    @property
    def unit(self) -> str:
        """What is counted, where the key is one plain count: "indbyggere"."""
        plain = self.plain
        return plain.unit if plain else ""

    @property
    def plain(self) -> Counted | None:
        """The only criterion that weighs anything, if there is only one."""
        those = [one for one in self.criteria if one.weight]
        return those[0] if len(those) == 1 else None

    @property
    def refusal(self) -> str:
        """Why nothing can be shared by it, in a sentence; empty if it can."""
        for one in self.criteria:
            if one.weight and one.missing:
                names = formats.listed([self.names[key] for key in one.missing])
                return f"{one.dataset}: tallet mangler for {names}. Det er ikke 0. Skriv tallet, eller vælg en anden nøgle."
        return "" if any(one.weight for one in self.criteria) else NO_CRITERIA

    @property
    def by_key(self) -> Mapping[str, Fraction]:
        """What each municipality weighs.

        One plain count is left as it is, so that a reader meets the inhabitants
        themselves; the parts are the same.

        Raises:
            SharesError: a figure is missing, or all are 0; see ``refusal``.
        """
        if self.plain and not self.refusal:
            return {
                key: value or Fraction(0) for key, value in self.plain.amounts.items()
            }
        return reckoned.key_shares(
            reckoned.Criterion(one.name, one.weight, one.amounts)
            for one in self.criteria
            if one.weight
        )


NO_CRITERIA: Final = "Nøglen har ingen kriterier med vægt, så den kan ikke dele noget."


def weights_of(keys: Iterable[int], council: Council) -> dict[int, Weights]:
    """Give what each key rests on, by its id: two questions, however many keys.

    Source: docs/rules.md R-159.
    """
    places = Municipality.objects.filter(council=council).order_by("sort_key")
    names = {place_key(place.code): place.name for place in places}
    found: dict[int, list[Counted]] = {key: [] for key in keys}
    for row in _criteria(found, council):
        found[row.distribution_id].append(_counted(row, names))
    return {key: Weights(names, tuple(those)) for key, those in found.items()}


def _criteria(keys: Iterable[int], council: Council) -> Iterable[Any]:
    """Ask for the keys' criteria, each with the figures of the council's municipalities."""
    figures = DatasetValue.objects.filter(
        dataset=OuterRef("dataset"), municipality__council=council
    ).values(
        told=JSONObject(code="municipality__code", value=Cast("value", TextField()))
    )
    return (
        Criterion.objects.filter(distribution__in=list(keys))
        .select_related("dataset")
        .annotate(figures=ArraySubquery(figures))
        .order_by("distribution_id", "position")
    )


def _counted(row: Any, names: Mapping[str, str]) -> Counted:
    known = {place_key(each["code"]): Fraction(each["value"]) for each in row.figures}
    dataset = row.dataset
    return Counted(
        name=row.name,
        weight=Fraction(row.weight),
        dataset=dataset.name,
        unit=dataset.unit,
        counted_on=dataset.counted_on,
        counted_for=dataset.counted_for,
        source=dataset.source,
        amounts={key: known.get(key) for key in names},
    )
