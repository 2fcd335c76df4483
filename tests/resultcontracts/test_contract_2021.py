"""The contract of 2021, judged by the portal, as its readers judged it by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

import pytest

from resultcontracts.choices import Status, Why
from resultcontracts.standing.goals import goal_standing
from resultcontracts.standing.measures import standing_of
from resultcontracts.standing.sentence import freshness, sentence
from tests.resultcontracts.contract import goals, measure_of, read

TODAY: Final = date(2023, 11, 8)
# The words of the hand-made reading, as status and why.
MEASURE: Final = {
    "achieved": (Status.REACHED, None),
    "partly": (Status.PARTLY, None),
    "not_achieved": (Status.NOT_REACHED, None),
    "in_progress": (Status.PENDING, Why.UNDER_WAY),
    "pending": (Status.PENDING, Why.NOT_MEASURED),
    "future": (Status.PENDING, Why.NOT_DUE),
    "not_assessable": (Status.UNDECIDED, Why.NO_TARGET),
    "not_verifiable": (Status.UNDECIDED, Why.NO_BASIS),
    "refers_to_other": (Status.UNDECIDED, Why.FOLLOWS),
}
GOAL: Final = {
    "achieved": Status.REACHED,
    "partly": Status.PARTLY,
    "not_achieved": Status.NOT_REACHED,
    "achieved_with_pending": Status.PENDING,
    "not_verifiable": Status.UNDECIDED,
    "refers_to_other": Status.UNDECIDED,
}
SENTENCES: Final = """\
Delvist nået: 38 pct. kender huset mod måltal 39. 1 af 2 målepunkter er nået.
Kan ikke afgøres: målet har intet eget tal og følger mål 10.
Delvist nået: drift 77 pct. mod måltal 80. 3 af 4 målepunkter er nået.
Nået: 53 pct. har brugt henvisningen mod måltal 45.
Afventer måling: 1 af 2 målepunkter er ikke målt. Effekten af coronavejledningen var lovet i 4. kvartal 2021.
Delvist nået: 67 pct. kender de grønne ydelser mod måltal 58, men dialogværktøjet er ikke taget fuldt i brug.
Afventer måling: 65 pct. venter effekt mod måltal 65. 3 af 4 målepunkter er ikke målt.
Ikke nået: 65 pct. venter effekt mod måltal 70. Tallet bygger på 67 virksomheder.
Delvist nået: 382 handlingsplaner mod måltal 385. 2 af 3 målepunkter er nået.
Kan ikke afgøres: der er ingen tal pr. kommune, og kontrakten måler by- og landkommuner.
Nået: 68 pct. er nye kunder mod måltal 50. Tallet tæller også vækstplaner, ikke kun handlingsplaner.
Delvist nået: 3 af 4 målepunkter er nået. Om de 20 virksomheder har afsluttet fase 1, er ikke oplyst.
Delvist nået: 67 ansøgninger til Innovationsfonden mod måltal 137,55. 4 af 8 målepunkter er nået.
Delvist nået: 4 af 5 målepunkter er nået. Rådgiverdatabasen er ikke gået i gang.
Delvist nået: 3 af 5 målepunkter er nået, og 1 afventer. Fælles opstartsmøder er ikke dokumenteret.
Nået: gearing 2,78 mod måltal 2,60.
Delvist nået: 0 raketvækstforløb mod måltal 2. 2 af 4 målepunkter er nået.
Delvist nået: 2 best practice-arrangementer mod måltal 4. 1 af 4 målepunkter er nået.
""".splitlines()


def rows() -> list[dict[str, object]]:
    return [row for goal in read()["goals"] for row in goal["measures"]]


def test_the_contract_has_the_goals_and_measures_that_it_is_said_to_have() -> None:
    levels = Counter(goal["level"] for goal in read()["goals"])
    assert levels == {"national": 8, "local": 10}
    assert len(rows()) == 61


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row["label"]))
def test_each_measure_stands_as_it_was_read_by_hand(row: dict[str, object]) -> None:
    status, why = MEASURE[str(row["computed_in_source"])]
    found = standing_of(measure_of(row), TODAY)
    assert found.status is status
    assert why is None or found.why is why


def test_most_measures_are_compared_and_none_of_those_has_a_verdict() -> None:
    found = [standing_of(measure_of(row), TODAY) for row in rows()]
    compared = [each for each in found if each.why is Why.COMPARED]
    assert len(compared) == 41
    assert not any(each.verdict for each in compared)


@pytest.mark.parametrize("goal", read()["goals"], ids=lambda goal: str(goal["number"]))
def test_each_goal_stands_as_it_was_read_by_hand(goal: dict[str, object]) -> None:
    by_number = dict(goals())
    found = goal_standing(by_number[int(str(goal["number"]))], TODAY)
    assert found.status is GOAL[str(goal["computed_in_source"])]


def test_the_sentences_of_the_eighteen_goals() -> None:
    said = [sentence(goal_standing(measures, TODAY)) for _, measures in goals()]
    assert said == SENTENCES


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "Målt 3. kvartal 2021, 25 måneder siden"),
        (2, "Ikke målt"),
        (3, "Målt for 2021, 22 måneder siden"),
        (5, "Ikke målt, 22 måneder over tiden"),
        (
            7,
            "Målt for 2021, 22 måneder siden; "
            "7.2, 7.3 og 7.4 ikke målt, 17 måneder over tiden",
        ),
        (9, "Målt 31. december 2021, 22 måneder siden"),
    ],
)
def test_how_old_the_results_are(number: int, said: str) -> None:
    found = goal_standing(dict(goals())[number], TODAY)
    assert freshness(found, TODAY).replace("\N{NO-BREAK SPACE}", " ") == said


def test_the_measure_that_is_shown_of_each_goal() -> None:
    shown = [goal_standing(measures, TODAY).shown for _, measures in goals()]
    assert [each.measure.label if each else None for each in shown] == [
        "1.1", None, "3.1", "4.1", None, "6.2", "7.1", "8.1", "9.2", None, "11.1",
        "12.3", "13.2", "14.3a", "15.4", "16.1", "17.1", "18.3a",
    ]  # fmt: skip


def test_before_anything_is_approved_nothing_is_reached_or_missed() -> None:
    early = date(2021, 6, 1)
    found = {
        standing_of(measure, early).status for _, rows in goals() for measure in rows
    }
    assert found == {Status.PENDING, Status.UNDECIDED}
