"""The word list, and the small readings of text that the checks rest on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.formats import number
from documents.checks.text import (
    amounts,
    near,
    neighbours,
    number_word,
    sentences,
    unquoted,
)
from documents.checks.values import excerpt
from documents.checks.wordlist import WordList, read, words

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = st.text(alphabet="abcdefghijklmnoprstuvyæøå", min_size=2, max_size=12)


@pytest.mark.parametrize(
    "word",
    [
        "virksomhedspraktikken", "beskæftigelsesindsatsens", "ufaglærte", "kommunekontaktråd",
        "arbejdsmarkedscheferne", "Solrøds", "SÅDAN", "a-kasser", "Sydsjælland", "jobcentrene",
        "erhvervshuse", "forsørgelsesydelserne", "medarbejdernes", "samdriftsenhederne",
    ],
)  # fmt: skip
def test_endings_compounds_and_names_are_known(word: str) -> None:
    assert words().knows(word)


@pytest.mark.parametrize(
    "word",
    [
        "fokusmaal", "sygdommelinger", "incitamer", "Kommunekontaktåd", "Måltrettet",
        "relational", "Seniokonsulent", "rksomhederne", "lbud", "nomisk", "forenklingkatalog",
    ],
)  # fmt: skip
def test_slips_are_not(word: str) -> None:
    assert not words().knows(word)


def test_without_a_list_nothing_is_judged() -> None:
    assert WordList().is_empty
    assert WordList().knows("xqzjk")


def test_a_list_is_read_with_its_rules(tmp_path: Path) -> None:
    (tmp_path / "da_DK.aff").write_text(
        "SET UTF-8\nFLAG num\nCOMPOUNDBEGIN 32\nCOMPOUNDEND 34\nONLYINCOMPOUND 36\n"
        "SFX 1 Y 2\nSFX 1 0 en/34 [^e]\nSFX 1 e en/34 e\nSFX 29 Y 1\nSFX 29 0 s/32,36 .\n",
        encoding="utf-8",
    )
    (tmp_path / "da_DK.dic").write_text("2\nsag/1,29,34\nuge/1\n", encoding="utf-8")
    found = read(tmp_path / "da_DK.dic", ["# bemærkning", "særord"])

    known = ["sag", "sagen", "ugen", "sagssag", "sagssagen", "særord"]
    assert [
        word for word in [*known, "sags", "ugesag", "ugsen"] if found.knows(word)
    ] == known


@given(LETTERS)
def test_neighbours_are_near_and_no_one_is_near_to_itself(word: str) -> None:
    assert all(near(word, other) for other in neighbours(word) if other != word)
    assert not near(word, word)


@given(LETTERS, LETTERS)
def test_nearness_goes_both_ways(one: str, other: str) -> None:
    assert near(one, other) == near(other, one)


@given(st.decimals(0, 10**9, places=2))
def test_a_number_as_we_print_it_is_read_again(value: Decimal) -> None:
    (found,) = amounts(f"I alt {number(value)} kr.")

    assert (found.value, found.unit, found.decimals) == (value, "kr.", 2)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,2 mio.", "1200000", ""), ("10,6 mia. kr.", "10600000000", "kr."),
        ("400.000", "400000", ""), ("204%", "204", "pct."), ("40 pct.", "40", "pct."),
        ("3 procent", "3", "pct."), ("5.693.750 kr.", "5693750", "kr."),
    ],
)  # fmt: skip
def test_amounts_are_read_with_scale_and_unit(text: str, value: str, unit: str) -> None:
    (found,) = amounts(f"Det er {text} i alt")

    assert (found.value, found.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["15-17-årige", "K17", "2.1a", "225-timersreglen"])
def test_a_number_inside_a_name_is_no_amount(text: str) -> None:
    assert amounts(f"Det er {text} i alt") == ()


def test_abbreviations_and_dates_end_no_sentence() -> None:
    text = "Det er ca. 3 mio. kr. Den 3. Maj er det slut. Bl. a. Faxe."

    assert sentences(text) == (
        "Det er ca. 3 mio. kr. Den 3. Maj er det slut.",
        "Bl. a. Faxe.",
    )


def test_number_words_are_read() -> None:
    assert [number_word(word) for word in ("otte", "En", "18", "mange")] == [
        8,
        1,
        18,
        None,
    ]


def test_quotes_are_blanked_and_places_stay() -> None:
    assert unquoted("Han sagde ”nej” i går") == "Han sagde       i går"


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_an_excerpt_holds_what_it_is_of(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))

    assert text[start:end].strip() in excerpt(text, start, end)
