"""The first lines of a dashboard, and what is due. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from resultcontracts.choices import Status
from resultcontracts.standing.due import due_now, missing_of, said_missing
from resultcontracts.standing.goals import goal_standing
from resultcontracts.standing.headline import (
    Headline,
    counts_of,
    of_measures,
    sweeping,
    time_of,
)
from resultcontracts.standing.periods import Period
from tests.resultcontracts import contract as told

if TYPE_CHECKING:
    from resultcontracts.standing.measures import MeasureStanding

TODAY = date(2023, 11, 7)
REACHED, PARTLY, NOT_REACHED, PENDING, UNDECIDED = Status


def measures() -> list[MeasureStanding]:
    """Give all measures of the contract of 2021, as they stand."""
    return [
        each for _, own in told.goals() for each in goal_standing(own, TODAY).measures
    ]


def test_the_contract_of_2021_in_its_first_lines() -> None:
    goals = [goal_standing(own, TODAY).status for _, own in told.goals()]
    said = Headline(
        counts_of(goals),
        differing=9,
        sweeping=(
            sweeping("Slides, linje 248–262", "Praktisk talt alle mål er nået; kun 8."),
        ),
    )
    assert said.finding == "3 af 18 mål er nået."
    assert said.text == (
        "3 af 18 mål er nået. 10 er delvist nået, 1 er ikke nået, 2 afventer måling, og 2 "
        "kan ikke afgøres. Slides siger, at praktisk talt alle mål er nået. Om 9 mål siger "
        "indberetningen ét og tallene noget andet."
    )
    assert of_measures(measures()) == (
        "61 målepunkter: 34 nået, 3 delvist nået, 12 ikke nået, 7 afventer, 2 skal måles i "
        "efteråret 2023, 3 kan ikke afgøres."
    )


@pytest.mark.parametrize(
    ("statuses", "finding", "rest"),
    [
        ([], "Kontrakten har ingen mål endnu.", ""),
        ([PENDING], "Målet afventer måling.", ""),
        ([REACHED] * 3, "Alle 3 mål er nået.", ""),
        ([PARTLY] * 2, "Ingen af de 2 mål er nået.", "2 er delvist nået."),
        (
            [REACHED, PENDING, NOT_REACHED],
            "1 af 3 mål er nået.",
            "1 er ikke nået, og 1 afventer måling.",
        ),
    ],
)
def test_few_goals_are_said_in_words_of_their_own(
    statuses: list[Status], finding: str, rest: str
) -> None:
    said = Headline(counts_of(statuses))
    assert (said.finding, said.rest) == (finding, rest)
    assert sum(said.counts.values()) == len(statuses)


def test_a_paper_is_called_by_its_name() -> None:
    assert sweeping("Notat", "Alt er nået.") == "Notat siger, at alt er nået."


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (Period("2023", date(2023, 12, 31), is_year=True), "for 2023"),
        (Period("foråret 2022", date(2022, 5, 31)), "i foråret 2022"),
        (Period("", date(2021, 12, 31)), "senest 31. december 2021"),
        (Period("", None), "senere"),
    ],
)
def test_when_something_is_to_be_measured(due: Period, said: str) -> None:
    assert time_of(due).replace("\N{NO-BREAK SPACE}", " ") == said


def test_what_is_due_within_a_quarter_is_measured_now_and_the_oldest_missing_is_named() -> (
    None
):
    every = measures()
    assert [each.measure.label for each in every if due_now(each, TODAY)] == [
        "1.2",
        "6.3",
    ]
    assert not any(due_now(each, date(2023, 6, 1)) for each in every)
    missing = missing_of(every)
    assert {each.measure.label for each in missing} == {
        "5.2",
        "7.2",
        "7.3",
        "7.4",
        "15.3",
    }
    assert said_missing(missing).replace("\N{NO-BREAK SPACE}", " ") == (
        "5 tal mangler stadig, det ældste siden 31. december 2021."
    )
    assert said_missing(()) == "Ingen tal mangler."
