"""Rich text with its changes marked inside it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.richtext import sanitise
from documents.compare.rich import woven

TABLE = "<table><tbody>{}</tbody></table>"
ROW = "<tr><td>{}</td><td>{}</td></tr>"
PIECES = st.sampled_from(
    [
        "<p>Den første tekst her</p>", "<p>Den anden <strong>tekst</strong> her</p>",
        "<p>En <a href='https://x.dk'>henvisning</a> til noget</p>", "<p>a<br>b</p>",
        "<ul><li>Et punkt</li><li>Et andet<ul><li>Dybere</li></ul></li></ul>",
        "<ol><li>Først</li><li>Siden</li></ol>", "<h3>Økonomi</h3>",
        TABLE.format(ROW.format("Drift", "77") + ROW.format("Vækst", "82")),
        TABLE.format(ROW.format("Drift", "78")),
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=4).map("".join)


def without(tag: str, html: str) -> str:
    return re.sub(f"<{tag}>.*?</{tag}>", "", html, flags=re.DOTALL)


def words(html: str) -> list[str]:
    return re.sub(r"<[^>]*>", " ", html).split()


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (
            "<p>Der <strong>kan</strong> stilles krav</p>",
            "<p>Der <strong>bør</strong> stilles krav</p>",
            "<p>Der <strong><del>kan</del> <ins>bør</ins></strong> stilles krav</p>",
        ),
        (
            "<p>Se brevet</p>",
            '<p>Se <a href="https://x.dk">brevet her</a></p>',
            '<p>Se <a href="https://x.dk">brevet <ins>her</ins></a></p>',
        ),
        (
            TABLE.format(ROW.format("Drift", "77")),
            TABLE.format(ROW.format("Drift", "78")),
            TABLE.format(ROW.format("Drift", "<del>77</del> <ins>78</ins>")),
        ),
        (
            TABLE.format(ROW.format("Drift", "77") + ROW.format("Vækst", "82")),
            TABLE.format(ROW.format("Drift", "77")),
            TABLE.format(
                ROW.format("Drift", "77")
                + ROW.format("<del>Vækst</del>", "<del>82</del>")
            ),
        ),
        ("<p>Et</p><p>To</p>", "", "<p><del>Et</del></p><p><del>To</del></p>"),
        ("", "<p>Nyt</p>", "<p><ins>Nyt</ins></p>"),
    ],
)
def test_changes_stand_inside_what_they_changed(
    before: str, after: str, shown: str
) -> None:
    assert woven(before, after) == shown


@given(TEXTS, TEXTS)
def test_the_newer_words_and_the_older_ones_can_both_be_read(
    before: str, after: str
) -> None:
    html = woven(before, after)

    assert words(without("del", html)) == words(sanitise(after))
    old = words(without("ins", html))
    assert sorted(old) == sorted(words(sanitise(before)))


@given(TEXTS)
def test_equal_texts_have_no_marks(text: str) -> None:
    assert woven(text, text) == sanitise(text)
