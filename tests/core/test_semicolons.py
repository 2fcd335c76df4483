"""CSV for Danish spreadsheets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.semicolons import written


def line(*cells: str | int | Decimal | None) -> str:
    return written(["a"], [cells]).decode("utf-8-sig").split("\r\n", 1)[1][:-2]


def test_numbers_have_a_comma_and_nothing_stays_empty() -> None:
    assert line(Decimal("2.82"), Decimal(-3), 1753, None) == "2,82;-3;1753;"
    assert line(Decimal("1E+3")) == "1000"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_is_never_worked_out(sign: str) -> None:
    assert line(f"{sign}HYPERLINK(1)").strip('"').startswith(f"'{sign}")


def test_signs_of_the_format_are_quoted() -> None:
    assert line('a;b "c"', "æøå") == '"a;b ""c""";æøå'


def test_a_spreadsheet_knows_the_letters() -> None:
    assert written(["Nøgle"], []) == b"\xef\xbb\xbfN\xc3\xb8gle\r\n"
