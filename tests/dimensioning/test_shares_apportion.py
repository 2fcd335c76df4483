"""Largest remainder, exact, with totals kept."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest
from apportionment import methods as elsewhere  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from dimensioning.shares.apportion import apportion
from dimensioning.shares.bounds import BoundsError
from dimensioning.shares.compare import compared
from dimensioning.shares.divisors import Method, by_divisor
from dimensioning.shares.exact import (
    Rounding,
    SharesError,
    counted,
    exact,
    half_away,
    overbooked,
    rounded,
)
from dimensioning.shares.receivers import Receiver, bounded, receivers
from dimensioning.shares.table import Result, Tie
from tests.dimensioning.published import (
    DAY,
    SCHOOL,
    SOCIAL,
    printed_new_key,
    read,
    seventeen,
    specialisations,
)


def result_of(those: tuple[Receiver, ...], total: int) -> Result:
    """Share, and be sure that nobody stands equal."""
    outcome = apportion(those, total)
    assert isinstance(outcome, Result)
    return outcome


@pytest.mark.parametrize(
    ("weights", "total", "places"),
    [
        ({DAY: 39, SCHOOL: 24, SOCIAL: 37}, 747, (291, 179, 277)),
        ({DAY: 39, SCHOOL: 24, SOCIAL: 37}, 4053, (1581, 973, 1499)),
        ({DAY: 42, SCHOOL: 21, SOCIAL: 37}, 747, (314, 157, 276)),
        ({"sommer": 55, "vinter": 45}, 747, (411, 336)),
        ({"a": Decimal("0.5"), "b": Decimal("0.3"), "c": Decimal("0.2")}, 747, (374, 224, 149)),
        ({"a": 6, "b": 6, "c": 2}, 10, (4, 4, 2)),
        ({"a": 0, "b": 3}, 5, (0, 5)),
        ({"a": Fraction(1, 3)}, 747, (747,)),
        ({"a": 1, "b": 1, "c": 1}, 0, (0, 0, 0)),
        ({"a": 0, "b": 0}, 0, (0, 0)),
        ({}, 0, ()),
    ],
)  # fmt: skip
def test_whole_places_add_up_to_the_total(
    weights: dict[str, int], total: int, places: tuple[int, ...]
) -> None:
    result = result_of(receivers(weights), total)

    assert tuple(result.places[key] for key in weights) == places
    assert result.table.sums.result == total
    assert result.off == 0


def test_a_row_tells_each_step_and_the_sums_tell_the_columns() -> None:
    result = result_of(specialisations(), 747)

    social = result[SOCIAL]
    assert social.share == Fraction(37, 100)
    assert social.quota == social.bounded == Fraction(27639, 100)
    assert (social.whole, social.remainder) == (276, Fraction(39, 100))
    assert (social.rank, social.extra, social.result) == (1, 1, 277)
    assert [result[key].rank for key in (DAY, SCHOOL)] == [2, 3]
    sums = result.table.sums
    assert [sums.weight, sums.quota, sums.bounded] == [100, 747, 747]
    assert [sums.whole, sums.remainder, sums.extra, sums.result] == [746, 1, 1, 747]
    line = result.line
    assert [row.key for row in line.last_in] == [SOCIAL]
    assert [row.key for row in line.first_out] == [DAY]
    assert line.margin == Fraction(6, 100)
    assert not line.is_decided


def test_the_printed_key_gives_the_published_reckoning() -> None:
    result = result_of(receivers(printed_new_key()), 1057)

    derived = read("practice-key-hovedstaden.json")["derived"]
    assert result.places == derived["largest_remainder_of_1057_on_printed_new_key"]
    sums = result.table.sums
    assert (sums.weight, sums.whole) == (Fraction("99.99"), 1041)
    assert [sums.remainder, sums.extra] == [16, 16]
    first = result.table.ranked[0]
    assert (first.key, rounded(first.remainder, 4)) == ("Furesø", Decimal("0.9963"))
    [last_in], [first_out] = result.line.last_in, result.line.first_out
    assert (last_in.key, last_in.rank, str(rounded(last_in.remainder, 4))) == ("Ballerup", 16, "0.5419")  # fmt: skip
    assert (first_out.key, first_out.rank, str(rounded(first_out.remainder, 4))) == ("Glostrup", 17, "0.5310")  # fmt: skip
    assert [str(rounded(result["København"].quota, 4)), result["København"].rank] == ["373.0526", 28]  # fmt: skip


def test_bounds_of_25_and_70_move_14_places() -> None:
    without = result_of(seventeen(), 747)
    within = result_of(bounded(seventeen(), low=25, high=70), 747)

    assert without["Greve"].result == 45
    assert rounded(without["Greve"].quota, 3) == Decimal("45.004")
    met = [(row.key, str(row.bound), row.result) for row in within.table.at_bound]
    assert met == [
        ("Roskilde", "high", 70),
        ("Næstved", "high", 70),
        ("Slagelse", "high", 70),
        ("Solrød", "low", 25),
        ("Stevns", "low", 25),
    ]
    assert within.table.scale == Fraction(487, 543_307)
    sums = within.table.sums
    assert (sums.whole, sums.whole_free, sums.at_bounds) == (741, 481, 260)
    assert [sums.remainder, sums.extra, sums.result] == [6, 6, 747]
    printed = [
        (row.rank, row.key, str(rounded(row.bounded, 3)), row.extra, row.result)
        for row in within.table.ranked
    ]
    assert printed == [
        (1, "Lolland", "35.950", 1, 36),
        (2, "Sorø", "26.907", 1, 27),
        (3, "Lejre", "25.657", 1, 26),
        (4, "Vordingborg", "40.652", 1, 41),
        (5, "Greve", "45.551", 1, 46),
        (6, "Ringsted", "31.499", 1, 32),
        (7, "Odsherred", "29.473", 0, 29),
        (8, "Kalundborg", "43.355", 0, 43),
        (9, "Køge", "55.322", 0, 55),
        (10, "Faxe", "33.310", 0, 33),
        (11, "Holbæk", "65.264", 0, 65),
        (12, "Guldborgsund", "54.060", 0, 54),
    ]
    plain = [str(rounded(row.quota, 3)) for row in within.table.at_bound]
    assert plain == ["79.213", "74.213", "70.573", "21.072", "20.787"]
    comparison = compared(without.places, within.places)
    assert (comparison.moved, comparison.sum) == (14, 0)
    sizes = [len(part) for part in (comparison.losers, comparison.gainers, comparison.unmoved)]  # fmt: skip
    assert sizes == [3, 8, 6]
    ends = comparison.by_change[:2] + comparison.by_change[-3:]
    assert [
        (row.key, row.change, str(rounded(row.percent, 1)))
        for row in ends
        if row.percent is not None
    ] == [
        ("Solrød", 4, "19.0"),
        ("Stevns", 4, "19.0"),
        ("Slagelse", -1, "-1.4"),
        ("Næstved", -4, "-5.4"),
        ("Roskilde", -9, "-11.4"),
    ]


def test_what_is_missing_on_a_side_has_no_difference() -> None:
    comparison = compared({"a": 1, "b": None, "c": 0}, {"a": 2, "b": 3, "c": 4, "d": 5})

    assert [row.change for row in comparison.rows] == [1, None, 4, None]
    assert [row.percent for row in comparison.rows] == [100, None, None, None]
    assert [row.key for row in comparison.by_change] == ["c", "a", "b", "d"]
    assert [row.key for row in comparison.unknown] == ["b", "d"]
    assert comparison.sum == 5


@pytest.mark.parametrize(
    ("those", "total", "by", "words"),
    [
        (receivers({"a": 1, "b": 2}, low=5), 8, 2, "Mindstetallene giver 10 pladser. Det er 2 flere end de 8, der skal deles."),
        (receivers({"a": 1, "b": 2}, high=5), 13, 3, "Der kan højst gives 10 pladser under de andele og grænser. 3 af 13 bliver til overs."),
        (receivers({"a": 0, "b": 0}), 4, 4, "Der kan højst gives 0 pladser under de andele og grænser. 4 af 4 bliver til overs."),
        (receivers({"a": 0, "b": 3}, low=2, high=4), 7, 1, "Der kan højst gives 6 pladser under de andele og grænser. 1 af 7 bliver til overs."),
        ((), 1, 1, "Der kan højst gives 0 pladser under de andele og grænser. 1 af 1 bliver til overs."),
    ],
)  # fmt: skip
def test_bounds_that_leave_no_answer_say_by_how_much(
    those: tuple[Receiver, ...], total: int, by: int, words: str
) -> None:
    for share in (apportion, partial(by_divisor, method=Method.WEBSTER)):
        with pytest.raises(BoundsError) as refused:
            share(those, total)
        assert (refused.value.by, str(refused.value)) == (by, words)


def test_who_meets_a_bound_and_who_only_touches_it() -> None:
    touching = receivers({"a": 1, "b": 3}, low=2)
    alike = (Receiver("a", Fraction(1), 3, 3), Receiver("b", Fraction(9), 0, 1))
    nothing = (Receiver("a", Fraction(0), 2, 9), Receiver("b", Fraction(1)))

    assert [row.bound for row in result_of(touching, 8).table.rows] == ["", ""]
    assert [row.bound for row in result_of(touching, 7).table.rows] == ["low", ""]
    assert result_of(alike, 4).places == {"a": 3, "b": 1}
    assert [row.bound for row in result_of(alike, 4).table.rows] == ["low", "high"]
    flat = (Receiver("a", Fraction(1), 0, 1), Receiver("b", Fraction(1), 5, 9))
    # Every scale from 1 to 5 fits: it is the one that would be without bounds.
    assert result_of(flat, 6).table.scale == 3
    assert result_of(nothing, 5).places == {"a": 2, "b": 3}


@pytest.mark.parametrize("wrong", [0.5, 1.0, True, "39", float("nan")])
def test_a_float_is_refused_with_a_sentence(wrong: float) -> None:
    with pytest.raises(TypeError, match="shares are reckoned of int"):
        exact(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        receivers({"a": wrong})  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        counted(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: apportion([*specialisations(), *specialisations()], 9), f"{DAY} står to gange."),
        (lambda: apportion(specialisations(), -1), "Et antal pladser kan ikke være negativt."),
        (lambda: receivers({"a": -1}), "a: en andel kan ikke være negativ."),
        (lambda: receivers({"a": 1}, low=3, high=2), "a: højst 2 er mindre end mindst 3."),
        (lambda: overbooked(747, -1), "Overbooking kan ikke være negativ."),
    ],
)  # fmt: skip
def test_what_cannot_be_shared_says_so(make: object, words: str) -> None:
    with pytest.raises(SharesError) as refused:
        make()  # type: ignore[operator]

    assert str(refused.value) == words


def test_rounding_is_named_and_written_down() -> None:
    values = [Fraction(text) for text in ("4.5", "-4.5", "1.5", "0.4999", "-0.4")]

    assert [half_away(value) for value in values] == [5, -5, 2, 0, 0]
    assert [str(rounded(value)) for value in values] == ["5", "-5", "2", "0", "0"]
    assert [str(rounded(value, 0, Rounding.HALF_EVEN)) for value in values] == ["4", "-4", "2", "0", "0"]  # fmt: skip
    assert [str(rounded(value, 0, Rounding.TRUNCATED)) for value in values] == ["4", "-4", "1", "0", "0"]  # fmt: skip
    assert str(rounded(Fraction(487, 12), 3)) == "40.583"
    with_five = overbooked(747, 5)
    assert (with_five.exact, with_five.places, with_five.added) == (Fraction("784.35"), 784, 37)  # fmt: skip
    assert with_five.rule == Rounding.HALF_AWAY
    assert overbooked(10, 5).places == 11
    assert overbooked(747, Decimal("2.5")).exact == Fraction("765.675")


shares = st.lists(st.integers(0, 60), min_size=1, max_size=7).filter(any)
PAIRS = {
    Method.JEFFERSON: "dhondt",
    Method.WEBSTER: "saintelague",
    Method.HILL: "huntington",
    Method.ADAMS: "adams",
    Method.DEAN: "dean",
}


def by(numbers: list[int]) -> tuple[Receiver, ...]:
    """Give receivers named a, b, c … ."""
    return receivers({chr(97 + at): number for at, number in enumerate(numbers)})


@settings(max_examples=150)
@given(shares, st.integers(1, 60))
def test_the_package_apportionment_agrees_where_nobody_stands_equal(
    numbers: list[int], total: int
) -> None:
    outcome = apportion(by(numbers), total)

    # In fractions it divides by a fraction that it made whole first; as decimals it is
    # right as long as no remainders are equal.
    if isinstance(outcome, Result):
        theirs = elsewhere.compute("largest_remainder", numbers, total)
        assert list(outcome.places.values()) == theirs
    for method, name in PAIRS.items():
        compared_ = by_divisor(by(numbers), total, method)
        if not compared_.among:
            theirs = elsewhere.compute(name, numbers, total)
            assert list(compared_.places.values()) == theirs, method


def test_divisor_methods_differ_as_they_are_known_to() -> None:
    """A textbook's five: each method favours the small more than the one below it."""
    those = receivers({"a": 9061, "b": 7179, "c": 5259, "d": 3319, "e": 1182})

    given_ = {
        method: tuple(by_divisor(those, 26, method).places.values())
        for method in Method
    }
    assert given_ == {
        Method.ADAMS: (9, 7, 5, 3, 2),
        Method.DEAN: (9, 7, 5, 4, 1),
        Method.HILL: (9, 7, 6, 3, 1),
        Method.WEBSTER: (9, 8, 5, 3, 1),
        Method.JEFFERSON: (10, 7, 5, 3, 1),
    }
    equal = by_divisor(receivers({"a": 1, "b": 1, "c": 1}), 4, Method.WEBSTER)
    assert (equal.among, equal.left) == (("a", "b", "c"), 1)
    assert equal.places == {"a": 1, "b": 1, "c": 1}
    within = by_divisor(receivers({"a": 98, "b": 2}, low=3, high=90), 97, Method.ADAMS)
    assert within.places == {"a": 90, "b": 7}


