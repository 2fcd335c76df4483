"""What must hold of every measure and goal, whatever the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resultcontracts.choices import Missing, Operator, Qualifier, Status, Why
from resultcontracts.standing.distance import points
from resultcontracts.standing.goals import goal_standing
from resultcontracts.standing.measures import (
    Measure,
    Measurement,
    Verdict,
    latest,
    standing_of,
)
from resultcontracts.standing.numbers import Reading, UnitMismatchError, spelt
from resultcontracts.standing.periods import Period, age, lateness, months_between
from resultcontracts.standing.sentence import said_of, sentence
from resultcontracts.standing.targets import (
    Target,
    TargetRevision,
    growth_over,
    points_over,
    target_on,
)

TODAY: Final = date(2023, 11, 8)
YEAR: Final = Period("2021", date(2021, 12, 31), is_year=True)
APPROVED: Final = date(2022, 3, 1)
NUMBERS: Final = st.fractions(-1000, 1000, max_denominator=40)
UP: Final = (Operator.AT_LEAST, Operator.OVER)
DOWN: Final = (Operator.AT_MOST, Operator.UNDER)


def measure(
    value: Fraction | int | None = None,
    target: Fraction | int | None = 80,
    operator: Operator = Operator.AT_LEAST,
    label: str = "1",
    **more: object,
) -> Measure:
    """Make a measure in pct.; without a value nothing has been measured."""
    given = Reading.of(value, "pct.") if value is not None else None
    base = Measure(
        key=label,
        label=label,
        phrase="drift {} pct.",
        due=YEAR,
        targets=(TargetRevision(Target.of(operator, target, "pct.")),)
        if target is not None
        else (),
        measurements=(Measurement(given, YEAR, APPROVED),) if given else (),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def status(row: Measure) -> Status:
    return standing_of(row, TODAY).status


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(UP + DOWN))
def test_going_the_right_way_never_loses_a_target(
    one: Fraction, other: Fraction, target: Fraction, operator: Operator
) -> None:
    worse, better = sorted((one, other), reverse=operator in DOWN)
    if status(measure(worse, target, operator)) is Status.REACHED:
        assert status(measure(better, target, operator)) is Status.REACHED


@given(NUMBERS, NUMBERS)
def test_operators_are_what_python_says_of_the_same_exact_numbers(
    value: Fraction, mark: Fraction
) -> None:
    expected = {
        Operator.AT_LEAST: value >= mark,
        Operator.OVER: value > mark,
        Operator.AT_MOST: value <= mark,
        Operator.UNDER: value < mark,
        Operator.EXACTLY: value == mark,
    }
    for operator, is_reached in expected.items():
        found = status(measure(value, mark, operator))
        assert found is (Status.REACHED if is_reached else Status.NOT_REACHED)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_between_takes_both_of_its_ends(
    value: Fraction, one: Fraction, other: Fraction
) -> None:
    low, high = sorted((one, other))
    target = Target(Operator.BETWEEN, low, high, "pct.")
    found = target.judge(Reading.of(value, "pct."))
    assert found is (Status.REACHED if low <= value <= high else Status.NOT_REACHED)


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(UP + DOWN))
def test_a_span_is_judged_as_all_that_lies_in_it(
    one: Fraction, other: Fraction, mark: Fraction, operator: Operator
) -> None:
    low, high = sorted((one, other))
    target = Target.of(operator, mark, "pct.")
    ends = {target.judge(Reading.of(end, "pct.")) for end in (low, high)}
    found = target.judge(Reading(low, high, "pct."))
    assert found is (ends.pop() if len(ends) == 1 else Status.UNDECIDED)


@given(NUMBERS, NUMBERS, st.sampled_from(Qualifier), st.sampled_from(UP + DOWN))
def test_a_word_before_a_number_never_turns_a_miss_into_a_hit(
    value: Fraction, mark: Fraction, word: Qualifier, operator: Operator
) -> None:
    target = Target.of(operator, mark, "pct.")
    plain = target.judge(Reading.of(value, "pct."))
    said = target.judge(Reading.of(value, "pct.", word))
    if value != mark:
        assert said in (plain, Status.UNDECIDED)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        (Qualifier.NONE, Status.REACHED),
        (Qualifier.ABOUT, Status.UNDECIDED),
        (Qualifier.BARELY, Status.NOT_REACHED),
        (Qualifier.WELL_OVER, Status.REACHED),
        (Qualifier.AT_LEAST, Status.REACHED),
        (Qualifier.AT_MOST, Status.UNDECIDED),
    ],
)
def test_a_word_before_the_very_target(word: Qualifier, found: Status) -> None:
    target = Target.of(Operator.AT_LEAST, 50, "pct.")
    assert target.judge(Reading.of(50, "pct.", word)) is found


@given(NUMBERS, st.sampled_from([o for o in Operator if o is not Operator.BETWEEN]))
def test_another_unit_is_an_error(value: Fraction, operator: Operator) -> None:
    with pytest.raises(UnitMismatchError):
        Target.of(operator, 80, "pct.").judge(Reading.of(value, "point"))


def test_a_whole_count_under_a_fraction_is_not_rounded_into_place() -> None:
    grown = growth_over(Fraction(42), Fraction(5))
    assert spelt(grown) == "44,1"
    assert status(measure(44, grown)) is Status.NOT_REACHED
    assert status(measure(45, grown)) is Status.REACHED
    assert spelt(growth_over(Fraction(69), Fraction(5))) == "72,45"
    assert points_over(Fraction(34), Fraction(5)) == 39


def test_a_share_is_exact_and_of_nobody_is_an_error() -> None:
    two_thirds = Reading.share(2, 3)
    assert two_thirds.text == "66,67"
    target = Target.of(Operator.AT_LEAST, Fraction("66.67"), "pct.")
    assert target.judge(two_thirds) is Status.NOT_REACHED
    with pytest.raises(ZeroDivisionError):
        Reading.share(0, 0)


MISSING: Final = st.sampled_from([None, *Missing])


@given(st.lists(st.tuples(MISSING, st.sampled_from([None, 10, 90])), max_size=7))
def test_a_missing_result_is_neither_reached_nor_missed(
    rows: list[tuple[Missing | None, int | None]],
) -> None:
    measures = [
        replace(
            measure(value if missing is None else None, label=str(place)),
            measurements=(Measurement(None, YEAR, APPROVED, missing),)
            if missing
            else measure(value).measurements,
        )
        for place, (missing, value) in enumerate(rows)
    ]
    goal = goal_standing(measures, TODAY)
    without = goal_standing(
        [m for m in measures if standing_of(m, TODAY).reading], TODAY
    )
    assert goal.reached == without.reached
    if Status.NOT_REACHED in {goal.status, without.status}:
        assert goal.status is without.status
    if goal.missing:
        assert goal.status is not Status.REACHED
        said = sentence(goal)
        counted = f"{goal.missing} af {len(goal.counting)} målepunkter er ikke målt"
        assert (
            counted in said
            or f", og {goal.missing} er ikke målt" in said
            or "målepunktet er ikke målt" in said
        )
    for each in goal.measures:
        if each.reading is None:
            assert each.status in (Status.PENDING, Status.UNDECIDED)


KINDS: Final = st.sampled_from(
    [(Status.REACHED, False), (Status.PARTLY, False), (Status.NOT_REACHED, False),
     (Status.PENDING, False), (Status.PENDING, True), (Status.UNDECIDED, False)]
)  # fmt: skip


@given(st.lists(KINDS, min_size=1, max_size=6))
def test_the_roll_up_of_verdicts(kinds: list[tuple[Status, bool]]) -> None:
    measures = [
        measure(
            label=str(place),
            target=None,
            verdicts=(Verdict(kind, "fordi", APPROVED, under_way=begun),),
        )
        for place, (kind, begun) in enumerate(kinds)
    ]
    found = goal_standing(measures, TODAY).status
    assert goal_standing(measures[::-1], TODAY).status is found
    given_kinds = {kind for kind, _ in kinds}
    is_begun = any(begun for _, begun in kinds)
    has_some = bool({Status.REACHED, Status.PARTLY} & given_kinds)
    assert (found is Status.REACHED) == (given_kinds == {Status.REACHED})
    assert (found is Status.NOT_REACHED) == (
        Status.NOT_REACHED in given_kinds and not has_some
    )
    if given_kinds == {Status.REACHED, Status.PENDING}:
        assert found is (Status.PARTLY if is_begun else Status.PENDING)
    if found is Status.PARTLY:
        assert has_some


def test_what_does_not_count_changes_nothing() -> None:
    rows = [measure(77, label="1"), measure(82, label="2")]
    total = measure(80, label="3", counts=False)
    later = measure(label="4", due=Period("2030", date(2030, 12, 31), is_year=True))
    assert goal_standing(rows, TODAY).status is Status.PARTLY
    with_more = goal_standing([*rows, total, later], TODAY)
    assert with_more.status is Status.PARTLY
    assert len(with_more.counting) == 2
    assert sentence(with_more) == (
        "Delvist nået: drift 77 pct. mod måltal 80. 1 af 2 målepunkter er nået."
    )


def test_only_what_is_approved_by_the_day_counts() -> None:
    row = measure(90)
    before, after = APPROVED - timedelta(days=1), APPROVED
    assert standing_of(row, before).status is Status.PENDING
    assert standing_of(row, after).status is Status.REACHED
    draft = replace(row.measurements[0], approved_on=None)
    assert status(replace(row, measurements=(draft,))) is Status.PENDING


@pytest.mark.parametrize(
    ("due", "found"),
    [
        (
            Period("2023", date(2023, 12, 31), is_year=True),
            (Status.PENDING, Why.NOT_DUE),
        ),
        (Period("2022", date(2022, 12, 31)), (Status.PENDING, Why.NOT_MEASURED)),
        (Period("1. kvartal 2021", date(2021, 3, 31)), (Status.REACHED, Why.COMPARED)),
        (Period("3. kvartal 2021", date(2021, 9, 30)), (Status.REACHED, Why.COMPARED)),
        (Period("", date(2020, 6, 1)), (Status.REACHED, Why.COMPARED)),
        (Period("løbende", None), (Status.REACHED, Why.COMPARED)),
    ],
    ids=lambda each: each.name if isinstance(each, Period) else "",
)
def test_a_result_of_an_earlier_year_is_no_result_of_this_one(
    due: Period, found: tuple[Status, Why]
) -> None:
    quarter = Period("2. kvartal 2021", date(2021, 6, 30))
    row = Measurement(Reading.of(85, "pct."), quarter, APPROVED)

    standing = standing_of(measure(due=due, measurements=(row,)), TODAY)

    assert (standing.status, standing.why) == found
    assert (standing.reading is None) == (found[0] is Status.PENDING)


def test_a_result_of_nobody_knows_when_counts() -> None:
    row = Measurement(Reading.of(85, "pct."), Period("", None), APPROVED)

    assert status(measure(measurements=(row,))) is Status.REACHED


def test_a_correction_is_the_one_that_was_approved_last() -> None:
    first = Measurement(Reading.of(77, "pct."), YEAR, APPROVED)
    corrected = Measurement(Reading.of(81, "pct."), YEAR, APPROVED + timedelta(days=9))
    older = Measurement(
        Reading.of(99, "pct."), Period("2020", date(2020, 12, 31)), TODAY
    )
    undated = Measurement(Reading.of(98, "pct."), Period("", None), TODAY)
    rows = (corrected, first, older, undated)
    assert latest(rows, TODAY) is corrected
    assert latest(rows, APPROVED) is first
    assert latest((undated,), TODAY) is undated


def test_a_changed_target_is_held_against_both() -> None:
    row = measure(45, 50)
    lowered = TargetRevision(
        Target.of(Operator.AT_LEAST, 40, "pct."), date(2022, 6, 1), "KKR-mødet"
    )
    row = replace(row, targets=(*row.targets, lowered))
    found = standing_of(row, TODAY)
    assert (found.status, found.at_first) == (Status.REACHED, Status.NOT_REACHED)
    before = standing_of(row, date(2022, 5, 31))
    assert (before.status, before.at_first) == (Status.NOT_REACHED, Status.NOT_REACHED)
    assert target_on((lowered,), date(2022, 5, 31)) is None


def test_the_latest_verdict_holds_and_comes_before_the_number() -> None:
    first = Verdict(Status.REACHED, "afholdt", APPROVED)
    second = Verdict(Status.PARTLY, "uden opstartsmøder", APPROVED + timedelta(days=1))
    row = measure(90, verdicts=(second, first))
    found = standing_of(row, TODAY)
    assert (found.status, found.why, found.verdict) == (
        Status.PARTLY, Why.JUDGED, second,
    )  # fmt: skip
    assert standing_of(row, APPROVED).status is Status.REACHED


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2021, 12, 31), date(2023, 11, 8), 22),
        (date(2021, 9, 30), date(2023, 11, 8), 25),
        (date(2021, 12, 31), date(2022, 2, 28), 2),
        (date(2021, 12, 31), date(2022, 2, 27), 1),
        (date(2021, 12, 31), date(2021, 12, 31), 0),
        (date(2022, 1, 1), date(2021, 12, 31), 0),
    ],
)
def test_whole_months(start: date, end: date, months: int) -> None:
    assert months_between(start, end) == months


def test_ages_without_a_day_and_in_the_first_month() -> None:
    assert age(Period("", None), TODAY) == "Målt, dato ikke oplyst"
    assert age(Period("2019", None), TODAY) == "Målt 2019"
    assert age(Period("uge 44", date(2023, 11, 5)), TODAY) == "Målt uge 44"
    assert lateness(Period("", None), TODAY) == "Ikke målt"
    due = Period("efteråret 2023", date(2023, 11, 30))
    assert lateness(due, TODAY) == "Skal måles efteråret 2023"
    just_late = Period("oktober 2023", date(2023, 10, 31))
    assert lateness(just_late, TODAY) == "Ikke målt, under en måned over tiden"


def test_a_goal_without_measures_is_undecided_and_says_so() -> None:
    empty = goal_standing([], TODAY)
    assert (empty.status, empty.why) == (Status.UNDECIDED, Why.NO_MEASURES)
    assert sentence(empty) == (
        "Kan ikke afgøres: målet har ingen målepunkter, der tæller."
    )


@pytest.mark.parametrize(
    ("value", "target", "said"),
    [
        (77, 80, "3 procentpoint under måltallet"),
        (82, 80, "2 procentpoint over måltallet"),
        (80, 80, "præcis måltallet"),
        (0, 2, "2 procentpoint under måltallet"),
    ],
)
def test_what_is_said_of_one_measure(value: int, target: int, said: str) -> None:
    assert said_of(standing_of(measure(value, target), TODAY)) == said


@pytest.mark.parametrize(
    ("unit", "amount", "said"),
    [
        ("møder", 1, "møde"),
        ("møder", 2, "møder"),
        ("møder", None, "møder"),
        ("forløb", 1, "forløb"),
        ("hkr", 1, "hkr"),
        ("pct.", 1, "procentpoint"),
    ],
)
def test_of_one_a_unit_stands_in_the_singular(
    unit: str, amount: int | None, said: str
) -> None:
    assert points(unit, Fraction(amount) if amount else None) == said


def _between(low: int, high: int, qualifier: Qualifier = Qualifier.NONE) -> Reading:
    return Reading(Fraction(low), Fraction(high), "forløb", qualifier)


@pytest.mark.parametrize(
    ("reading", "operator", "ends", "said"),
    [
        # What lies outside a span is never said to lie in it.
        (_between(5, 5), Operator.BETWEEN, (2, 4), "1 forløb over 2–4"),
        (_between(0, 0), Operator.BETWEEN, (2, 4), "2 forløb under 2–4"),
        (_between(2, 2), Operator.BETWEEN, (2, 4), "2 ligger mellem 2–4"),
        (_between(3, 5), Operator.BETWEEN, (3, 4), "resultatet ligger på begge sider "
         "af måltallet"),
        # A word before the number keeps it from being exactly anything.
        (_between(50, 50, Qualifier.BARELY), Operator.AT_LEAST, (50, 50),
         "lige under måltallet"),
        (_between(50, 50, Qualifier.WELL_OVER), Operator.AT_LEAST, (50, 50),
         "lige over måltallet"),
        (_between(50, 50, Qualifier.AT_LEAST), Operator.AT_LEAST, (50, 50),
         "på eller over måltallet"),
        (_between(50, 50, Qualifier.AT_MOST), Operator.AT_MOST, (50, 50),
         "på eller under måltallet"),
        (_between(60, 60, Qualifier.ABOUT), Operator.AT_LEAST, (25, 25),
         "ca. 35 forløb over måltallet"),
        (_between(60, 60, Qualifier.AT_LEAST), Operator.AT_LEAST, (25, 25),
         "mindst 35 forløb over måltallet"),
        # A span has two distances.
        (_between(4, 6), Operator.AT_LEAST, (3, 3), "1–3 forløb over måltallet"),
        (_between(4, 6), Operator.AT_LEAST, (9, 9), "3–5 forløb under måltallet"),
        (_between(4, 6), Operator.AT_LEAST, (4, 4), "på eller over måltallet"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_rough_number_and_of_a_span(
    reading: Reading, operator: Operator, ends: tuple[int, int], said: str
) -> None:
    target = Target(operator, Fraction(ends[0]), Fraction(ends[1]), "forløb")
    row = Measure(
        "1",
        "1",
        "{}",
        YEAR,
        (TargetRevision(target),),
        (Measurement(reading, YEAR, APPROVED),),
    )
    assert said_of(standing_of(row, TODAY)) == said


def test_a_measurement_has_a_result_or_a_reason() -> None:
    with pytest.raises(ValueError, match="either"):
        Measurement(None, YEAR, APPROVED)
    with pytest.raises(ValueError, match="either"):
        Measurement(Reading.of(1, "pct."), YEAR, APPROVED, Missing.AWAITED)
