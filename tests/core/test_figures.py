"""The numbers in a figure as it is printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures import cut_up, print_figure, read_figure


@pytest.mark.parametrize(
    ("printed", "low", "high", "qualifier"),
    [
        ("13", "13", "13", ""),
        ("3-5", "3", "5", ""),
        ("3–5", "3", "5", ""),
        ("3 - 5", "3", "5", ""),
        ("ca. 3 – 5", "3", "5", "ca."),
        ("godt 73.000", "73000", "73000", "godt"),
        ("ca. 1.234,5", "1234.5", "1234.5", "ca."),
        ("4-5", "4", "5", ""),
        ("½", "0.5", "0.5", ""),
        ("1½-2", "1.5", "2", ""),
        ("godt 102.000", "102000", "102000", "godt"),
    ],
)
def test_a_printed_figure_is_read_as_its_ends(
    printed: str, low: str, high: str, qualifier: str
) -> None:
    found = read_figure(printed)

    assert found == {
        "low": Decimal(low),
        "high": Decimal(high),
        "qualifier": qualifier,
    }


@pytest.mark.parametrize(
    "printed",
    [
        "24-7", "1.23.4", "mange", "", "12 pct.", "3 til 5", "13 af 50",
        "1 753", "200 000", "½ 3", "3 - - 5",
    ],
)  # fmt: skip
def test_what_is_no_number_or_falls_has_no_ends(printed: str) -> None:
    assert read_figure(printed) == {"low": None, "high": None, "qualifier": ""}


WORDS = st.sampled_from(["", "godt", "ca.", "knap", "op til"])
ENDS = st.from_regex(
    r"\A([1-9][0-9]{0,2}(\.[0-9]{3}){1,2}|[0-9]{1,6})(,[0-9]{1,3})?\Z|\A[1-9]?[½¼¾]\Z"
)
AMOUNTS = st.decimals(0, 10**8, places=3).map(Decimal.normalize)


@given(WORDS, ENDS, st.sampled_from(["", "-", "–", " – "]), ENDS)
def test_what_is_cut_up_prints_as_it_was_sign_for_sign(
    words: str, first: str, dash: str, last: str
) -> None:
    printed = f"{words} {first}{dash}{last if dash else ''}".strip()

    found = cut_up(printed)

    assert found is not None
    assert found.text == printed
    assert (found.words, found.dash) == (words, dash)


def test_a_pair_that_falls_is_printed_and_is_no_interval() -> None:
    found = cut_up("24-7")

    assert found is not None
    assert (found.text, found.ends, found.numbers) == ("24-7", ("24", "7"), None)


@given(WORDS, AMOUNTS, AMOUNTS)
def test_numbers_that_are_printed_are_read_as_the_same(
    words: str, one: Decimal, other: Decimal
) -> None:
    low, high = sorted((one, other))

    found = read_figure(print_figure(low, high, words))

    assert found == {"low": low, "high": high, "qualifier": words}