bounds = st.tuples(st.integers(0, 8), st.integers(0, 20), st.integers(0, 40))


@settings(max_examples=250)
@given(st.lists(bounds, min_size=1, max_size=7), st.integers(0, 90), st.randoms())
def test_one_scale_fits_and_the_order_of_input_decides_nothing(
    drawn: list[tuple[int, int, int]], total: int, random: object
) -> None:
    those = tuple(
        Receiver(chr(97 + at), Fraction(weight), low, low + more)
        for at, (low, more, weight) in enumerate(drawn)
    )
    mixed = list(those)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    highest = sum(one.high or 0 if one.weight else one.low for one in those)
    lowest = sum(one.low for one in those)
    if not lowest <= total <= highest:
        with pytest.raises(BoundsError) as refused:
            apportion(those, total)
        assert refused.value.by == max(lowest - total, total - highest) > 0
        return

    outcome = apportion(those, total)

    assert apportion(mixed, total) == outcome
    scale = outcome.table.scale
    for row in outcome.table.rows:
        low, high = Fraction(row.receiver.low), Fraction(row.receiver.high or 0)
        assert row.bounded == min(max(row.weight * scale, low), high)
        assert (row.bound == "low") == (row.weight * scale < low)
        assert (row.bound == "high") == (row.weight * scale > high)
        assert row.extra is None or low <= row.whole + row.extra <= high
    assert sum(row.bounded for row in outcome.table.rows) == total
    if isinstance(outcome, Tie):
        assert 0 < outcome.places < len(outcome.among)
    else:
        assert sum(outcome.places.values()) == total
