"""A year's request about study places, its scenarios, and a key of another council.

The letter, the published figures and the key's two tables are the sources'; what fills
the form is invented, and the round says so.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from accounts.models import Council, Municipality
from dimensioning.choices import RoundState
from dimensioning.models import (
    Cell,
    ComparedRow,
    Criterion,
    Dataset,
    DatasetValue,
    DistributionKey,
    FormRow,
    Institution,
    KeyComparison,
    PracticePeriod,
    Programme,
    Published,
    Receiver,
    Round,
    Scenario,
    Specialisation,
    Split,
)
from kkr.fixture_data import read

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_FIGURES: Final[Mapping[str, Any]] = {"key": [None] * 3, "places": [None] * 3}
SPLIT_SOURCE = "KKR Sjælland, nyhed om optaget 2019/2020"


def load_round(council: Council) -> Round:
    """Load the council's round of 2023/2024 with its form and three scenarios."""
    told = read("dimensioning")
    programme = _programme(council, told["programme"])
    dataset = _population(council, told["population"])
    keys = _keys(programme, told["keys"], {dataset.key: dataset})
    round_ = _round(programme, told["round"], told["example"]["note"])
    _form(round_, told["example"]["form"])
    for row in told["example"]["scenarios"]:
        _scenario(round_, row, keys["befolkning-2022"])
    return round_


def load_comparison(council: Council) -> KeyComparison:
    """Load the two tables in which the council's new key stands beside its old one."""
    told, printed = read("distribution-key-2023"), read("practice-key-hovedstaden")
    programme = Programme.objects.create(council=council, **told["programme"])
    places = {place.name: place for place in Municipality.objects.all()}
    datasets = {
        row["key"]: _counted(council, row, printed, places) for row in told["datasets"]
    }
    keys = _keys(programme, told["keys"], datasets)
    return _comparison(told["comparison"], printed, keys, places)


def _programme(council: Council, told: dict[str, Any]) -> Programme:
    """Give the education, with what it is divided into and what was published of it."""
    programme = Programme.objects.create(
        council=council,
        **{name: told[name] for name in ("key", "name", "education")},
    )
    councils = {each.slug: each for each in Council.objects.all()}
    specialisations = {
        row["key"]: Specialisation.objects.create(
            programme=programme, position=place, **row
        )
        for place, row in enumerate(told["specialisations"], 1)
    }
    institutions = {
        row["key"]: Institution.objects.create(
            programme=programme,
            position=place,
            key=row["key"],
            name=row["name"],
            answered_by=councils.get(row["answered_by"]),
        )
        for place, row in enumerate(told["institutions"], 1)
    }
    PracticePeriod.objects.bulk_create(
        PracticePeriod(programme=programme, position=place, **row)
        for place, row in enumerate(told["periods"], 1)
    )
    Published.objects.bulk_create(
        Published(
            programme=programme,
            council=councils.get(row.get("council")),
            institution=institutions.get(row.get("institution")),
            specialisation=specialisations.get(row.get("specialisation")),
            study_year=row["study_year"],
            places=row["places"],
            is_derived=row.get("is_derived", False),
            source=row["source"],
        )
        for row in told["published"]
    )
    return programme


def _population(council: Council, told: Mapping[str, Any]) -> Dataset:
    """Give the inhabitants of the council's municipalities, as the register has them."""
    dataset = Dataset.objects.create(
        council=council,
        **{**told, "counted_on": date.fromisoformat(told["counted_on"])},
    )
    DatasetValue.objects.bulk_create(
        DatasetValue(dataset=dataset, municipality=place, value=place.population)
        for place in Municipality.objects.filter(council=council)
    )
    return dataset


