"""Bullets: the scale of a row, and nothing where nothing was measured."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from resultcontracts.charts.bullet import (
    STUB,
    WIDTH,
    Box,
    Bullet,
    bullet,
    drawn,
    track_of,
)
from resultcontracts.choices import Operator
from resultcontracts.standing.measures import standing_of
from resultcontracts.standing.numbers import Reading
from resultcontracts.standing.targets import Target
from tests.resultcontracts.contract import goals
from tests.resultcontracts.test_standing import TODAY

MEASURES = {each.label: each for _, measures in goals() for each in measures}
TWO_THIRDS = WIDTH * 2 / 3


def of(label: str) -> Bullet | None:
    return bullet(standing_of(MEASURES[label], TODAY))


def span(box: Box) -> tuple[float, float]:
    return float(box.x), float(box.x) + float(box.width)


def test_the_contract_of_2021_is_drawn_as_its_numbers_are() -> None:
    expected = {
        "1.1": 38 / 39 * TWO_THIRDS,
        "3.1": 77 / 80 * TWO_THIRDS,
        "9.2": 382 / 385 * TWO_THIRDS,
        "13.2": 67 / 137.55 * TWO_THIRDS,
        "13.3": 44 / 44.1 * TWO_THIRDS,
        "3.4": 76 / 70 * TWO_THIRDS,
        "17.4": 2 / 4 * TWO_THIRDS,
        # Beyond one and a half times the target the figure tells.
        "15.2": WIDTH,
        "9.1": WIDTH,
        # A measured 0 is a figure, and is seen.
        "17.1": STUB,
    }
    for label, end in expected.items():
        found = of(label)
        assert found is not None, label
        assert span(found.bar) == pytest.approx((0, end), abs=0.01), label
        assert found.is_cut is (label in {"15.2", "9.1"}), label
        assert found.is_band is (label == "17.4"), label
    band = of("17.4")
    assert band is not None
    ends = (TWO_THIRDS / 2 - 1.25, TWO_THIRDS + 1.25)
    assert span(band.mark) == pytest.approx(ends, abs=0.01)


def test_only_what_counts_something_else_is_hollow() -> None:
    hollow = {label for label in MEASURES if (found := of(label)) and found.is_hollow}
    assert hollow == {"11.1", "12.3", "15.4"}


def test_what_was_not_measured_is_not_drawn() -> None:
    missing = {label for label in MEASURES if of(label) is None}
    no_number = {"1.2", "2.1", "5.1", "5.2", "6.1", "6.3", "7.2", "7.3", "7.4", "10.1",
                 "12.2", "13.6", "14.1", "14.2", "15.1", "15.3", "17.2", "18.2"}  # fmt: skip
    assert missing == no_number
    page = render_to_string("resultcontracts/charts/bullet.html", {"bullet": None})
    assert "svg" not in page


def test_each_shape_is_said_without_colour_too() -> None:
    pages = {
        label: render_to_string(
            "resultcontracts/charts/bullet.html", {"bullet": of(label)}
        )
        for label in ("1.1", "11.1", "17.4")
    }
    for page in pages.values():
        assert 'aria-hidden="true"' in page
        assert " style=" not in page
    assert "chart-fill-bar" in pages["1.1"]
    assert "chart-fill-paper chart-line-bar" in pages["11.1"]
    assert "chart-line-ink" in pages["17.4"]
    assert "chart-line-ink" not in pages["1.1"]


NUMBERS = st.fractions(min_value=-200, max_value=2000, max_denominator=100)


@given(
    low=NUMBERS,
    more=st.fractions(min_value=0, max_value=50, max_denominator=4),
    mark=NUMBERS,
    operator=st.sampled_from([each for each in Operator if each != Operator.BETWEEN]),
)
def test_every_target_stands_under_the_same_word_and_no_bar_leaves_its_track(
    low: Fraction, more: Fraction, mark: Fraction, operator: Operator
) -> None:
    reading = Reading(low, low + more, "pct.")
    target = Target.of(operator, mark, "pct.")
    track = track_of(reading, target)
    assert track.at(mark) == Fraction(2, 3) * WIDTH
    assert track.low <= 0 <= track.high
    found = drawn(reading, target)
    for box in filter(None, (found.bar, found.rest)):
        left, right = span(box)
        assert left >= -0.01
        assert right <= WIDTH + 0.01
        assert right - left >= STUB - 0.01
    # A negative result lies left of zero, a positive one right of it.
    zero = float(track.at(Fraction(0)))
    middle = sum(span(found.bar)) / 2
    if not more and low and abs(float(track.at(low)) - zero) > STUB:
        assert (middle > zero) is (low > 0)
