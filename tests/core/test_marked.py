"""Marks as HTML: words for screen readers, and no markup out of a text."""

from __future__ import annotations

from core.marked import marked_html, runs_html
from core.wordmarks import Run, compared, lines_of, plain_lines

ADDED = (
    '<ins><span class="sr-only">tilføjet: </span>{}'
    '<span class="sr-only"> slut på tilføjet</span></ins>'
)
REMOVED = (
    '<del><span class="sr-only">fjernet: </span>{}'
    '<span class="sr-only"> slut på fjernet</span></del>'
)


def test_a_removed_and_an_added_word_are_parted_by_a_space() -> None:
    runs = (Run("removed", "svarer"), Run("added", "afgiver"))

    assert runs_html(runs) == f"{REMOVED.format('svarer')} {ADDED.format('afgiver')}"


def test_spaces_stand_outside_the_marks() -> None:
    runs = (Run("same", "KKR"), Run("added", " nu "), Run("same", "her"))

    assert runs_html(runs) == f"KKR {ADDED.format('nu')} her"


def test_markup_in_a_text_is_shown_as_it_was_typed() -> None:
    lines = plain_lines("<b>5 < 6</b>")

    assert marked_html(compared(lines, lines)) == "<p>&lt;b&gt;5 &lt; 6&lt;/b&gt;</p>"


def test_a_removed_item_takes_no_number() -> None:
    before = lines_of("<ol><li>alfa</li><li>beta</li></ol>")
    after = lines_of("<ol><li>beta</li></ol>")

    expected = f'<ol><li>{REMOVED.format("alfa")}</li><li value="1">beta</li></ol>'
    assert marked_html(compared(before, after)) == expected
