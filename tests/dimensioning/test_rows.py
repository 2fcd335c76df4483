"""The rows of dimensioning, loaded from the facts, and what the database refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, Sum

from accounts.models import Council, Membership
from core import clock
from dimensioning.choices import RoundState
from dimensioning.models import (
    Adjustment,
    Cell,
    DatasetValue,
    DistributionKey,
    KeyComparison,
    Offer,
    OfferCall,
    Programme,
    Round,
    Scenario,
    TieDecision,
)
from kkr.demo.dimensioning import load_comparison, load_round
from kkr.demo.people import load_people
from kkr.register import load_register

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(kept: None) -> Round:
    """The round of 2023/2024 as the demo has it, and another council's keys."""
    load_register()
    load_people()
    load_comparison(Council.objects.get(slug="hovedstaden"))
    return load_round(Council.objects.get(slug="sjaelland"))


def seat(name: str) -> Membership:
    return Membership.objects.get(user__email=f"{name}@kkr.example")


def test_a_round_has_the_letters_and_the_published_figures(loaded: Round) -> None:
    assert (loaded.reference, loaded.letter_date) == ("38475", date(2023, 1, 10))
    assert (loaded.deadline - loaded.letter_date).days == 31
    shares = {s.specialisation.key: s.percent for s in loaded.splits.all()}
    assert shares == {"dagtilbud": 39, "skole-fritid": 24, "social-special": 37}
    published = loaded.programme.published.exclude(institution=None)
    printed = {
        (row["institution__key"], row["study_year"]): row["places__sum"]
        for row in published.filter(~Q(specialisation=None))
        .values("institution__key", "study_year")
        .annotate(Sum("places"))
    }
    totals = {
        (row.institution.key, row.study_year): row.places
        for row in published.filter(specialisation=None).select_related("institution")
        if row.institution is not None
    }
    assert totals.items() >= printed.items()
    assert totals["uc-syd", "2018/2019"] + totals["ucl", "2018/2019"] == 1_110
    of_council = loaded.programme.published.get(institution=None)
    assert (of_council.places, str(of_council.council)) == (1_100, "KKR Syddanmark")


def test_the_form_has_eighteen_cells_and_one_of_them_is_empty(loaded: Round) -> None:
    counted = Cell.objects.filter(row__round=loaded).aggregate(
        all=Count("pk"), filled=Count("places"), sum=Sum("places")
    )
    assert counted == {"all": 18, "filled": 17, "sum": 3_931}
    assert loaded.rows.aggregate(Sum("target"))["target__sum"] == 4_053


def test_the_key_counts_the_population_of_the_municipalities(loaded: Round) -> None:
    key = DistributionKey.objects.get(programme=loaded.programme)
    values = DatasetValue.objects.filter(dataset=key.criteria.get().dataset)
    assert values.count() == 17
    assert values.aggregate(Sum("value"))["value__sum"] == 843_513


def test_a_printed_comparison_is_kept_as_it_is_printed(loaded: Round) -> None:
    comparison = KeyComparison.objects.get()
    rows = comparison.rows.exclude(municipality=None).filter(missing="")
    sums = rows.aggregate(
        *(Sum(name) for name in ("share_old", "share_new", "share_difference")),
        *(Sum(name) for name in ("places_old", "places_new", "places_difference")),
    )
    assert rows.count() == 28
    assert [sums[f"{name}__sum"] for name in ("share_old", "share_new")] == [
        Decimal("99.99")
    ] * 2
    assert sums["share_difference__sum"] == Decimal("-0.02")
    assert sums["places_old__sum"] == sums["places_new__sum"] == Decimal("1056.9")
    assert sums["places_difference__sum"] == 3
    total = comparison.rows.get(municipality=None)
    assert total.places_old == total.places_new == Decimal(1_057)
    assert total.share_old == total.share_new == Decimal(100)
    assert total.share_difference is None
    assert [str(row) for row in comparison.rows.exclude(missing="")] == [
        "Bornholm Kommune"
    ]
    derived = comparison.recomputed
    assert derived is not None
    assert derived.is_derived
    dataset = derived.criteria.get().dataset
    assert (dataset.values.count(), dataset.total) == (18, Decimal(1_852_269))


def _sees(name: str) -> dict[str, int]:
    return {
        model.__name__: model.objects.visible_to(seat(name)).count()
        for model in (
            Programme,
            Round,
            DistributionKey,
            KeyComparison,
            Scenario,
            Offer,
        )
    }


