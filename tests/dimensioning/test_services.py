"""What people do with a round: share, decide what stands equal, choose, decide, send."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Council, User
from core.errors import ConflictError, RuleViolationError
from dimensioning.choices import RoundState, ScenarioKind
from dimensioning.models import Adjustment, Cell, Round, Scenario
from dimensioning.queries.runs import question
from dimensioning.services import rounds, scenarios
from kkr.demo.dimensioning import load_round
from kkr.demo.people import load_people
from kkr.register import load_register

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
ON = date(2023, 2, 8)
SOLROED, ROSKILDE = "municipality:269", "municipality:265"
DAG, SOS = "specialisation:dagtilbud", "specialisation:social-special"


@pytest.fixture(scope="module")
def kept_round(kept: None) -> Round:
    """The round of 2023/2024 as the demo has it."""
    load_register()
    load_people()
    return load_round(Council.objects.get(slug="sjaelland"))


@pytest.fixture
def round_(kept_round: Round) -> Round:
    return Round.objects.select_related("programme").get(pk=kept_round.pk)


@pytest.fixture
def by(kept_round: Round) -> User:
    return User.objects.get(email="sekretariat@kkr.example")


def pk(round_: Round, letter: str) -> int:
    return round_.scenarios.get(letter=letter).pk


def places(pk: int) -> dict[str, int]:
    result = scenarios.run_of(Scenario.objects.get(pk=pk)).result
    assert result is not None
    return dict(result.places)


def moved(pk: int, by: User, **more: object) -> Adjustment:
    told = {
        "places": 1,
        "gives": ROSKILDE,
        "gives_had": 70,
        "gets": SOLROED,
        "gets_had": 25,
        "reason": "Aftalt mellem kommunerne.",
        "decided_by": "KKR Sjælland",
    }
    return scenarios.adjust(pk, by=by, **{**told, **more})


def test_a_scenario_takes_the_next_letter_and_the_letters_end(
    round_: Round, by: User
) -> None:
    first = round_.scenarios.get(letter="A")
    for expected in "DEFGHIJKLMNOPQRSTUVWXYZ":
        made = scenarios.create_scenario(
            round_.pk,
            name="En til",
            kind=ScenarioKind.MUNICIPALITIES,
            total=700,
            distribution=first.distribution,
            by=by,
        )
        assert made.letter == expected
    with pytest.raises(RuleViolationError, match="26 scenarier"):
        scenarios.create_scenario(
            round_.pk, name="For meget", kind="specialisation", total=1, by=by
        )


def test_two_who_edit_a_scenario_are_merged_or_asked(round_: Round, by: User) -> None:
    row = round_.scenarios.get(letter="B")
    scenarios.edit_scenario(row.pk, version=row.version, minimum=26, by=by)
    saved = scenarios.edit_scenario(row.pk, version=row.version, maximum=71, by=by)
    assert (saved.row.minimum, saved.row.maximum) == (26, 71)
    with pytest.raises(ConflictError):
        scenarios.edit_scenario(row.pk, version=row.version, minimum=27, by=by)
    with pytest.raises(ValidationError, match="større end det højeste"):
        scenarios.edit_scenario(row.pk, version=saved.row.version, minimum=72, by=by)


def test_a_receiver_may_have_bounds_of_its_own(round_: Round, by: User) -> None:
    row = pk(round_, "B")
    scenarios.share_out(row, {SOLROED: {"minimum": 30}}, by=by)
    assert places(row)[SOLROED] == 30
    assert sum(places(row).values()) == 747
    scenarios.share_out(row, {SOLROED: {"minimum": None}}, by=by)
    assert places(row)[SOLROED] == 25
    assert not Scenario.objects.get(pk=row).receivers.exists()


def test_a_tie_is_decided_for_a_reason_by_somebody_who_saw_it(
    round_: Round, by: User
) -> None:
    row = pk(round_, "C")
    tie = scenarios.run_of(Scenario.objects.get(pk=row)).tie
    assert tie is not None
    told = {"reason": "Mest brug for dem.", "decided_by": "Formandskabet", "by": by}
    refused: list[tuple[dict[str, object], str]] = [
        ({"seen": {}, "winners": [DAG]}, "ændret, siden du så det"),
        ({"winners": []}, "præcis 1"),
        ({"winners": [DAG, SOS]}, "præcis 1"),
        ({"winners": ["specialisation:skole-fritid"]}, "Kun de, der står lige"),
        ({"winners": [DAG], "reason": " "}, "Skriv, hvorfor"),
        ({"winners": [DAG], "decided_by": ""}, "Skriv, hvem"),
    ]
    for more, sentence in refused:
        given = {"seen": question(tie), **told, **more}
        with pytest.raises(RuleViolationError, match=sentence):
            scenarios.decide_tie(row, **given)  # type: ignore[arg-type]
    decision = scenarios.decide_tie(
        row,
        seen=question(tie),
        winners=[DAG],
        reason="Mest brug for dem.",
        decided_by="Formandskabet",
        by=by,
    )
    assert (places(row)[DAG], places(row)[SOS]) == (293, 277)
    with pytest.raises(RuleViolationError, match="Ingen står lige længere"):
        scenarios.decide_tie(
            row,
            seen=question(tie),
            winners=[SOS],
            reason="Igen.",
            decided_by="Formandskabet",
            by=by,
        )
    scenarios.retract(decision, by=by)
    assert scenarios.run_of(Scenario.objects.get(pk=row)).tie == tie


def test_places_are_moved_by_hand_against_the_figures_that_were_seen(
    round_: Round, by: User
) -> None:
    row = pk(round_, "B")
    moved(row, by)
    assert (places(row)[SOLROED], places(row)[ROSKILDE]) == (26, 69)
    with pytest.raises(RuleViolationError, match="Rettelsen af Solrød gjaldt 24"):
        moved(row, by, gets_had=24)
    with pytest.raises(RuleViolationError, match="Roskilde ville få færre end 0"):
        moved(row, by, places=70)
    with pytest.raises(ValidationError):
        moved(row, by, reason="")
    with pytest.raises(RuleViolationError, match="Nogen står lige"):
        moved(pk(round_, "C"), by, gives="", gives_had=None, gets=DAG, gets_had=292)
    assert Adjustment.objects.count() == 1
    scenarios.retract(Adjustment.objects.get(), by=by)
    assert places(row)[SOLROED] == 25


def test_a_change_by_hand_without_a_counterpart_changes_the_sum_and_is_seen(
    round_: Round, by: User
) -> None:
    row = pk(round_, "B")
    moved(row, by, gives="", gives_had=None)
    result = scenarios.run_of(Scenario.objects.get(pk=row)).result
    assert result is not None
    assert result.off == 1


def test_a_round_is_chosen_decided_and_sent_in_that_order(
    round_: Round, by: User
) -> None:
    too_early: list[tuple[Callable[[], object], str]] = [
        (lambda: rounds.decide(round_.pk, on=ON, by=by), "Vælg et scenarie"),
        (lambda: rounds.send(round_.pk, on=ON, by=by), "når et møde har besluttet"),
        (
            lambda: rounds.choose(round_.pk, pk(round_, "C"), by=by),
            "før alt i det er besluttet",
        ),
        (lambda: rounds.choose(round_.pk, 0, by=by), "en anden runde"),
    ]
    for step, sentence in too_early:
        with pytest.raises(RuleViolationError, match=sentence):
            step()
    row = pk(round_, "B")
    assert rounds.choose(round_.pk, row, by=by).state == RoundState.CHOSEN
    with pytest.raises(RuleViolationError, match="Vælg et andet"):
        scenarios.delete_scenario(row, version=2, by=by)
    decided = rounds.decide(round_.pk, on=ON, by=by).decided
    assert sum(each["places"] for each in decided["rows"]) == decided["total"] == 747
    assert decided["rows"][0] == {
        "key": "municipality:320",
        "name": "Faxe",
        "weight": "37161",
        "quota": str(decided["rows"][0]["quota"]),
        "places": 33,
    }
    for change in (
        lambda: moved(row, by),
        lambda: scenarios.edit_scenario(row, version=2, total=1, by=by),
        lambda: scenarios.delete_scenario(row, version=2, by=by),
    ):
        with pytest.raises(RuleViolationError, match="Mødet har besluttet"):
            change()
    with pytest.raises(RuleViolationError, match="Mødet har besluttet runden"):
        rounds.choose(round_.pk, pk(round_, "A"), by=by)
    assert rounds.send(round_.pk, on=ON, by=by).sent_by == str(by)
    states = [rounds.step_back(round_.pk, by=by).state for _ in range(4)]
    assert states == ["decided", "chosen", "offers_in", "requested"]
    with pytest.raises(RuleViolationError, match="intet at tage tilbage"):
        rounds.step_back(round_.pk, by=by)
    assert Round.objects.get(pk=round_.pk).decided is None


@pytest.mark.parametrize("places", [None, 290])
def test_an_answer_whose_own_cells_are_empty_or_off_is_not_sent(
    round_: Round, by: User, places: int | None
) -> None:
    rounds.choose(round_.pk, pk(round_, "A"), by=by)
    rounds.decide(round_.pk, on=ON, by=by)
    Cell.objects.filter(
        row__round=round_, row__institution__key="absalon", specialisation__position=1
    ).update(places=places)
    with pytest.raises(RuleViolationError, match="jeres egne felter"):
        rounds.send(round_.pk, on=ON, by=by)


def test_a_round_nobody_answers_for_is_not_sent(round_: Round, by: User) -> None:
    rounds.choose(round_.pk, pk(round_, "A"), by=by)
    rounds.decide(round_.pk, on=ON, by=by)
    round_.programme.institutions.update(answered_by=None)
    with pytest.raises(RuleViolationError, match="Ingen række i skemaet er jeres"):
        rounds.send(round_.pk, on=ON, by=by)


def test_a_new_round_has_an_empty_form(round_: Round, by: User) -> None:
    values = {
        "study_year": "2024/2025",
        "letter_title": "Indstilling om optag",
        "letter_date": date(2024, 1, 10),
        "sender": "Styrelsen",
        "deadline": date(2024, 2, 9),
    }
    made = rounds.create_round(round_.programme_id, by=by, **values)
    cells = Cell.objects.filter(row__round=made)
    assert (cells.count(), cells.filter(places=None).count()) == (18, 18)
    assert made.rows.filter(target=None).count() == 6
    with pytest.raises(ValidationError, match="allerede en runde"):
        rounds.create_round(round_.programme_id, by=by, **values)


def test_parts_of_specialisations_are_written_and_taken_away(
    round_: Round, by: User
) -> None:
    ids = list(round_.programme.specialisations.values_list("pk", flat=True))
    rounds.split(
        round_.pk,
        dict(zip(ids, (Decimal(42), Decimal(21), None), strict=True)),
        source="KKR Sjælland 2016/2017",
        by=by,
    )
    assert [each.percent for each in round_.splits.all()] == [42, 21]
    with pytest.raises(ValidationError):
        rounds.split(round_.pk, {ids[0]: Decimal(101)}, source="", by=by)


def test_a_round_is_merged_or_asked_as_all_else(round_: Round, by: User) -> None:
    rounds.edit_round(round_.pk, version=round_.version, total=750, by=by)
    saved = rounds.edit_round(round_.pk, version=round_.version, reference="1", by=by)
    assert (saved.row.total, saved.row.reference) == (750, "1")
    with pytest.raises(ConflictError):
        rounds.edit_round(round_.pk, version=round_.version, total=751, by=by)
