"""Percentages counted again, figures told twice, and answers that are asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.formats import number
from documents.checks import asked
from tests.documents.checks.makers import foreign, found, item, quotes, sentences

WHOLE = st.integers(1, 10**7)


def growth(low: int, high: int, share: Decimal) -> str:
    return f"Besøg kan stige fra {number(low)} til {number(high)}, en vækst på {number(share)} pct."


@given(WHOLE, st.integers(1, 10**7), st.integers(0, 2))
def test_growth_that_is_right_to_its_last_digit_is_never_flagged(
    low: int, more: int, decimals: int
) -> None:
    share = (Decimal(more) / low * 100).quantize(Decimal(1).scaleb(-decimals))

    assert found("percentages", item(growth(low, low + more, share))) == []


@given(WHOLE, st.integers(1, 10**7), st.integers(2, 50))
def test_growth_that_is_wrong_by_two_points_always_is(
    low: int, more: int, off: int
) -> None:
    share = round(Decimal(more) / low * 100) + off

    assert len(found("percentages", item(growth(low, low + more, Decimal(share))))) == 1


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Vi nåede 412 af 500 (82 pct.).", True),
        ("Vi nåede 412 af 500 (86 pct.).", False),
        ("Andelen er faldet fra godt 21 pct. i 2006 til 18 pct. nu.", True),
        ("Tallet falder fra 200 til 150, et fald på 25 pct.", True),
        ("Tallet falder fra 200 til 150, et fald på 30 pct.", False),
        ("Tallet falder fra 200 til 150, et fald på over 20 pct.", True),
        ("Tallet falder fra 200 til 150, et fald på højst 20 pct.", False),
        ("I 2022 steg udgiften fra 10 mio. kr. til 12 mio. kr., altså 20 pct.", True),
    ],
)
def test_shares_and_falls_are_counted_too(text: str, right: bool) -> None:  # noqa: FBT001
    assert (found("percentages", item(text)) == []) is right


def test_the_parts_of_a_whole_may_stand_in_a_table_on_the_page() -> None:
    table = ("Kommunal indsats", "10,6 mia. kr.", "Foreslået besparelse", "3 mia. kr.",
             "Gennemført besparelse", "1 mia. kr.")  # fmt: skip
    claim = "Med foreslået og gennemført besparelse fjernes {} pct. af midlerne til indsatsen."

    wrong = foreign(*table, claim.format("over 40"), title="Hovedrapport")
    assert sentences(found("percentages", wrong)) == [
        "”over 40 pct.” passer ikke med rapportens egne tal: "
        "3 + 1 af 10,6 mia. kr. er 37,7 pct."
    ]
    for share in ("ca. 38", "over 37", "37,7", "knap 38"):
        assert found("percentages", foreign(*table, claim.format(share))) == []


def test_large_figures_are_compared_by_what_their_last_digit_is_worth() -> None:
    one = item("Den kommunale indsats kostede 10,6 mia. kr.")
    other = foreign("Den kommunale indsats kostede 10,67 mia. kr.")
    rounded = foreign("Den kommunale indsats kostede 10,62 mia. kr.")

    assert quotes("two-figures", one, other) == ["10,67 mia. kr."]
    assert found("two-figures", one, rounded) == []


def test_an_answer_that_is_asked_for_is_given_with_its_day_once() -> None:
    subject = foreign(
        "Vi beder om en skriftlig tilkendegivelse fra hver part senest den 14. november "
        "2023. Der udarbejdes et referat.",
        "Hver part giver skriftligt besked senest den 14. november 2023.",
        "Vedtaget den 7. februar 2019. Svar senest den 31. februar 2024.",
    )

    (only,) = asked(subject)
    assert (only.what, only.on) == ("skriftlig tilkendegivelse", date(2023, 11, 14))
    assert only.passage.page == 2
