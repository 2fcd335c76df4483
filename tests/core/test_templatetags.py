"""Filters, icons, chips, messages and fields as templates use them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string

from core.notices import Undo


def drawn(source: str, **context: object) -> str:
    return Template(source).render(Context(context)).strip()


def test_a_moment_in_utc_is_shown_by_the_portals_clock() -> None:
    moment = datetime(2023, 11, 22, 12, 0, tzinfo=UTC)

    assert drawn("{{ at|clock_time }}", at=moment) == "kl.\u00a013.00"
    assert drawn("{{ at|clock_span:end }}", at=moment, end=None) == "kl.\u00a013.00"


@pytest.mark.parametrize(
    "expression",
    ["long_date", "when", "days_away", "number", "page", "pages:1", "file_size"],
)
def test_what_is_missing_is_empty_and_never_nought(expression: str) -> None:
    assert drawn(f"[{{{{ value|{expression} }}}}]", value=None) == "[]"


def test_counts_read_their_words_from_the_template() -> None:
    source = '{{ n|counted:"gevinst,gevinster,ingen gevinster" }}'

    assert drawn(source, n=0) == "ingen gevinster"
    assert drawn(source, n=2) == "2\u00a0gevinster"


def test_an_icon_beside_a_word_is_silent_and_alone_it_speaks() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "grip" %}')
    assert 'role="img" aria-label="Fejl"' in drawn('{% icon "error" label="Fejl" %}')
    assert "<b>" not in drawn("{% icon name label=name %}", name="<b>")


@pytest.mark.parametrize(
    ("tone", "glyph"),
    [("good", "#check-circle"), ("partial", "#warning"), ("bad", "#error")],
)
def test_a_chip_is_glyph_and_word(tone: str, glyph: str) -> None:
    html = render_to_string("components/chip.html", {"text": "Aktuel", "tone": tone})

    assert glyph in html
    assert "Aktuel</span>" in html


def test_a_message_offers_its_undo_as_a_form() -> None:
    undo = ["/punkter/7/flyt/", "Fortryd flytning", {"position": "2"}]
    message = SimpleNamespace(
        message="Flyttet.", level_tag="success", extra_tags=json.dumps({"undo": undo})
    )

    html = render_to_string(
        "components/status.html", {"messages": [message], "csrf_token": "token"}
    )

    assert '<form action="/punkter/7/flyt/" method="post">' in html
    assert '<input type="hidden" name="position" value="2">' in html
    assert 'name="csrfmiddlewaretoken" value="token"' in html


def test_other_tags_of_a_message_are_no_undo() -> None:
    assert Undo.read("safe") is None
    assert Undo.read("") is None


class Sample(forms.Form):
    """A form with one of each control."""

    title = forms.CharField(label="Titel", help_text="Kort")
    kind = forms.ChoiceField(label="Type", choices=[("b", "Beslutningssag")])
    reply = forms.ChoiceField(
        label="Svarfrist", choices=[("n", "Ikke angivet")], widget=forms.RadioSelect
    )
    keep = forms.BooleanField(label="Medtag")


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    form = Sample(data={})

    html = form["title"].as_field_group()

    assert '<label class="form-label" for="id_title">Titel</label>' in html
    assert 'id="id_title_helptext">Kort</span>' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert html.count('id="id_title_error"') == 1
    assert 'class="form-input"' in html


def test_radios_stand_in_a_fieldset_before_their_labels() -> None:
    html = Sample()["reply"].as_field_group()

    assert '<legend class="form-label">Svarfrist</legend>' in html
    assert html.index('class="form-radio"') < html.index('for="id_reply_0"')


def test_a_forms_own_errors_are_an_alert_before_the_fields() -> None:
    form = Sample(data={"title": "x", "kind": "b", "reply": "n", "keep": "on"})
    form.is_valid()
    form.add_error(None, "Mødet er lukket.")

    html = str(form)

    assert html.index('role="alert"') < html.index("<p>Mødet er lukket.</p>")
    assert html.index("Mødet er lukket.") < html.index("id_title")
