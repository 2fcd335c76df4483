"""Titles: what counts as a difference, and which words are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.formats import unbroken
from proposals import titles


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Forenkle virksomhedsordninger", "Forenkle virksomhedsordninger."),
        ("Mindre rigid styring på fokusmål", "Mindre rigid styring på fokusmaal."),
        ("Mindre rigid styring på fokusmål", "Mindre rigid styring på fokus mål."),
        ("Ret og pligt", "RET OG PLIGT"),
    ],
)
def test_signs_spaces_case_and_double_a_are_no_difference(one: str, other: str) -> None:
    assert not titles.differ(one, other)


def test_another_word_is_a_difference() -> None:
    assert titles.differ("Afskaf rehabiliteringsteams", "Afskaf rehabiliteringsteam")


def test_only_the_words_that_differ_are_marked() -> None:
    words = titles.marked(
        "Varighed af praktik kan udvides med ordinære timer.",
        "Varighed på praktik kan forlænges ved ordinære timer",
    )

    assert [(word.text, word.differs) for word in words] == [
        ("Varighed", False),
        ("af", True),
        ("praktik kan", False),
        ("udvides med", True),
        ("ordinære timer.", False),
    ]


@given(st.text(), st.text())
def test_marking_loses_no_word(text: str, against: str) -> None:
    words = titles.marked(text, against)

    assert " ".join(word.text for word in words).split() == text.split()


def test_places_are_grouped_by_the_text_they_carry() -> None:
    rows = [("Bilag 1, side 21", "A"), ("Bilag 3, side 32", "A"), ("Bilag 4", "B")]

    groups = titles.grouped(rows, "A")

    assert [(group.text, group.where) for group in groups] == [
        ("A", unbroken("Bilag 1, side 21, og Bilag 3, side 32")),
        ("B", unbroken("Bilag 4")),
    ]


def test_only_the_overviews_own_reading_counts_as_the_overview() -> None:
    rows = [("Bilag 1", "A", False), ("Bilag 3", "B", True)]

    assert titles.overview_of(rows) == "B"
    assert titles.overview_of(rows[:1]) == ""
