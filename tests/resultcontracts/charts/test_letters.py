"""Words have the room they need, and none lies on another."""

from __future__ import annotations

from itertools import combinations

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from documents.fonts import fonts_folder
from resultcontracts.charts.letters import (
    Area,
    Label,
    Taken,
    placed,
    width_of,
    wrapped,
)

LETTERS = (
    "abcdefghijklmnopqrstuvwxyzæøåéABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ0123456789"
    " .,:;-–−+()%/'\"”“|\N{NO-BREAK SPACE}"
)
WORDS = st.text("måltal 0123456789,−WMi", min_size=1, max_size=14)


@pytest.mark.parametrize("face", ["Regular", "SemiBold"])
def test_no_letter_is_wider_than_it_is_reckoned(face: str) -> None:
    font = TTFont(fonts_folder() / f"IBMPlexSans-{face}.ttf")
    names, widths = font.getBestCmap(), font["hmtx"]
    per_em = font["head"].unitsPerEm
    wider = {
        letter
        for letter in LETTERS
        if widths[names[ord(letter)]][0] / per_em > width_of(letter, 1) + 0.005
    }
    assert wider == set()


@given(
    st.lists(
        st.tuples(st.floats(0, 300), WORDS, st.sampled_from([-1, 0, 1])), max_size=8
    )
)
def test_labels_never_lie_on_each_other_and_stay_inside(
    rows: list[tuple[float, str, int]],
) -> None:
    labels = [Label(at, words, side) for at, words, side in rows]
    found = placed(labels, 0, 300, 12)
    assert [each.label for each in found] == labels
    for one, other in combinations(found, 2):
        assert one.line != other.line or one.end <= other.x or other.end <= one.x
    for each in found:
        assert each.x >= 0
        assert each.end <= 300 or each.x == 0


def test_a_label_alone_stands_where_it_wants() -> None:
    at_left, around, at_right = placed(
        [Label(100, "måltal 80", -1), Label(200, "80", 0), Label(250, "80", 1)],
        0,
        400,
        12,
    )
    assert at_left.end == 100 - 6
    assert around.x + around.width / 2 == 200
    assert at_right.x == 250 + 6
    assert {each.line for each in (at_left, around, at_right)} == {0}


@given(st.lists(st.sampled_from(["måltal", "i", "1.300", "W" * 40]), min_size=1))
def test_wrapping_keeps_all_words_in_lines_that_fit(words: list[str]) -> None:
    lines = wrapped(" ".join(words), 12, 120)
    assert " ".join(lines) == " ".join(words)
    assert all(width_of(line, 12) <= 120 or " " not in line for line in lines)


def test_what_is_taken_is_not_taken_again() -> None:
    taken = Taken([Area(0, 0, 10, 10)], Area(0, 0, 100, 20))
    assert not taken.take(Area(5, 5, 15, 15))
    assert taken.take(Area(10, 0, 20, 10))
    assert not taken.take(Area(15, 5, 16, 6))
    assert not taken.take(Area(95, 0, 105, 10))
