"""Rich text is sanitised, read as plain text, and comes back whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.richtext import TAGS, from_plain, merge_plain, sanitise, to_plain

HOSTILE = [
    "<script>alert(1)</script>",
    '<p onclick="x()">a</p>',
    '<p style="color:red" class="b" id="c">a</p>',
    '<p hx-get="/x" data-x="1">a</p>',
    '<a href="javascript:x()">a</a>',
    '<a href="data:text/html,x">a</a>',
    '<a href="//elsewhere.dk/">a</a>',
    '<a href="/relative" target="_blank">a</a>',
    '<img src=x onerror="x()">',
    '<svg><a xlink:href="javascript:x()">a</a></svg>',
    "<math><mtext><table><mglyph><style><img src=x onerror=x()>",
    '<td colspan="9999999999">a</td>',
    "<p><button><p>a</p></button></p>",
    "<table><p>a<td>b",
]

WORDS = st.text(alphabet="abæø<>&\"' \u00a0\n-.12|", min_size=0, max_size=12)
LEAVES = WORDS.map(lambda text: text.replace("<", "&lt;"))


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = [*sorted(TAGS - {"br"}), "div", "button"]
    return st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(tags),
        st.lists(inner, max_size=4),
    )


MARKUP = st.recursive(LEAVES | st.just("<br>"), _wrapped, max_leaves=12)


def words(text: str) -> list[str]:
    return re.sub(r"[^\w<>&]+", " ", text).split()


@given(st.lists(MARKUP, max_size=5).map("".join) | st.text(max_size=60))
def test_sanitising_twice_is_sanitising_once(html: str) -> None:
    once = sanitise(html)

    assert sanitise(once) == once


@pytest.mark.parametrize("name", ["colspan", "rowspan"])
@pytest.mark.parametrize(
    ("span", "is_kept"), [("2", True), ("50", True), ("51", False), ("1", False)]
)
def test_a_cell_spans_few_columns_or_rows(name: str, span: str, is_kept: bool) -> None:  # noqa: FBT001
    table = f'<table><tbody><tr><td {name}="{span}">a</td></tr></tbody></table>'

    assert (f'{name}="{span}"' in sanitise(table)) == is_kept


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_acts_or_dresses_is_left(html: str) -> None:
    allowed = r"</?(p|br|strong|em|ul|ol|li|h3|h4|table|thead|tbody|tr|th|td)>"

    rest = re.sub(allowed, "", sanitise(html).replace("<a>", "").replace("</a>", ""))

    assert rest in {"", "a", "ab"}
    assert sanitise(sanitise(html)) == sanitise(html)


@given(st.lists(MARKUP, max_size=5).map("".join))
def test_reading_as_plain_text_and_back_keeps_every_word(html: str) -> None:
    text = to_plain(html)

    assert words(to_plain(from_plain(text))) == words(text)


@given(st.lists(MARKUP, max_size=5).map("".join))
def test_text_that_was_not_touched_keeps_its_markup(html: str) -> None:
    saved = sanitise(html)

    assert merge_plain(saved, to_plain(saved)) == saved
    assert merge_plain(saved, to_plain(saved).replace("\n", "\r\n")) == saved


def test_allowed_markup_passes_unchanged() -> None:
    html = (
        "<h3>Økonomi</h3><p>En <strong>fed</strong> og <em>skrå</em><br>linje, se "
        '<a href="https://kkr.dk/">kkr.dk</a>.</p><ul><li><p>a</p></li></ul>'
        '<table><tbody><tr><th colspan="2" scope="col">x</th></tr></tbody></table>'
    )

    assert sanitise(html) == html


def test_an_empty_editor_is_an_empty_text() -> None:
    assert sanitise("<p></p>") == ""
    assert sanitise("<p><br></p><ul><li><p> </p></li></ul>") == ""


def test_plain_text_shows_lists_and_tables_as_people_type_them() -> None:
    html = (
        "<p>Det indstilles, at KKR</p><ol><li><p>drøfter</p></li><li><p>svarer"
        "</p><ul><li>snart</li></ul></li></ol>"
        "<table><tr><th>År</th><th>Tal</th></tr><tr><td>2022</td><td>4</td></tr></table>"
    )

    assert to_plain(html) == (
        "Det indstilles, at KKR\n\n1. drøfter\n2. svarer\n  - snart\n\nÅr | Tal\n2022 | 4"
    )


def test_typed_text_becomes_paragraphs_and_lists() -> None:
    typed = (
        "Første linje\nanden linje\n\nAt KKR\n1. drøfter\n2. svarer\n\n- a\n  - b\n- c"
    )

    assert from_plain(typed) == (
        "<p>Første linje<br>anden linje</p><p>At KKR</p>"
        "<ol><li><p>drøfter</p></li><li><p>svarer</p></li></ol>"
        "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>"
    )


@pytest.mark.parametrize(
    "typed", ["1. januar 2024 træder den i kraft", "7. punkt", "3."]
)
def test_a_number_that_begins_a_sentence_is_no_list(typed: str) -> None:
    assert from_plain(typed) == f"<p>{typed}</p>"


def test_editing_one_paragraph_leaves_the_markup_of_the_others() -> None:
    table = "<table><tbody><tr><td>4</td></tr></tbody></table>"
    saved = f"<p>En <strong>fed</strong> tekst.</p>{table}<p>Slut.</p>"
    typed = to_plain(saved).replace("Slut.", "Helt slut.")

    assert merge_plain(saved, typed) == (
        f"<p>En <strong>fed</strong> tekst.</p>{table}<p>Helt slut.</p>"
    )


def test_markup_that_is_typed_is_shown_as_typed() -> None:
    assert from_plain("a <b>c</b> & d") == "<p>a &lt;b&gt;c&lt;/b&gt; &amp; d</p>"