def test_each_reads_the_rows_of_their_own_council_only(loaded: Round) -> None:
    scenario = loaded.scenarios.get(letter="C")
    scenario.is_shown = False
    scenario.save(update_fields=["is_shown"])
    place = seat("greve").municipality
    assert place is not None
    for each in loaded.programme.specialisations.all():
        loaded.offers.create(municipality=place, specialisation=each, places=0)
    own = {"Programme": 1, "Round": 1, "DistributionKey": 1, "KeyComparison": 0}
    assert _sees("sekretariat") == {**own, "Scenario": 3, "Offer": 3}
    assert _sees("greve") == {**own, "Scenario": 2, "Offer": 0}
    call = OfferCall.objects.create(round=loaded, due_on=date(2023, 1, 31))
    assert _sees("greve")["Offer"] == 0
    call.sent_at = clock.now()
    call.save(update_fields=["sent_at"])
    assert _sees("greve")["Offer"] == 3
    for nobody in ("medlem", "erhvervshus"):
        assert set(_sees(nobody).values()) == {0}
    elsewhere = {"Programme": 1, "Round": 0, "DistributionKey": 3, "KeyComparison": 1}
    assert _sees("hovedstaden") == {**elsewhere, "Scenario": 0, "Offer": 0}


def _decided(round_: Round, **more: Any) -> TieDecision:
    told = {
        "reason": "Færrest pladser i forvejen.",
        "decided_by": "KKR Sjælland",
        "winners": ["specialisation:dagtilbud"],
        "question": {"places": 1},
    }
    return TieDecision.objects.create(round=round_, **{**told, **more})


def _moved(round_: Round, **more: Any) -> Adjustment:
    told = {
        "places": 1,
        "gives": "municipality:265",
        "gives_had": 70,
        "gets": "municipality:269",
        "gets_had": 25,
        "reason": "Aftalt mellem kommunerne.",
        "decided_by": "KKR Sjælland",
    }
    scenario = round_.scenarios.get(letter="B")
    return Adjustment.objects.create(scenario=scenario, **{**told, **more})


REFUSED: dict[str, Callable[[Round], object]] = {
    "a second round for a study year": lambda r: Round.objects.create(
        programme=r.programme,
        study_year=r.study_year,
        letter_title="Brev",
        letter_date=r.letter_date,
        sender="Styrelsen",
        deadline=r.deadline,
    ),
    "a deadline before its letter": lambda r: Round.objects.filter(pk=r.pk).update(
        deadline=date(2023, 1, 9)
    ),
    "a decision without a scenario": lambda r: Round.objects.filter(pk=r.pk).update(
        state=RoundState.CHOSEN
    ),
    "more than all in summer": lambda r: Round.objects.filter(pk=r.pk).update(
        summer_percent=Decimal("100.01")
    ),
    "two of one cell": lambda r: Cell.objects.create(
        row=r.rows.all()[0], specialisation=r.splits.all()[0].specialisation
    ),
    "bounds that cross": lambda r: r.scenarios.filter(letter="B").update(minimum=71),
    "municipalities without a key": lambda r: r.scenarios.filter(letter="A").update(
        distribution=None
    ),
    "two of one published figure": lambda r: r.programme.published.create(
        institution=r.programme.institutions.get(key="ucl"),
        study_year="2018/2019",
        places=520,
        source="en anden",
    ),
    "a tie decided without a reason": lambda r: _decided(r, reason=""),
    "a tie decided by nobody": lambda r: _decided(r, decided_by=""),
    "a tie without a winner": lambda r: _decided(r, winners=[]),
    "an adjustment without a reason": lambda r: _moved(r, reason=""),
    "an adjustment from one to itself": lambda r: _moved(r, gets="municipality:265"),
    "an adjustment between nobody": lambda r: _moved(
        r, gives="", gives_had=None, gets="", gets_had=None
    ),
    "an adjustment against no figure": lambda r: _moved(r, gets_had=None),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(loaded: Round, what: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[what](loaded)


def test_what_it_does_not_refuse(loaded: Round) -> None:
    assert _decided(loaded).pk
    assert _moved(loaded).pk
    assert _moved(loaded, gives="", gives_had=None).pk


@pytest.mark.parametrize(
    ("field", "value"),
    [("total", 100_001), ("study_year", "2023"), ("summer_percent", Decimal(101))],
)
def test_a_round_with_a_slip_of_the_hand_is_told(
    loaded: Round, field: str, value: object
) -> None:
    setattr(loaded, field, value)
    with pytest.raises(ValidationError) as found:
        loaded.full_clean()
    setattr(loaded, field, getattr(type(loaded).objects.get(pk=loaded.pk), field))
    assert set(found.value.message_dict) == {field}
