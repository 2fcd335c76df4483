"""How numbers are printed, held against targets, and chosen among."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from resultcontracts.choices import Missing, Operator, Qualifier, Status, Why
from resultcontracts.standing.goals import goal_standing
from resultcontracts.standing.measures import Measurement, Verdict, standing_of
from resultcontracts.standing.numbers import Reading, rounded
from resultcontracts.standing.sentence import said_of, sentence
from resultcontracts.standing.targets import Target, TargetRevision, target_on
from tests.resultcontracts.test_standing import APPROVED, TODAY, YEAR, measure

REACHED, MISSED, OPEN = Status.REACHED, Status.NOT_REACHED, Status.UNDECIDED


def between(low: int, high: int) -> Target:
    return Target(Operator.BETWEEN, Fraction(low), Fraction(high), "pct.")


@pytest.mark.parametrize(
    ("word", "operator", "found"),
    [
        (Qualifier.AT_LEAST, Operator.AT_LEAST, OPEN),
        (Qualifier.AT_LEAST, Operator.AT_MOST, OPEN),
        (Qualifier.AT_MOST, Operator.AT_LEAST, MISSED),
        (Qualifier.AT_MOST, Operator.AT_MOST, REACHED),
        (Qualifier.ABOUT, Operator.AT_LEAST, MISSED),
        (Qualifier.BARELY, Operator.AT_MOST, REACHED),
    ],
)
def test_forty_said_with_a_word_against_fifty(
    word: Qualifier, operator: Operator, found: Status
) -> None:
    assert Target.of(operator, 50, "pct.").judge(Reading.of(40, "pct.", word)) is found


def test_at_most_sixty_can_still_be_fifty() -> None:
    reading = Reading.of(60, "pct.", Qualifier.AT_MOST)
    assert Target.of(Operator.AT_LEAST, 50, "pct.").judge(reading) is OPEN
    assert Target.of(Operator.AT_MOST, 50, "pct.").judge(reading) is OPEN


def test_a_span_across_an_exact_target_may_be_it() -> None:
    span = Reading(Fraction(4), Fraction(6), "pct.")
    assert Target.of(Operator.EXACTLY, 5, "pct.").judge(span) is OPEN
    assert Target.of(Operator.EXACTLY, 7, "pct.").judge(span) is MISSED
    row = measure(5, 5, measurements=(Measurement(span, YEAR, APPROVED),))
    assert standing_of(row, TODAY).why is Why.SPAN


def test_a_span_that_may_be_too_low_and_is_too_high_is_a_miss() -> None:
    assert between(2, 4).judge(Reading(Fraction(1), Fraction(3), "pct.")) is OPEN
    rough = Reading.of(5, "pct.", Qualifier.AT_LEAST)
    assert between(2, 4).judge(rough) is MISSED
    tiny = Target(Operator.BETWEEN, Fraction(2), Fraction(2), "pct.")
    both = Reading(Fraction(1), Fraction(3), "pct.")
    assert tiny.judge(both) is OPEN


def test_a_span_or_target_that_falls_is_refused() -> None:
    with pytest.raises(ValueError, match="between"):
        Reading(Fraction(7), Fraction(4), "pct.")
    with pytest.raises(ValueError, match="between"):
        between(4, 2)
    with pytest.raises(ValueError, match="one number"):
        Target(Operator.AT_LEAST, Fraction(2), Fraction(4), "pct.")


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (Reading.of(Fraction("2.78"), "faktor"), "2,78"),
        (Reading.of(1929, "forløb"), "1.929"),
        (Reading.of(50, "forløb", Qualifier.BARELY), "knap 50"),
        (Reading(Fraction(4), Fraction(5), "uger"), "4–5"),
        (Reading.of(Fraction(1, 8), "pct."), "0,125"),
        (Reading.of(Fraction(-1, 3), "point"), "−0,33"),
        (Reading.of(Fraction(2, 3), "point"), "0,67"),
        (Reading.of(Fraction(1, 2), "år"), "0,5"),
        (replace(Reading.of(Fraction(1, 2), "år"), printed="½"), "½"),
    ],
)
def test_results_are_printed_in_danish(reading: Reading, text: str) -> None:
    assert reading.text == text


@pytest.mark.parametrize(
    ("operator", "text"),
    [
        (Operator.AT_LEAST, "80"),
        (Operator.OVER, "over 80"),
        (Operator.AT_MOST, "højst 80"),
        (Operator.UNDER, "under 80"),
        (Operator.EXACTLY, "præcis 80"),
    ],
)
def test_targets_say_which_way(operator: Operator, text: str) -> None:
    assert Target.of(operator, 80, "pct.").text == text


def test_a_target_between_names_both_ends() -> None:
    assert between(2, 4).text == "2–4"
    row = measure(3, targets=(TargetRevision(between(2, 4)),))
    assert said_of(standing_of(row, TODAY)) == "3 ligger mellem 2–4"


@pytest.mark.parametrize(
    ("target", "near", "far"),
    [
        (Target.of(Operator.AT_LEAST, 80, "pct."), 79, 40),
        (Target.of(Operator.AT_MOST, 80, "pct."), 81, 120),
        (Target.of(Operator.UNDER, 80, "pct."), 10, 79),
        (Target.of(Operator.EXACTLY, 80, "pct."), 79, 90),
        (between(20, 80), 81, 160),
        (between(20, 80), 30, 10),
        (Target.of(Operator.AT_LEAST, -50, "pct."), -51, -90),
        (Target.of(Operator.OVER, 0, "pct."), -1, -2),
    ],
)
def test_the_one_that_is_furthest_behind_is_shown(
    target: Target, near: int, far: int
) -> None:
    rows = [
        measure(value, label=label, targets=(TargetRevision(target),))
        for label, value in (("near", near), ("far", far))
    ]
    for order in (rows, rows[::-1]):
        shown = goal_standing(order, TODAY).shown
        assert shown is not None
        assert shown.measure.label == "far"


def test_of_two_as_far_behind_the_worse_is_shown_then_the_first() -> None:
    fine = measure(80, label="fine")
    judged = measure(
        80, label="judged", verdicts=(Verdict(MISSED, "tæller ikke", APPROVED),)
    )
    shown = goal_standing([fine, judged], TODAY).shown
    assert shown is not None
    assert shown.measure.label == "judged"
    twin = goal_standing([fine, replace(fine, label="twin")], TODAY).shown
    assert twin is not None
    assert twin.measure.label == "fine"


def test_a_target_holds_from_its_first_day() -> None:
    begins = date(2022, 6, 1)
    rows = (
        TargetRevision(Target.of(Operator.AT_LEAST, 50, "pct.")),
        TargetRevision(Target.of(Operator.AT_LEAST, 40, "pct."), begins),
    )
    for order in (rows, rows[::-1]):
        on_the_day, before = (
            target_on(order, begins),
            target_on(order, begins - timedelta(days=1)),
        )
        assert on_the_day is not None
        assert before is not None
        assert on_the_day.low == 40
        assert before.low == 50


def test_on_the_last_day_it_is_not_late_yet() -> None:
    assert YEAR.end is not None
    assert standing_of(measure(), YEAR.end).why is Why.NOT_DUE
    after = YEAR.end + timedelta(days=1)
    assert standing_of(measure(), after).why is Why.NOT_MEASURED


@pytest.mark.parametrize("missing", [Missing.NOT_RELEVANT, Missing.DISCONTINUED])
def test_what_is_given_up_is_left_out_of_its_goal(missing: Missing) -> None:
    gone = measure(measurements=(Measurement(None, YEAR, APPROVED, missing),))
    goal = goal_standing([measure(90), gone], TODAY)
    assert goal.status is REACHED
    assert goal.missing == 0


def test_a_goal_of_which_nothing_is_due_yet_awaits() -> None:
    later = measure(due=replace(YEAR, end=date(2030, 12, 31)))
    assert goal_standing([later], TODAY).status is Status.PENDING
    unassessable = measure(
        verdicts=(Verdict(OPEN, "intet mål", APPROVED, assessable=False),)
    )
    assert goal_standing([unassessable], TODAY).status is OPEN


def test_a_goal_of_which_only_a_part_follows_another_is_judged_by_the_rest() -> None:
    follows = measure(label="2", follows=10)
    goal = goal_standing([measure(70), follows], TODAY)
    assert goal.follows is None
    assert goal.status is MISSED


def test_a_remark_on_what_is_reached_is_said_of_the_shown_one_only() -> None:
    rows = [
        measure(81, label="1", remark="kun 9 svar"),
        measure(99, label="2", remark="høj svarprocent"),
    ]
    assert sentence(goal_standing(rows, TODAY)) == (
        "Nået: drift 81 pct. mod måltal 80. Kun 9 svar."
    )


@pytest.mark.parametrize(
    ("value", "text"), [("36.75", "36,8"), ("36.65", "36,7"), ("-0.25", "−0,3")]
)
def test_a_half_goes_away_from_zero(value: str, text: str) -> None:
    assert rounded(Fraction(value), 1) == text


def test_braces_in_a_phrase_are_words_but_for_the_numbers_place() -> None:
    row = measure(77, phrase="{} pct. {drift} {0.__class__}")
    assert sentence(goal_standing([row], TODAY)) == (
        "Ikke nået: 77 pct. {drift} {0.__class__} mod måltal 80."
    )
