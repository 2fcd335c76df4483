"""What a sent meeting says of one municipality: found in what was sent, or said so."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from documents import codec
from documents.foreign import keep_texts
from documents.models import ForeignFile
from meetings.models import AgendaItem, Meeting, PublishedAppendix
from proposals import cooperation
from proposals.choices import Scope
from tests.documents.pdf_makers import failures
from tests.makers_packets import a_meeting, a_publication, a_user
from tests.makers_proposals import a_unit
from tests.makers_questions import a_place, somebody_of

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
PAGE = "/moeder/2023-11-22/min-kommune/"
FILE = "/moeder/2023-11-22/min-kommune.pdf"


@pytest.fixture
def greve() -> Client:
    client = Client()
    client.force_login(somebody_of("Greve"))
    return client


def sent() -> None:
    """A meeting whose item names Greve, and whose letter names it on its second page."""
    meeting = a_meeting()
    AgendaItem.objects.update(case="<p>Greves svar mangler.</p>")
    pages = keep_texts(["Kære KKR", "Greve og Solrød", "Grevens vej"])
    ForeignFile.objects.update(text=pages, page_count=3)
    a_publication(meeting)


def print_units() -> None:
    """Let the first appendix be the catalogue of units: one for all, two for groups."""
    a_place("Solrød")
    unit = a_unit(1)
    a_unit(2)
    a_unit(3, scope=Scope.ALL)
    document = codec.dumps(cooperation.document(unit.catalogue))
    pages = {"unit:enhed-1": "3", "unit:enhed-2": "4", "unit:enhed-3": "5"}
    rows = PublishedAppendix.objects.filter(position=2)
    rows.update(document=document, pages=pages)


def test_what_names_the_municipality_is_listed_with_its_pages(greve: Client) -> None:
    sent()

    response = greve.get(PAGE)

    assertContains(response, "Greve er nævnt i punktets tekst.")
    assertContains(response, "Greve er nævnt på 1\xa0side.")
    assertContains(response, "side=8#laes")
    assertNotContains(response, "Solrød")


def test_units_for_all_and_for_groups_are_told_by_what_was_sent(greve: Client) -> None:
    sent()
    print_units()

    response = greve.get(PAGE)

    assertContains(response, "Samdriftsenhed 3 er for alle 2 kommuner.")
    words = "Samdriftsenhed 1 og 2 er for grupper af kommuner. Greves gruppe er ikke"
    assertContains(response, words)
    assertContains(response, "side=3#laes")


def test_only_those_pages_are_in_the_file(greve: Client) -> None:
    sent()
    print_units()

    answer = greve.get(FILE)

    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 4
    assert failures(content) == []
    assert answer["Cache-Control"] == "no-store, private"


def test_where_nothing_concerns_it_the_page_says_so(greve: Client) -> None:
    a_publication()

    assertContains(greve.get(PAGE), "Intet i det sendte nævner kommunen.")
    assert greve.get(FILE).status_code == 404


def test_it_is_for_those_who_speak_for_a_municipality() -> None:
    sent()
    client = Client()
    assert client.get(PAGE).status_code == 302
    client.force_login(a_user())

    assert client.get(PAGE).status_code == 404


def test_nothing_is_said_of_a_meeting_that_was_not_sent(greve: Client) -> None:
    a_meeting()

    assert greve.get(PAGE).status_code == 404


@pytest.mark.parametrize("appendices", [2, 5])
def test_the_page_asks_the_same_number_of_queries(
    greve: Client, appendices: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_publication(a_meeting(appendices=appendices))
    assert Meeting.objects.count() == 1

    with django_assert_num_queries(5):
        greve.get(PAGE)
