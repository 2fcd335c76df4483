"""A measure that is the sum of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resultcontracts.choices import Missing, Operator, Qualifier, Status
from resultcontracts.standing.measures import Measure, Measurement
from resultcontracts.standing.numbers import Reading, UnitMismatchError
from resultcontracts.standing.periods import Period
from resultcontracts.standing.sums import with_sums
from resultcontracts.standing.targets import Target

DAY = date(2022, 3, 1)
YEAR = Period("2021", date(2021, 12, 31), is_year=True)
UNIT = "deltagere"


def a_part(label: str, value: int | None, approved: date | None = DAY) -> Measure:
    bare = Measure(label, label, "{}", YEAR)
    if value is None:
        return bare
    row = Measurement(Reading.of(value, UNIT), YEAR, approved)
    return replace(bare, measurements=(row,))


def total_of(parts: list[Measure], of: tuple[str, ...] | None = None) -> Measurement:
    measures = {each.label: each for each in (*parts, Measure("S", "S", "{}", YEAR))}
    labels = of if of is not None else tuple(each.label for each in parts)
    found = with_sums(measures, {"S": labels}, dict.fromkeys(measures, UNIT), DAY)
    (row,) = found["S"].measurements
    return row


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6))
def test_a_sum_is_its_parts_and_the_order_is_nothing(numbers: list[int]) -> None:
    parts = [a_part(str(place), number) for place, number in enumerate(numbers)]

    row, turned = total_of(parts), total_of(parts[::-1])

    assert row.reading == turned.reading == Reading.of(Fraction(sum(numbers)), UNIT)


@pytest.mark.parametrize(
    ("parts", "of"),
    [
        ([a_part("1", 5), a_part("2", None)], None),
        ([a_part("1", 5), a_part("2", 7, approved=None)], None),
        ([a_part("1", 5), a_part("2", 7, approved=date(2022, 3, 2))], None),
        ([a_part("1", 5)], ("1", "9")),
        ([a_part("1", 5)], ("1", "S")),
        ([], ()),
    ],
    ids=["no result", "a draft", "approved later", "unknown", "itself", "no parts"],
)
def test_a_sum_of_some_is_none(
    parts: list[Measure], of: tuple[str, ...] | None
) -> None:
    row = total_of(parts, of)

    assert (row.reading, row.missing) == (None, Missing.NOT_MEASURED)


def test_a_part_of_an_earlier_year_is_missing() -> None:
    before = Period("2020", date(2020, 12, 31), is_year=True)
    row = Measurement(Reading.of(3, UNIT), before, DAY)
    other = replace(a_part("2", None), measurements=(row,))

    assert total_of([a_part("1", 5), other]).missing is Missing.NOT_MEASURED


def test_a_sum_counts_from_the_day_its_last_part_did() -> None:
    earlier = a_part("1", 0, approved=date(2022, 1, 5))
    later = a_part("2", 4, approved=date(2022, 2, 9))

    assert total_of([earlier, later]).approved_on == date(2022, 2, 9)


def test_kroner_are_not_added_to_people() -> None:
    row = Measurement(Reading.of(3, "kr."), YEAR, DAY)
    other = replace(a_part("2", None), measurements=(row,))

    with pytest.raises(UnitMismatchError):
        total_of([a_part("1", 5), other])


def rough(label: str, value: int, qualifier: Qualifier, **more: bool) -> Measure:
    reading = Reading.of(value, UNIT, qualifier)
    row = Measurement(reading, YEAR, DAY, **more)  # type: ignore[arg-type]
    return replace(a_part(label, None), measurements=(row,))


def test_a_sum_is_as_rough_as_its_parts_and_counts_what_they_count() -> None:
    barely = rough("1", 50, Qualifier.BARELY)
    for other, expected in (
        (Qualifier.NONE, Qualifier.BARELY),
        (Qualifier.BARELY, Qualifier.BARELY),
        (Qualifier.WELL_OVER, Qualifier.ABOUT),
    ):
        found = total_of([barely, rough("2", 50, other)]).reading
        assert found is not None
        assert found.qualifier is expected
    # "Knap 50" and 50 do not reach 100.
    total = total_of([barely, a_part("2", 50)])
    assert total.reading is not None
    target = Target.of(Operator.AT_LEAST, 100, UNIT)
    assert target.judge(total.reading) is Status.NOT_REACHED
    assert not total.is_proxy
    assert total_of([barely, rough("2", 1, Qualifier.NONE, is_proxy=True)]).is_proxy
    assert total_of([barely, rough("2", 1, Qualifier.NONE, is_derived=True)]).is_derived
