"""Ties are decisions; changes by hand have their reason; another total is run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimensioning.shares.adjustments import (
    Adjustment,
    AdjustmentError,
    adjusted,
    refusals,
)
from dimensioning.shares.apportion import ChoiceError, apportion, decided
from dimensioning.shares.receivers import Receiver, bounded, receivers
from dimensioning.shares.sensitivity import (
    kept_down_to,
    neighbour,
    neighbours,
    paradoxes,
)
from dimensioning.shares.table import Choice, Result, Tie
from tests.dimensioning.published import (
    DAY,
    SCHOOL,
    SOCIAL,
    seventeen,
    specialisations,
)

TODAY = date(2023, 2, 1)


def tie_of(those: tuple[Receiver, ...], total: int) -> Tie:
    """Share, and be sure that somebody stands equal."""
    outcome = apportion(those, total)
    assert isinstance(outcome, Tie)
    return outcome


def result_of(those: tuple[Receiver, ...], total: int) -> Result:
    """Share, and be sure that nobody does."""
    outcome = apportion(those, total)
    assert isinstance(outcome, Result)
    return outcome


def chosen(tie: Tie, *receives: str) -> Choice:
    """Answer a tie."""
    return Choice(tie.among, receives, "Flest søger dertil.", "Formandskabet", TODAY)


def test_750_places_stop_at_two_equal_halves() -> None:
    tie = tie_of(specialisations(), 750)

    assert (tie.among, tie.places, tie.count) == ((DAY, SOCIAL), 1, 2)
    assert [tie[key].extra for key in (DAY, SCHOOL, SOCIAL)] == [None, 0, None]
    assert [tie[key].result for key in (DAY, SCHOOL, SOCIAL)] == [None, 180, None]
    assert [tie[key].rank for key in (DAY, SCHOOL, SOCIAL)] == [1, None, 1]
    sums = tie.table.sums
    assert [sums.whole, sums.remainder] == [749, 1]
    assert (sums.extra, sums.result) == (None, None)
    answers = [
        (answer.receives, tuple(answer.places[key] for key in (DAY, SCHOOL, SOCIAL)))
        for answer in tie.answers()
    ]
    assert answers == [((DAY,), (293, 180, 277)), ((SOCIAL,), (292, 180, 278))]


def test_a_choice_goes_on_with_the_run_and_stays_in_it() -> None:
    tie = tie_of(specialisations(), 750)

    result = decided(tie, chosen(tie, SOCIAL))

    assert result.places == {DAY: 292, SCHOOL: 180, SOCIAL: 278}
    assert result.choice == chosen(tie, SOCIAL)
    assert [result.line.margin, result.line.is_decided] == [0, True]
    assert (result.off, result.table.sums.result) == (0, 750)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"receives": ()}, "Der skal vælges præcis 1."),
        ({"receives": (DAY, SOCIAL)}, "Der skal vælges præcis 1."),
        ({"receives": (DAY, DAY)}, "Der skal vælges præcis 1."),
        ({"receives": (SCHOOL,)}, "Kun de, der står lige, kan vælges."),
        ({"among": (DAY, SCHOOL)}, "Valget gjaldt andre, der stod lige. Regnestykket er ændret siden."),
        ({"reason": " "}, "Skriv, hvorfor valget faldt sådan."),
        ({"by": ""}, "Skriv, hvem der har besluttet det."),
    ],
)  # fmt: skip
def test_a_choice_that_does_not_answer_the_tie_is_refused(
    change: dict[str, object], words: str
) -> None:
    tie = tie_of(specialisations(), 750)

    with pytest.raises(ChoiceError) as refused:
        decided(tie, replace(chosen(tie, DAY), **change))  # type: ignore[arg-type]

    assert str(refused.value) == words


def test_three_equal_shares_are_a_tie_and_nobody_is_preferred() -> None:
    tie = tie_of(receivers({"a": 1, "b": 1, "c": 1}), 746)

    assert (tie.among, tie.places, tie.count) == (("a", "b", "c"), 2, 3)
    assert [answer.receives for answer in tie.answers()] == [("a", "b"), ("a", "c"), ("b", "c")]  # fmt: skip
    assert apportion(receivers({"c": 1, "a": 1, "b": 1}), 746) == tie
    whole = result_of(receivers({"a": 1, "b": 1, "c": 1}), 747)
    assert set(whole.places.values()) == {249}
    assert whole.line.last_in == whole.line.first_out == ()
    # Equals that all get a place, or none, are no tie.
    some = result_of(receivers({"a": 18, "b": 18, "c": 64}), 10)
    assert some.places == {"a": 2, "b": 2, "c": 6}
    assert [some[key].rank for key in "abc"] == [1, 1, 3]


def change(key: str, places: int, against: int, **more: object) -> Adjustment:
    """Change a figure by hand."""
    made = Adjustment(key, places, against, "Ny børnehave.", "Sekretariatet", TODAY)
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_change_by_hand_has_a_counterpart_and_the_sum_is_shown() -> None:
    result = result_of(bounded(seventeen(), low=25, high=70), 747)

    moved = adjusted(
        result,
        [change("Greve", 1, 46, counterpart="Faxe", counterpart_against=33)],
    )
    alone = adjusted(result, [change("Roskilde", 2, 70), change("Roskilde", -1, 70)])

    rows = [(moved[key].calculated, moved[key].adjustment, moved[key].result) for key in ("Greve", "Faxe")]  # fmt: skip
    assert rows == [(46, 1, 47), (33, -1, 32)]
    assert (moved.off, moved.table.sums.adjustment, moved.table.sums.result) == (0, 0, 747)  # fmt: skip
    assert moved.calculated == result.places
    assert len(moved.adjustments) == 1
    assert (alone.off, alone.table.sums.result) == (1, 748)
    assert [row.key for row in alone.table.rows if row.breaks_bound] == ["Roskilde"]
    assert not any(row.breaks_bound for row in moved.table.rows)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (change("Greve", 1, 45), "Rettelsen af Greve gjaldt 45, men tallet er nu 46. Tag stilling igen."),
        (change("Greve", 1, 46, counterpart="Faxe", counterpart_against=34), "Rettelsen af Faxe gjaldt 34, men tallet er nu 33. Tag stilling igen."),
        (change("Bornholm", 1, 46), "Bornholm er ikke med i fordelingen."),
        (change("Greve", 0, 46), "En rettelse skal ændre mindst én plads."),
        (change("Greve", 1, 46, reason=""), "Skriv, hvorfor tallet rettes."),
        (change("Greve", 1, 46, by=" "), "Skriv, hvem der har rettet tallet."),
        (change("Greve", -47, 46), "Greve ville få færre end 0 pladser."),
        (change("Greve", 1, 46, counterpart="Greve", counterpart_against=46), "Greve kan ikke være sin egen modpost."),
    ],
)  # fmt: skip
def test_a_change_by_hand_that_does_not_hold_is_refused_and_none_is_made(
    wrong: Adjustment, words: str
) -> None:
    result = result_of(bounded(seventeen(), low=25, high=70), 747)

    with pytest.raises(AdjustmentError) as refused:
        adjusted(result, [change("Køge", 1, 55), wrong])

    assert str(refused.value) == words
    assert [one.adjustment for one in refused.value.refusals] == [wrong]
    assert refusals(result, [change("Køge", 1, 55)]) == ()


def test_one_more_one_fewer_and_how_far_down_a_figure_holds() -> None:
    result = result_of(bounded(seventeen(), low=25, high=70), 747)

    near = neighbours(result)

    assert (near.more.total, near.more.gains, near.more.losses) == (748, (("Odsherred", 1),), ())  # fmt: skip
    assert near.fewer is not None
    assert (near.fewer.gains, near.fewer.losses) == ((), (("Ringsted", 1),))
    assert kept_down_to(result, "Vordingborg") == 745
    assert kept_down_to(result, "Ringsted") == 747
    assert kept_down_to(result, "Solrød") == 425
    tied = neighbour(result_of(specialisations(), 749), 750)
    assert (tied.tied, tied.gains) == ((DAY, SOCIAL), ())
    assert kept_down_to(result_of(specialisations(), 751), DAY) == 751
    full = neighbours(result_of(receivers({"a": 1}, low=2, high=2), 2))
    assert full.fewer is not None
    assert full.more.impossible.endswith("1 af 3 bliver til overs.")
    assert full.fewer.impossible.startswith("Mindstetallene giver 2 pladser.")
    assert neighbours(result_of(receivers({"a": 1}), 0)).fewer is None


def test_how_far_down_a_figure_holds_is_what_running_every_total_says() -> None:
    those = receivers({"a": 7, "b": 5, "c": 3, "d": 1}, high=9)
    runs = [apportion(those, total) for total in range(25)]

    for total, run in enumerate(runs):
        for key in "abcd" if isinstance(run, Result) else "":
            places = run[key].calculated or 0
            down = total
            while down and (runs[down - 1][key].whole + (runs[down - 1][key].extra or 0)) >= places:  # fmt: skip
                down -= 1
            assert isinstance(run, Result)
            assert kept_down_to(run, key) == down, (total, key)


def test_the_alabama_paradox_is_found_and_told() -> None:
    those = receivers({"a": 6, "b": 6, "c": 2})

    [found] = paradoxes(those, range(8, 12))

    assert (found.total, found.key) == (10, "c")
    assert (found.before.result, found.after.result) == (2, 1)
    assert found.grew == found.after.quota - found.before.quota > 0
    assert (found.before.rank, found.after.rank) == (1, 3)
    assert [before.key for before, _ in found.gainers] == ["a", "b"]
    lost = neighbour(result_of(those, 10), 11)
    assert (lost.gains, lost.losses) == ((("a", 1), ("b", 1)), (("c", 1),))


@settings(max_examples=60)
@given(st.lists(st.integers(1, 40), min_size=2, max_size=5), st.integers(1, 40))
def test_nobody_loses_by_one_more_unless_it_is_told(
    numbers: list[int], first: int
) -> None:
    those = receivers({chr(97 + at): number for at, number in enumerate(numbers)})
    totals = range(first, first + 8)

    told = {(found.total, found.key) for found in paradoxes(those, totals)}

    runs = [apportion(those, total) for total in range(first, first + 9)]
    lost = {
        (lower.table.total, key)
        for lower, upper in pairwise(runs)
        if isinstance(lower, Result) and isinstance(upper, Result)
        for key in lower.places
        if upper.places[key] < lower.places[key]
    }
    assert told == lost
    for run in runs:
        if isinstance(run, Result):
            key = min(run.places)
            down = kept_down_to(run, key)
            at = [one for one in runs if down <= one.table.total <= run.table.total]
            for one in at:
                row = one[key]
                assert row.whole + (row.extra or 0) >= run.places[key]
