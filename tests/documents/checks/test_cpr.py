"""Numbers that may be cpr numbers: found in every spelling, and hardly anything else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.checks import page_passages, run
from documents.intake.cpr import count
from tests.documents.checks.makers import fixture, foreign, found, item

# None of these belongs to anybody: the last four digits are 0000 or made of one digit.
PLANTED = [
    "010190-1111", "0101901111", "010190 1111", "010190 - 1111", "010190–1111",
    "01.01.90-1111", "290200-0000", "311299-4444",
]  # fmt: skip
OTHERS = [
    "Tlf. 0101901111", "CVR 1101901111", "sagsnr. 0101901111", "Dok. nr. 122567",
    "EAN 5790001111111", "321390-1111", "300290-1111", "010190-111", "1010190-1111",
    "010190-11112", "1.010.190.111", "0101901111 kr.", "28. juni 2021", "2024-2034",
    "01.01.2024 1111", "+45 0101901111", "22/0101901111", "konto 0101901111",
    "p. 101-1111", "ISBN 0101901111",
]  # fmt: skip


@pytest.mark.parametrize("number", PLANTED)
@pytest.mark.parametrize(
    "around", ["{}", "Borgeren ({}) har søgt.", "Underskrevet: {}."]
)
def test_a_number_is_found_in_every_spelling(number: str, around: str) -> None:
    assert count(around.format(number)) == 1


@pytest.mark.parametrize(
    "text", ["Se 0102031234", "Se sagen om 0102031234", "Vores besøg 0102031234"]
)
def test_words_that_only_begin_like_a_sign_hide_no_number(text: str) -> None:
    assert count(text) == 1


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert count(text) == 0


@given(st.dates(date(1900, 1, 1), date(2057, 12, 31)), st.integers(0, 9999))
def test_every_birthday_with_any_four_digits_is_found(day: date, last: int) -> None:
    assert count(f"Nr {day:%d%m%y}-{last:04d} her") == 1


def test_the_number_itself_is_in_no_part_of_the_flaw() -> None:
    (flaw,) = found("cpr", foreign("Borger 010190-1111 og 020290-2222 har søgt."))

    assert flaw.sentence.startswith("2\xa0tal ligner cpr-numre.")
    assert "1111" not in repr(flaw)
    assert "0101" not in repr(flaw)


def test_no_other_check_quotes_a_number_that_stands_beside_its_flaw() -> None:
    flaws = run([item("Prisen for 010190-1111 er TBD, og 010190-1111,, er ti l salg.")])

    assert len(flaws) > 2
    assert "1111" not in repr(flaws)


def test_a_number_in_a_title_is_found_and_the_title_is_not_quoted() -> None:
    (flaw,) = found("cpr", item(title="Klage fra 010190-1111"))

    assert (flaw.where, flaw.quote) == ("Titel", "••••••-••••")


def test_another_number_at_the_same_place_is_another_flaw() -> None:
    (one,) = found("cpr", item("Borger 010190-1111"))
    (other,) = found("cpr", item("Borger 020290-2222"))

    assert one.quote == other.quote
    assert one.fingerprint != other.fingerprint


@pytest.mark.parametrize("name", ["proposals", "cooperation_units", "municipalities"])
def test_nothing_in_the_real_data_is_taken_for_a_number(name: str) -> None:
    assert count(str(fixture(name))) == 0


def test_a_number_that_stands_in_a_table_of_a_file_is_found() -> None:
    (passage,) = page_passages(["Navn og nummer\n010190-1111"])

    assert count(passage.text) == 1
