"""The numbers in a figure as it is printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.figures import read_figure


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
        "24-7", "½", "1.23.4", "mange", "", "12 pct.", "3 til 5", "13 af 50",
        "1 753", "200 000", "½ 3", "3 - - 5",
    ],
)  # fmt: skip
def test_what_is_no_number_or_falls_has_no_ends(printed: str) -> None:
    assert read_figure(printed) == {"low": None, "high": None, "qualifier": ""}
