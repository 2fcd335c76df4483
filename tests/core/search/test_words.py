"""Words, compounds and excerpts: pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search.compounds import place_in
from core.search.excerpts import Run, excerpt, marked
from core.search.vectors import quoted
from core.search.words import base, grams, key, tidy, tokens, word_grams

ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Aarhus", "århus"), ("1.753", "1753"), ("2,82", "2,82"), ("Café", "cafe")],
)
def test_a_word_has_one_spelling(word: str, expected: str) -> None:
    assert base(word) == expected


@given(ANY)
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(ANY)
def test_tokens_stand_where_they_say(text: str) -> None:
    for token in tokens(text):
        assert text[token.start : token.end] == token.text


@given(st.text(alphabet="abcdefåæø", min_size=3, max_size=20))
def test_a_part_has_no_run_of_letters_that_the_whole_lacks(word: str) -> None:
    assert set(grams(key(base(word)))) <= set(word_grams(word))


@given(ANY, st.dictionaries(st.sampled_from(["praktik", "råd", "a"]), st.just((0, 1))))
def test_marking_loses_and_adds_no_letter(
    text: str, places: dict[str, tuple[int, int]]
) -> None:
    assert "".join(run.text for run in marked(text, places)) == text


@given(ANY)
def test_an_excerpt_is_of_the_text_and_short(text: str) -> None:
    runs = excerpt(tidy(text), {"praktik": (0, 7)})
    own = "".join(run.text for run in runs).removeprefix("… ").removesuffix(" …")

    assert own in tidy(text)
    assert len(own) <= 300


@pytest.mark.parametrize(
    ("word", "stem", "asked", "marked_part"),
    [
        ("virksomhedspraktikken", "virksomhedspraktik", "praktik", "praktik"),
        ("praktikordningen", "praktikordning", "praktik", "praktik"),
        ("kommunekontaktråd", "kommunekontaktraad", "råd", "råd"),
        ("arbejdsmarkedet", "arbejdsmarked", "arbejde", "arbejd"),
        ("målepunkter", "maalepunkt", "mål", "mål"),
        ("byråd", "byraad", "råd", "råd"),
        ("ungdomsuddannelse", "ungdomsuddann", "uddannelse", "uddann"),
        ("fleksjob", "fleksjob", "job", "job"),
        ("samdriftsenhed", "samdriftsen", "samdrift", "samdrift"),
        ("kommunikation", "kommunikation", "kommune", ""),
        ("hospital", "hospital", "tal", ""),
        ("formål", "formaal", "mål", ""),
        ("antal", "antal", "tal", ""),
        ("digital", "digital", "tal", ""),
        ("opgave", "opgav", "gave", ""),
        ("planet", "planet", "plan", ""),
    ],
)
def test_a_word_is_seen_inside_where_danish_puts_words_together(
    word: str, stem: str, asked: str, marked_part: str
) -> None:
    own_stem = {"uddannelse": "uddann"}.get(asked, key(asked).removesuffix("e"))

    span = place_in(word, stem, own_stem, {key(asked)})

    assert (word[slice(*span)] if span else "") == marked_part


@given(st.text(alphabet="abdeiklmnoprståæø", min_size=1, max_size=70))
def test_a_place_inside_a_word_is_inside_it(word: str) -> None:
    span = place_in(word, key(base(word)), "tal", {"tal"})

    assert span is None or 0 <= span[0] < span[1] <= len(word)


def test_the_sentence_around_the_word_is_given_with_the_word_apart() -> None:
    text = "Først dette. En virksomhedspraktik er kort. Så noget andet."

    assert excerpt(text, {"virksomhedspraktik": (11, 18)}) == (
        Run("En virksomheds"),
        Run("praktik", is_marked=True),
        Run(" er kort."),
    )


def test_a_long_sentence_is_cut_at_words_around_the_word() -> None:
    text = f"{'ord ' * 60}praktik {'mere ' * 60}".strip()

    runs = excerpt(text, {"praktik": (0, 7)})

    assert runs[0] == Run("… ")
    assert Run("praktik", is_marked=True) in runs
    assert runs[-1] == Run(" …")
    assert sum(len(run.text) for run in runs) < 250


@given(ANY)
def test_a_stem_is_quoted_so_that_nothing_escapes(text: str) -> None:
    inner = quoted(text)[1:-1].replace("\\\\", "").replace("''", "")

    assert "'" not in inner
    assert "\\" not in inner
