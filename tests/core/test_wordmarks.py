"""Word marks: what was added and removed, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.wordmarks import (
    Line,
    MarkedLine,
    Run,
    compared,
    lines_of,
    plain_lines,
    word_runs,
)

WORDS = st.lists(st.sampled_from(["en", "to", "tre", "843.513", "ø,"]), max_size=8)
SENTENCES = WORDS.map(" ".join)
TEXTS = st.lists(SENTENCES.filter(bool), max_size=5).map(
    lambda lines: tuple(Line("text", line) for line in lines)
)


def test_a_changed_number_is_one_word() -> None:
    assert word_runs("har 840.000 indbyggere", "har 843.513 indbyggere") == (
        Run("same", "har "),
        Run("removed", "840.000"),
        Run("added", "843.513"),
        Run("same", " indbyggere"),
    )


def test_a_phrase_is_one_mark_though_a_space_was_kept() -> None:
    assert word_runs("svarer nu her", "afgiver svar her") == (
        Run("removed", "svarer nu"),
        Run("added", "afgiver svar"),
        Run("same", " her"),
    )


def test_what_goes_between_equal_words_goes_as_a_whole_phrase() -> None:
    gone = "i 2.1 Bilag 3, side 32; "
    kept = "i 2.1 Bilag 1, side 21; ", "i 2.1 Bilag 4, slide 9"

    runs = word_runs(kept[0] + gone + kept[1], kept[0] + kept[1])

    assert runs == (Run("same", kept[0]), Run("removed", gone), Run("same", kept[1]))


def test_what_comes_between_equal_words_comes_as_a_whole_phrase() -> None:
    runs = word_runs("KKR drøfter sagen.", "KKR drøfter sagen. KKR drøfter svaret.")

    assert runs[-1] == Run("added", " KKR drøfter svaret.")


def test_an_item_of_a_list_is_compared_with_itself() -> None:
    before = lines_of("<ol><li>drøfter sagen</li><li>svarer ministeriet.</li></ol>")
    after = lines_of("<ol><li>drøfter sagen</li><li>svarer ministeriet nu.</li></ol>")

    first, second = compared(before, after)

    assert not first.is_changed
    assert second.kind == "number"
    assert [run for run in second.runs if run.mark != "same"] == [Run("added", " nu")]


def test_a_text_that_is_all_new_stands_after_the_one_that_went() -> None:
    marked = compared(plain_lines("Ikke angivet i brevet"), plain_lines("14. november"))

    assert [line.mark for line in marked] == ["removed", "added"]


def test_rows_of_a_table_are_lines() -> None:
    html = "<table><tr><th>Kommune</th><td>Greve</td></tr><tr><th>Pct.</th><td>4</td></tr></table>"

    assert lines_of(html) == (
        Line("row", "Kommune | Greve"),
        Line("row", "Pct. | 4"),
    )


def taken(lines: tuple[MarkedLine, ...], without: str) -> list[str]:
    """The text that is left when one kind of mark is taken away, without spaces."""
    kept = ("".join(r.text for r in x.runs if r.mark != without) for x in lines)
    return [text.replace(" ", "") for text in kept if text.strip()]


@given(TEXTS, TEXTS)
def test_without_what_was_added_the_old_text_stands_and_the_other_way(
    before: tuple[Line, ...], after: tuple[Line, ...]
) -> None:
    marked = compared(before, after)

    assert taken(marked, "added") == [x.text.replace(" ", "") for x in before]
    assert taken(marked, "removed") == [x.text.replace(" ", "") for x in after]


def test_another_kind_of_space_is_no_change() -> None:
    runs = word_runs("2.1 Bilag 3", "2.1\u00a0Bilag\u00a03")

    assert runs == (Run("same", "2.1\u00a0Bilag\u00a03"),)