def _keys(
    programme: Programme,
    told: list[dict[str, Any]],
    datasets: Mapping[str, Dataset],
) -> dict[str, DistributionKey]:
    """Give the keys by their key, each with its criteria."""
    made: dict[str, DistributionKey] = {}
    for row in told:
        criteria = row.pop("criteria", [])
        replaced = made.get(row.pop("replaces", ""))
        key = DistributionKey.objects.create(
            programme=programme, replaces=replaced, **row
        )
        made[key.key] = key
        Criterion.objects.bulk_create(
            Criterion(
                distribution=key,
                position=place,
                name=each["name"],
                weight=Decimal(each["weight"]),
                dataset=datasets[each["dataset"]],
            )
            for place, each in enumerate(criteria, 1)
        )
    return made


def _round(programme: Programme, told: dict[str, Any], note: str) -> Round:
    splits = told.pop("splits")
    for name in ("letter_date", "deadline"):
        told[name] = date.fromisoformat(told[name])
    for name in ("summer_percent", "overbooking_percent"):
        told[name] = Decimal(told[name])
    round_ = Round.objects.create(
        programme=programme, note=note, state=RoundState.OFFERS_IN, **told
    )
    Split.objects.bulk_create(
        Split(
            round=round_,
            specialisation=each,
            percent=Decimal(splits[each.key]),
            source=SPLIT_SOURCE,
        )
        for each in programme.specialisations.all()
    )
    return round_


def _form(round_: Round, told: list[dict[str, Any]]) -> None:
    institutions = {each.key: each for each in round_.programme.institutions.all()}
    specialisations = list(round_.programme.specialisations.all())
    for row in told:
        line = FormRow.objects.create(
            round=round_,
            institution=institutions[row["institution"]],
            target=row["target"],
        )
        Cell.objects.bulk_create(
            Cell(row=line, specialisation=each, places=row["cells"][each.key])
            for each in specialisations
        )


def _scenario(round_: Round, told: dict[str, Any], key: DistributionKey) -> None:
    shares = told.pop("shares", {})
    scenario = Scenario.objects.create(
        round=round_, distribution=None if shares else key, is_shown=True, **told
    )
    Receiver.objects.bulk_create(
        Receiver(scenario=scenario, key=f"specialisation:{name}", share=Decimal(share))
        for name, share in shares.items()
    )


def _counted(
    council: Council,
    told: dict[str, Any],
    printed: Mapping[str, Any],
    places: Mapping[str, Municipality],
) -> Dataset:
    """Give the population that reproduces the new key, of those that it is known of."""
    dataset = Dataset.objects.create(
        council=council,
        total=printed["derived"]["population_total_2023"],
        **{**told, "counted_on": date.fromisoformat(told["counted_on"])},
    )
    DatasetValue.objects.bulk_create(
        DatasetValue(
            dataset=dataset,
            municipality=places[row["name"]],
            value=row["population_2023"],
        )
        for row in printed["rows"]
        if "population_2023" in row
    )
    return dataset


def _comparison(
    told: dict[str, Any],
    printed: Mapping[str, Any],
    keys: Mapping[str, DistributionKey],
    places: Mapping[str, Municipality],
) -> KeyComparison:
    left_out = told.pop("left_out")
    for name in ("old", "new", "recomputed"):
        told[name] = keys[told[name]]
    told["total"] = Decimal(told["total"])
    comparison = KeyComparison.objects.create(**told)
    rows = [
        *((places[row["name"]], "", row) for row in printed["rows"]),
        *((places[name], why, NO_FIGURES) for name, why in left_out.items()),
        (None, "", printed["printed_totals"]),
    ]
    ComparedRow.objects.bulk_create(
        ComparedRow(
            comparison=comparison,
            position=position,
            municipality=place,
            missing=why,
            **_figures(row),
        )
        for position, (place, why, row) in enumerate(rows, 1)
    )
    return comparison


def _figures(row: Mapping[str, Any]) -> dict[str, Decimal | None]:
    """Give what a row prints: shares and places of the old and the new key, and between."""
    return {
        f"{part}_{name}": None if figure is None else Decimal(figure)
        for part, figures in (("share", row["key"]), ("places", row["places"]))
        for name, figure in zip(("old", "new", "difference"), figures, strict=True)
    }
