"""Numbers as somebody types them, read in one place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.typed import NotANumberError, read_count, read_number, shown

READ = {
    "41": "41",
    "12,5": "12.5",
    " 1.300 ": "1300",
    "1.234.567,25": "1234567.25",
    "−4": "-4",
    "-4,5": "-4.5",
    "41 pct.": "41",
    "41 %": "41",
    "0": "0",
    "1 753": "1753",
    "0012": "12",
    "0,50000": "0.5",
}
REFUSED = {
    "12,5.3": "12,5.3 er ikke et tal. Skriv fx 12,5.",
    "ca. 40": "ca. 40 er ikke et tal. Skriv fx 40.",
    "12.5": "12.5 er ikke et tal. Skriv fx 12,5.",
    "mange": "mange er ikke et tal. Skriv fx 12,5.",
    "1.30": "1.30 er ikke et tal. Skriv fx 1,30.",
    "4-5": "4-5 er ikke et tal. Skriv fx 4.",
    "١٢": "١٢ er ikke et tal. Skriv fx 12,5.",
    "1e9": "1e9 er ikke et tal. Skriv fx 1.",
    "12 5": "12 5 er ikke et tal. Skriv fx 12.",
    "0,00001": "Tallet kan højst have 4 cifre efter kommaet.",
    "100000000000": ("Tallet kan højst have 11 cifre før kommaet."),
}


def test_what_is_a_number() -> None:
    """Danish decimals and thousands, a unit after it; anything else gets a sentence."""
    assert {text: read_number(text) for text in READ} == {
        text: Decimal(value) for text, value in READ.items()
    }
    for text, sentence in REFUSED.items():
        with pytest.raises(NotANumberError) as error:
            read_number(text)
        assert str(error.value) == sentence
    assert read_count("1.041") == 1041
    for text in ("41,5", "-1"):
        with pytest.raises(NotANumberError, match="er ikke et helt antal"):
            read_count(text)
    with pytest.raises(NotANumberError, match="for stort"):
        read_count("9.999.999.999")


KEPT = st.decimals(
    min_value=Decimal(-(10**11) + 1), max_value=Decimal(10**11 - 1), places=4
)


@given(KEPT)
def test_what_is_shown_reads_as_the_same_number(value: Decimal) -> None:
    """With the minus of a keyboard too, and with thousands as a spreadsheet has them."""
    text = shown(value)
    for typed in (
        text,
        text.replace("−", "-"),
        text.replace(".", " "),
        f" {text} pct.",
    ):
        assert read_number(typed) == value


@given(st.text(alphabet="0123456789.,-− kr%pct", max_size=20) | st.text(max_size=9))
def test_a_text_is_a_number_that_is_shown_alike_or_gets_a_sentence(text: str) -> None:
    try:
        value = read_number(text)
    except NotANumberError as error:
        sentence = str(error)
    else:
        sentence = "."
        _holds_what_was_typed(value, text)
    assert sentence.endswith(".")


def _holds_what_was_typed(value: Decimal, text: str) -> None:
    assert read_number(shown(value)) == value
    digits = [sign for sign in shown(abs(value)) if sign.isdecimal()]
    assert "".join(digits).strip("0") in "".join(filter(str.isdecimal, text))
