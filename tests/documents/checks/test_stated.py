"""Which numbers of a text must come from somewhere, and whether they do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import formats
from documents.checks import Passage, Subject
from documents.checks.stated import (
    given_numbers,
    matches,
    nearest,
    typed_numbers,
)


def numbers(text: str) -> list[str]:
    return [own.text for own in typed_numbers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Brevet er fra den 22. september 2023 og 3.-5. maj, 1. jan. 2024, 22/11.",
        "Mødet er 22.11.2023 kl. 13.00–16.00, se 2023-11-22.",
        "Filmaftale 2019-2023 udløber i 2023/24 efter fem år siden 1998.",
        "Se punkt 2.3, 2.1 Bilag 3, side 41-45 og § 6, stk. 2, i lov nr. 1436 af 2022.",
        "Forslag 12 og 14 samt 2.6 Bilag 21 til 24.",
        "Ring på tlf. 24 65 00 00, 24650000 eller +45 24 65 00 00. CVR 55832218.",
        "Skriv til 4100 Ringsted eller se https://kkr.dk/2345 og dok. 122567.",
        "De 17 kommuner og 9 partier er enige 100 pct.; 30. behandling, K17 og A4.",
    ],
)
def test_dates_names_addresses_and_small_counts_are_left_alone(text: str) -> None:
    assert numbers(text) == []


def test_what_must_come_from_somewhere_is_read_as_it_stands() -> None:
    text = (
        "De 17 kommuner har 840.000 indbyggere i 2022, 12 pct. flere end i 2000; det "
        "koster 2000 kr. for 1,2 mio. kr. til 45 elever."
    )

    assert numbers(text) == [
        "840.000", "12 pct.", "2000 kr.", "1,2 mio. kr.", "45",
    ]  # fmt: skip


def a_bilag(*texts: str) -> Subject:
    passages = tuple(
        Passage(f"page:{page}", f"side {page}", text, "body", page)
        for page, text in enumerate(texts, 1)
    )
    return Subject("k", "2.3 Bilag 1", "Brev", "", passages, is_foreign=True)


@pytest.mark.parametrize(
    ("typed", "is_given"),
    [
        ("843.513", True),
        ("843513", True),
        ("840.000", False),
        ("ca. 840.000", True),
        ("ca. 830.000", False),
        ("0,84 mio.", True),
        ("0,9 mio.", False),
    ],
)
def test_a_number_is_given_as_exactly_as_it_is_typed(
    typed: str, *, is_given: bool
) -> None:
    found = given_numbers([a_bilag("Der er 843 513 indbyggere.")])

    (own,) = typed_numbers(f"Her bor {typed} mennesker.")

    assert matches(own, found) == is_given


def test_the_nearest_number_is_told_with_its_place() -> None:
    text = "I de 17 kommuner bor 843.513 i alt. Her er 900.000 får."
    (own,) = typed_numbers("Her bor 840.000.")

    near = nearest(own, given_numbers([a_bilag("Intet.", text)]))

    assert near is not None
    assert (near.text, near.label, near.where) == ("843.513", "2.3 Bilag 1", "side 2")
    assert near.words == "I de 17 kommuner bor 843.513 i alt."


def test_a_year_or_a_share_is_never_the_nearest_of_a_plain_number() -> None:
    (own,) = typed_numbers("Der er 2.010 elever.")

    assert nearest(own, given_numbers([a_bilag("I 2023 var 2000 pct. med.")])) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=10_000, max_value=99_999_999))
def test_every_large_number_is_read_however_it_is_grouped(number: int) -> None:
    text = formats.number(number)

    (own,) = typed_numbers(f"Det er {text} i alt.")

    assert (own.text, own.value) == (text, Decimal(number))
    assert matches(own, given_numbers([a_bilag(f"Se {text}.")]))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_and_each_number_stands_where_it_says(
    text: str,
) -> None:
    for own in typed_numbers(text):
        at = text.replace("\N{NO-BREAK SPACE}", " ")[own.start :]
        assert at.startswith(own.text)
