"""Danish dates, times, numbers and counts read as people write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import formats

NOW = datetime(2023, 11, 7, 9, 30)  # noqa: DTZ001 -- the portal's clock, no zone needed
TODAY = NOW.date()


def said(text: str) -> str:
    return text.replace(formats.NBSP, " ")


def test_dates_are_written_in_words() -> None:
    day = date(2023, 11, 22)

    assert said(formats.long_date(day)) == "22. november 2023"
    assert said(formats.short_date(day)) == "22. nov."
    assert said(formats.short_date_year(day)) == "22. nov. 2023"
    assert said(formats.weekday_date(day)) == "ons. 22. nov."
    assert said(formats.weekday_long_date(day)) == "Onsdag 22. november 2023"
    assert said(formats.short_date(date(2024, 5, 3))) == "3. maj"


def test_clock_times_have_a_point_and_no_leading_zero() -> None:
    start = datetime(2023, 11, 22, 9, 5)  # noqa: DTZ001

    assert said(formats.clock_time(start)) == "kl. 9.05"
    assert (
        said(formats.clock_span(start, start + timedelta(hours=7))) == "kl. 9.05–16.05"
    )


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2023, 11, 7, 9, 12), "i dag kl. 9.12"),  # noqa: DTZ001
        (datetime(2023, 11, 6, 15, 40), "i går kl. 15.40"),  # noqa: DTZ001
        (datetime(2023, 11, 8, 0, 0), "i morgen kl. 0.00"),  # noqa: DTZ001
        (datetime(2023, 10, 30, 11, 5), "30. okt. kl. 11.05"),  # noqa: DTZ001
        (datetime(2022, 10, 30, 11, 5), "30. okt. 2022 kl. 11.05"),  # noqa: DTZ001
    ],
)
def test_a_moment_is_said_as_briefly_as_it_can_be(moment: datetime, words: str) -> None:
    assert said(formats.when(moment, now=NOW)) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (8, "om 8 dage"),
        (1, "i morgen"),
        (0, "i dag"),
        (-1, "1 dag for sent"),
        (-2, "2 dage for sent"),
    ],
)
def test_a_deadline_says_how_far_off_it_is(days: int, words: str) -> None:
    assert said(formats.days_away(TODAY + timedelta(days=days), today=TODAY)) == words


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1753, None, "1.753"),
        (843513, None, "843.513"),
        (0, None, "0"),
        (-3, None, "−3"),
        (Decimal("0.5"), None, "0,5"),
        (Decimal("1234.50"), None, "1.234,50"),
        (2.345, 1, "2,3"),
        (Decimal("-0.30"), 2, "−0,30"),
    ],
)
def test_numbers_have_points_for_thousands_and_a_comma(
    value: float | Decimal, decimals: int | None, written: str
) -> None:
    assert formats.number(value, decimals) == written


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_written_number_can_be_read_back(value: int) -> None:
    read = formats.number(value).replace(".", "").replace(formats.MINUS, "-")

    assert int(read) == value


def test_counts_take_the_right_word_and_nought_may_have_its_own() -> None:
    assert said(formats.counted(1, "gevinst", "gevinster")) == "1 gevinst"
    assert said(formats.counted(0, "gevinst", "gevinster")) == "0 gevinster"
    assert formats.counted(0, "møde", "møder", "ingen møder") == "ingen møder"
    assert said(formats.counted(1200, "side", "sider")) == "1.200 sider"


def test_pages_of_the_packet_keep_their_letters() -> None:
    assert said(formats.page(41)) == "s. 41"
    assert said(formats.pages(30, 55)) == "s. 30–55"
    assert said(formats.pages("71a", "71b")) == "s. 71a–71b"
    assert said(formats.pages(41, "41")) == "s. 41"


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "1 kB"), (340_000, "340 kB"), (999_499, "999 kB"), (2_400_000, "2,4 MB")],
)
def test_a_file_size_is_short(size: int, words: str) -> None:
    assert said(formats.file_size(size)) == words


def test_a_list_of_names_ends_in_og() -> None:
    assert formats.listed(["Faxe", "Greve", "Solrød"]) == "Faxe, Greve og Solrød"
    assert formats.listed(["Faxe"]) == "Faxe"
    assert formats.listed([]) == ""


def test_a_place_in_a_text_is_not_parted() -> None:
    text = "2.1 Bilag 3, side 32 og s. 4; 4 Bilagene, slide 9"

    assert formats.unbroken(text).split(" ") == [
        "2.1\xa0Bilag\xa03,",
        "side\xa032",
        "og",
        "s.\xa04;",
        "4",
        "Bilagene,",
        "slide\xa09",
    ]
