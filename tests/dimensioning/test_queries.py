"""What the portal reckons of the loaded rows: the figures that readers see."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from accounts.models import Council
from dimensioning.choices import Method
from dimensioning.models import Adjustment, DatasetValue, Round, Scenario, TieDecision
from dimensioning.queries.filled import filled
from dimensioning.queries.runs import Run, asked, question, runs_of
from dimensioning.shares.form import EmptyCell, State, WrongCell, WrongLine
from kkr.demo.dimensioning import load_round
from kkr.register import load_register

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
A = {
    "Solrød": 21, "Stevns": 21, "Holbæk": 64, "Guldborgsund": 53, "Greve": 45, "Vordingborg": 40,
    "Ringsted": 31, "Lejre": 25, "Køge": 55, "Kalundborg": 43, "Lolland": 36, "Faxe": 33,
    "Odsherred": 29, "Sorø": 27, "Slagelse": 71, "Næstved": 74, "Roskilde": 79,
}  # fmt: skip
MOVED = {"Solrød": 4, "Stevns": 4, "Slagelse": -1, "Næstved": -4, "Roskilde": -9} | dict.fromkeys(
    ("Holbæk", "Guldborgsund", "Greve", "Vordingborg", "Ringsted", "Lejre"), 1
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded(kept: None) -> Round:
    """The round of 2023/2024 as the demo has it."""
    load_register()
    return load_round(Council.objects.get(slug="sjaelland"))


def reckoned(round_: Round) -> dict[str, Run]:
    fresh = Round.objects.select_related("programme__council").get(pk=round_.pk)
    those = asked(Scenario.objects.filter(round=fresh))
    return {run.scenario.letter: run for run in runs_of(fresh, those)}


def by_name(run: Run) -> dict[str, int]:
    assert run.result is not None
    return {run.terms.name(key): got for key, got in run.result.places.items()}


def test_the_scenarios_give_what_the_page_shows(
    loaded: Round, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        runs = reckoned(loaded)
    assert by_name(runs["A"]) == A
    assert by_name(runs["B"]) == {
        name: got + MOVED.get(name, 0) for name, got in A.items()
    }
    assert runs["A"].order[:2] == ("municipality:320", "municipality:253")
    assert runs["A"].terms.weight == "indbyggere"
    assert runs["A"].is_settled
    assert not runs["C"].is_settled


def test_twenty_scenarios_take_no_more_questions(
    loaded: Round, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = loaded.scenarios.get(letter="B")
    for number in range(17):
        Scenario.objects.create(
            round=loaded,
            letter=f"X{number:x}"[:2] if number < 16 else "Y",
            name="Befolkning",
            kind=first.kind,
            total=700 + number,
            distribution=first.distribution,
        )
    with django_assert_num_queries(5):
        runs = reckoned(loaded)
    assert len(runs) == 20
    results = [run.result for run in runs.values() if run.result is not None]
    assert {result.off for result in results} == {0}


def test_a_decision_settles_its_own_tie_and_no_other(loaded: Round) -> None:
    tie = reckoned(loaded)["C"].tie
    assert tie is not None
    assert tie.among == ("specialisation:dagtilbud", "specialisation:social-special")
    scenario = loaded.scenarios.get(letter="C")
    TieDecision.objects.create(
        round=loaded,
        scenario=scenario,
        question=question(tie),
        winners=["specialisation:social-special"],
        reason="Færrest ledige pladser på dagtilbud.",
        decided_by="Formandskabet",
    )
    run = reckoned(loaded)["C"]
    assert by_name(run) == {
        "Dagtilbudspædagogik": 292,
        "Skole- og fritidspædagogik": 180,
        "Social- og specialpædagogik": 278,
    }
    assert run.result is not None
    assert run.result.choice is not None
    assert run.result.choice.by == "Formandskabet"
    scenario.total = 850
    scenario.save(update_fields=["total"])
    run = reckoned(loaded)["C"]
    assert run.tie is not None
    assert [choice.by for choice in run.passed] == ["Formandskabet"]


def _moved(loaded: Round, had: int) -> None:
    Adjustment.objects.create(
        scenario=loaded.scenarios.get(letter="B"),
        places=1,
        gives="municipality:265",
        gives_had=70,
        gets="municipality:269",
        gets_had=had,
        reason="Aftalt mellem kommunerne.",
        decided_by="KKR Sjælland",
    )


def test_a_change_by_hand_moves_a_place_and_keeps_the_sum(loaded: Round) -> None:
    _moved(loaded, 25)
    run = reckoned(loaded)["B"]
    assert (by_name(run)["Solrød"], by_name(run)["Roskilde"]) == (26, 69)
    assert run.result is not None
    assert run.result.off == 0
    assert run.is_settled


def test_a_change_of_another_figure_is_not_made(loaded: Round) -> None:
    _moved(loaded, 24)
    run = reckoned(loaded)["B"]
    assert by_name(run)["Solrød"] == 25
    assert [refusal.now for refusal in run.not_made] == [25]
    assert not run.is_settled


def test_a_missing_figure_is_named_and_never_nought(loaded: Round) -> None:
    DatasetValue.objects.filter(municipality__name="Greve").delete()
    run = reckoned(loaded)["A"]
    assert run.outcome is None
    assert "tallet mangler for Greve" in run.refusal


def test_a_share_that_nobody_wrote_is_not_nought(loaded: Round) -> None:
    loaded.scenarios.get(letter="C").receivers.filter(
        key="specialisation:dagtilbud"
    ).update(share=None)
    assert reckoned(loaded)["C"].refusal.startswith("Skriv en andel ud for hver.")


def test_bounds_that_leave_no_answer_say_by_how_much(loaded: Round) -> None:
    loaded.scenarios.filter(letter="B").update(maximum=40)
    run = reckoned(loaded)["B"]
    assert run.outcome is None
    assert "747" in run.refusal
    assert "680" in run.refusal


def test_two_criteria_share_by_their_parts(loaded: Round) -> None:
    scenario = loaded.scenarios.get(letter="A")
    key = scenario.distribution
    assert key is not None
    dataset = key.criteria.get().dataset
    other = dataset.__class__.objects.create(
        council=dataset.council, key="boern", name="Børn", unit="børn"
    )
    for value in dataset.values.all():
        own = Decimal(1) if value.municipality.name == "Greve" else Decimal(0)
        other.values.create(municipality=value.municipality, value=own)
    key.criteria.create(position=2, name="Børn", weight=Decimal(1), dataset=other)
    run = reckoned(loaded)["A"]
    assert by_name(run)["Greve"] == 396
    assert run.terms.weight == "af nøglen"


def test_a_scenario_is_not_reckoned_by_another_method_than_it_says(
    loaded: Round,
) -> None:
    loaded.scenarios.filter(letter="A").update(method=Method.WEBSTER)
    run = reckoned(loaded)["A"]
    assert run.outcome is None
    assert "Sainte-Laguë (Webster)" in run.refusal
    assert not run.is_settled


def test_overbooking_is_written_down(loaded: Round) -> None:
    loaded.scenarios.filter(letter="A").update(overbooking_percent=5)
    run = reckoned(loaded)["A"]
    assert float(run.overbooking.exact) == pytest.approx(784.35)
    assert sum(by_name(run).values()) == run.overbooking.places == 784


def test_the_form_says_what_is_wrong_in_it(
    loaded: Round, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fresh = Round.objects.select_related("programme").get(pk=loaded.pk)
    with django_assert_num_queries(3):
        read = filled(fresh)
    form = read.form
    assert list(form.column_targets.values()) == [1_581, 973, 1_499]
    assert form.whole.value == 3_931
    assert (form.whole.filled, form.whole.of, form.whole.target) == (17, 18, 4_053)
    assert form.row("institution:absalon").state == State.AGREES
    wrong = [each for each in read.findings if isinstance(each, WrongCell)]
    assert [(each.cell, each.off, each.value) for each in wrong] == [
        (("institution:ucl", "specialisation:skole-fritid"), 27, 125)
    ]
    empty = [each for each in read.findings if isinstance(each, EmptyCell)]
    assert [(each.cell, each.for_both) for each in empty] == [
        (("institution:ucn", "specialisation:social-special"), 149)
    ]
    assert not [each for each in read.findings if isinstance(each, WrongLine)]
    sjaelland = loaded.programme.council_id
    assert read.own(sjaelland) == ("institution:absalon",)
    assert form.agrees(read.own(sjaelland))


def test_the_latest_published_figure_stands_beside(loaded: Round) -> None:
    read = filled(loaded)
    own = "institution:absalon"
    assert read.latest[own].places == 747
    assert read.latest[own].study_year == "2019/2020"
    cell = read.latest[own, "specialisation:dagtilbud"]
    assert (cell.places, cell.is_derived) == (291, True)
    assert not read.latest["institution:ucl", "specialisation:dagtilbud"].is_derived
    assert "institution:kp" not in read.latest


def test_a_decision_is_dated_by_the_danish_day(loaded: Round) -> None:
    tie = reckoned(loaded)["C"].tie
    assert tie is not None
    TieDecision.objects.create(
        round=loaded,
        scenario=loaded.scenarios.get(letter="C"),
        question=question(tie),
        winners=["specialisation:dagtilbud"],
        reason="Lodtrækning.",
        decided_by="KKR Sjælland",
        by_lot=True,
        decided_at=datetime(2023, 2, 8, 23, 30, tzinfo=UTC),
    )
    result = reckoned(loaded)["C"].result
    assert result is not None
    assert result.choice is not None
    assert result.choice.on == date(2023, 2, 9)
