"""Rich text in a form: with JavaScript markup comes in, without it plain text."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.http import QueryDict

from core.posted import Posted, posted_fields
from core.widgets import LineField, RichTextField, RichTextWidget

SAVED = "<p>En <strong>fed</strong> tekst.</p><ul><li><p>punkt</p></li></ul>"


class TextForm(forms.Form):
    """A form with one rich text."""

    case = RichTextField(label="Sagsfremstilling", required=False)


def cleaned(**posted: str) -> str:
    form = TextForm(data=posted, initial={"case": SAVED})
    assert form.is_valid(), form.errors
    return str(form.cleaned_data["case"])


def test_the_text_box_shows_no_markup() -> None:
    html = str(TextForm(initial={"case": SAVED})["case"])

    box = html[html.index("<textarea") : html.index("</textarea>")]
    assert "En fed tekst.\n\n- punkt" in box
    assert "strong" not in box


def test_without_javascript_untouched_text_keeps_its_markup() -> None:
    posted = {"case": "En fed tekst.\r\n\r\n- punkt", "case_html": SAVED}

    assert cleaned(**posted, case_format="plain") == SAVED


def test_without_javascript_typed_text_becomes_markup() -> None:
    posted = {"case": "En fed tekst.\r\n\r\n- punkt\r\n- nyt", "case_html": SAVED}

    assert cleaned(**posted, case_format="plain") == (
        "<p>En <strong>fed</strong> tekst.</p>"
        "<ul><li><p>punkt</p></li><li><p>nyt</p></li></ul>"
    )


def test_with_javascript_the_markup_is_taken_and_sanitised() -> None:
    html = '<p onclick="x()">Ny</p><script>x</script>'

    assert cleaned(case="gammel", case_html=html, case_format="html") == "<p>Ny</p>"


def test_a_bare_text_is_read_as_typed_text() -> None:
    assert cleaned(case="<b>a</b>") == "<p>&lt;b&gt;a&lt;/b&gt;</p>"


def test_a_refused_form_shows_the_text_as_typed() -> None:
    form = TextForm(data={"case": "a\n\n- b", "case_html": "", "case_format": "plain"})
    form.is_valid()
    form.add_error("case", "Nej.")

    assert "a\n\n- b</textarea>" in str(form["case"])


def test_an_unposted_field_is_left_out() -> None:
    widget = RichTextWidget()

    assert widget.value_omitted_from_data({}, {}, "case")
    assert not widget.value_omitted_from_data({"case_html": ""}, {}, "case")


def test_what_was_posted_comes_back_to_be_posted_again() -> None:
    data = QueryDict(mutable=True)
    data.update({"csrfmiddlewaretoken": "x", "version": "7", "title": "Filmfond"})
    data.update({"case": "gl.", "case_html": "<p>Ny</p>", "case_format": "html"})

    assert posted_fields(data, {"title": "Titel", "case": "Sagsfremstilling"}) == (
        Posted("version", "7"),
        Posted("title", "Filmfond", "Titel"),
        Posted("case", "Ny", "Sagsfremstilling"),
        Posted("case_html", "<p>Ny</p>"),
        Posted("case_format", "plain"),
    )


class TitleForm(forms.Form):
    """A title that must be there, and which of two it is."""

    title = LineField(max_length=12)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_lines_that_are_pasted_become_one() -> None:
    for typed in ("En\r\nfond", " En \n\n fond ", "En\u2028fond", "En\vfond"):
        form = TitleForm(data={"title": typed, "kind": "a"})

        assert form.is_valid(), form.errors
        assert form.cleaned_data["title"] == "En fond"


def test_the_length_counts_what_is_kept_and_nothing_is_no_title() -> None:
    assert TitleForm(data={"title": "123456\r\n\r\n12345", "kind": "a"}).is_valid()
    assert not TitleForm(data={"title": "123456\r\n123456", "kind": "a"}).is_valid()
    assert not TitleForm(data={"title": "\r\n \r\n", "kind": "a"}).is_valid()


def test_a_title_is_a_box_of_one_row_that_grows() -> None:
    html = str(TitleForm(initial={"title": "En fond"})["title"])

    assert 'class="form-input form-input--line"' in html
    assert 'rows="1"' in html
    assert " data-line" in html
    assert "cols" not in html


def test_a_form_that_nobody_sent_takes_no_focus() -> None:
    assert "autofocus" not in str(TitleForm())


@pytest.mark.parametrize(
    ("sent", "first"),
    [
        ({}, "id_title"),
        ({"kind": "a"}, "id_title"),
        ({"title": "En fond"}, "id_kind_0"),
        ({"title": "En fond", "kind": "a"}, ""),
    ],
)
def test_the_first_flaw_alone_takes_the_focus(sent: dict[str, str], first: str) -> None:
    html = str(TitleForm(data=sent))

    tags = [tag for tag in re.findall(r"<[^>]+>", html) if " autofocus" in tag]
    assert len(tags) == bool(first)
    assert not first or f'id="{first}"' in tags[0]


def test_what_is_wrong_with_all_of_it_takes_the_focus_before_the_fields() -> None:
    form = TitleForm(data={})
    form.add_error(None, "Det går ikke.")
    html = str(form)

    tags = [tag for tag in re.findall(r"<[^>]+>", html) if " autofocus" in tag]
    assert len(tags) == 1
    assert 'role="alert"' in tags[0]
