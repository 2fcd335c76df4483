"""Results over the years, and a municipality's part of a total."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtures
from resultcontracts.choices import Missing, Qualifier
from resultcontracts.standing.measures import Measurement
from resultcontracts.standing.numbers import Reading
from resultcontracts.standing.periods import Period
from resultcontracts.standing.series import series_of
from resultcontracts.standing.yardsticks import beside, yardsticks
from tests.resultcontracts.test_standing import APPROVED, TODAY

if TYPE_CHECKING:
    from collections.abc import Sequence


def result(
    year: int, value: int = 70, definition: int = 1, days: int = 0
) -> Measurement:
    period = Period(str(year), date(year, 12, 31), is_year=True)
    approved = APPROVED + timedelta(days=days)
    return Measurement(
        Reading.of(value, "pct."), period, approved, definition=definition
    )


def values(points: Sequence[Measurement]) -> list[str]:
    return [row.reading.text for row in points if row.reading]


def test_two_points_are_no_trend_and_three_are() -> None:
    rows = [result(2021), result(2019), result(2020)]
    assert series_of([], TODAY).text == "Ingen resultater"
    assert series_of(rows[:1], TODAY).text == "Ét punkt er ingen tendens"
    assert series_of(rows[:2], TODAY).text == "To punkter er ingen tendens"
    three = series_of(rows, TODAY)
    assert three.is_trend
    assert three.text.replace("\N{NO-BREAK SPACE}", " ") == "3 punkter kan sammenlignes"


def test_a_changed_question_cuts_the_line() -> None:
    rows = [result(2018), result(2019), result(2020), result(2021, 80, definition=2)]
    found = series_of(rows, TODAY)
    assert [stretch.definition for stretch in found.stretches] == [1, 2]
    assert found.comparable == 1
    assert not found.is_trend


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    rows = [result(2020, 60), result(2021, 82, days=9), result(2021, 77)]
    found = series_of(rows, TODAY)
    assert values(found.stretches[0].points) == ["60", "82"]
    before = series_of(rows, APPROVED)
    assert values(before.stretches[0].points) == ["60", "77"]


def test_what_has_no_result_or_no_day_or_is_not_approved_is_not_drawn() -> None:
    undated = Measurement(Reading.of(50, "pct."), Period("", None), APPROVED)
    missing = Measurement(
        None, Period("2022", date(2022, 12, 31)), APPROVED, Missing.AWAITED
    )
    draft = Measurement(
        Reading.of(99, "pct."), Period("2023", date(2023, 12, 31)), None
    )
    found = series_of([undated, missing, draft, result(2021)], TODAY)
    assert found.undated == (undated,)
    assert values(found.stretches[0].points) == ["70"]


def test_a_result_that_was_taken_back_is_not_drawn() -> None:
    back = Measurement(
        None,
        Period("2021", date(2021, 12, 31), is_year=True),
        APPROVED + timedelta(days=9),
        Missing.NOT_MEASURED,
    )
    rows = [result(2020, 60), result(2021, 77), back]
    assert values(series_of(rows, TODAY).stretches[0].points) == ["60"]
    assert values(series_of(rows, APPROVED).stretches[0].points) == ["60", "77"]


def population() -> tuple[int, int]:
    path = Path(fixtures.__file__).parent / "data" / "municipalities.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["municipalities"]
    own = [row for row in rows if row["council"] == "sjaelland"]
    assert len(own) == 17
    solroed = next(row for row in own if row["name"] == "Solrød")
    return solroed["population"], sum(row["population"] for row in own)


def test_barely_fifty_in_solroed_is_over_one_part_and_under_the_other() -> None:
    totals = [("aftalte forløb", 1300), ("forløb i alt", 1929), ("lange forløb", 722)]
    parts = yardsticks(totals, *population())
    assert [part.text for part in parts] == ["36,7", "54,4", "20,4"]
    reading = Reading.of(50, "forløb", Qualifier.BARELY)
    assert [beside(reading, part) for part in parts] == ["over", "under", "over"]


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=98), st.integers(0, 10**5))
def test_the_parts_of_a_total_are_the_total(people: list[int], total: int) -> None:
    parts = [
        yardsticks([("x", total)], each, sum(people))[0].minimum for each in people
    ]
    assert sum(parts) == total


def test_a_rough_number_at_the_part_itself_leaves_it_open() -> None:
    part = yardsticks([("x", 100)], 1, 2)[0]
    assert beside(Reading.of(50, ""), part) == "lig med"
    assert beside(Reading.of(50, "", Qualifier.ABOUT), part) == "over eller under"
    assert beside(Reading(Fraction(40), Fraction(60), ""), part) == "over eller under"


@pytest.mark.parametrize(("own", "of"), [(0, 10), (11, 10), (-1, 10)])
def test_no_share_of_a_population_is_refused(own: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        yardsticks([("x", 100)], own, of)
