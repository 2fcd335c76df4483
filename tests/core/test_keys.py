"""Keys are slugs, unique among siblings."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from core.keys import new_key


def test_danish_letters_are_written_out() -> None:
    assert new_key("Ærø, Åen & Øst", set()) == "aeroe-aaen-oest"


def test_equal_titles_get_numbers() -> None:
    taken = {"brev"}
    taken.add(new_key("Brev", taken))

    assert new_key("brev!", taken) == "brev-3"


def test_a_text_without_a_letter_has_a_key_too() -> None:
    assert new_key("…", set()) == "uden-titel"


def test_a_long_title_is_cut_between_words() -> None:
    assert new_key("enhed " * 20, set()) == "-".join(["enhed"] * 10)


@given(st.text(max_size=300), st.sets(st.text(max_size=5)))
def test_a_key_is_a_short_slug_that_is_free(text: str, taken: set[str]) -> None:
    key = new_key(text, taken)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)
    assert len(key) <= 66
    assert key not in taken
