"""What is picked in a list is fetched as a spreadsheet, and comes back like the whole."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.makers import a_secretary
from tests.makers_proposals import a_proposal

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
START = "/forslag/regneark/"


def test_only_what_is_picked_is_in_the_file_and_the_rest_is_left_alone(
    client: Client,
) -> None:
    for number in (7, 8, 9):
        a_proposal(number)
    client.force_login(a_secretary())
    bar = client.get("/forslag/?valgt=7&valgt=9")
    page = client.get(f"{START}?valgt=7&valgt=9&valgt=x&valgt=9")
    assert f'formaction="{START}#fetch"' in bar.text
    assert "Kun forslag 7 og 9." in page.text

    sent = {"ark": "proposals", "valgt": ["7", "9", "99", "x"]}
    handed = client.post(f"{START}hent/", sent)

    text = handed.content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert [row[head.index("Nr.")] for row in rows] == ["7", "9"]
    back = SimpleUploadedFile("a.csv", handed.content)
    answer = client.post(START, {"file": back}, follow=True)
    assert "Filen svarer til portalen" in answer.text


def test_a_text_that_no_cell_holds_is_refused_and_never_cut(client: Client) -> None:
    a_proposal(7, idea=f"<p>{'lang ' * 6_600}</p>")
    a_proposal(8)
    client.force_login(a_secretary())

    for sheet in ("", "proposals"):
        page = client.post(f"{START}hent/", {"ark": sheet}, follow=True)
        assert "”Ideen” i forslag 7 har 32.999 tegn." in page.text
        assert "En celle rummer højst 32.767" in page.text
    handed = client.post(f"{START}hent/", {"ark": "proposals", "valgt": ["8"]})
    assert handed["Content-Type"].startswith("text/csv")
