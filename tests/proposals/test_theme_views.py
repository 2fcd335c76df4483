"""Themes of the catalogue: created, edited, deleted and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core.asked import REMOVE
from proposals.choices import CatalogueKind
from proposals.models import Theme
from proposals.services.records import remove_record
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_catalogue, a_proposal, a_theme

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
NEW, FIRST = "/forslag/temaer/nyt/", "/forslag/temaer/tema-1/"


@pytest.fixture(autouse=True)
def secretariat(client: Client) -> None:
    """The secretariat of KKR Sjælland is signed in."""
    client.force_login(a_user())


def test_a_theme_is_created_last_and_can_be_taken_back(client: Client) -> None:
    a_theme(a_catalogue())

    response = client.post(NEW, {"title": "Unge og\njob"}, follow=True)
    assertContains(response, "Temaet ”Unge og job” er oprettet.")
    assertContains(response, "2. Unge og job")
    client.post("/forslag/temaer/unge-og-job/fjernelse/", REMOVE)

    assert [str(theme) for theme in Theme.objects.all()] == ["1. Styring"]


def test_a_new_theme_needs_a_title(client: Client) -> None:
    a_catalogue()

    assertContains(client.post(NEW, {}), "Skriv temaets titel.", status_code=422)


def test_number_and_title_are_edited_on_one_page(client: Client) -> None:
    a_theme(a_catalogue())

    data = {"number": 3, "title": "Ungdom", "version": 1}
    response = client.post(FIRST, data)

    assertRedirects(response, "/forslag/#tema-3", fetch_redirect_response=False)
    row = Theme.objects.get()
    assert (row.number, row.title, row.key, row.version) == (3, "Ungdom", "tema-1", 2)


def test_a_themes_number_that_is_taken_is_refused_in_words(client: Client) -> None:
    a_theme(a_theme(a_catalogue()).catalogue, 2)

    response = client.post(FIRST, {"number": 2, "title": "Styring", "version": 1})

    sentence = "Et andet tema har allerede nummeret."
    assertContains(response, sentence, status_code=422)


def test_two_titles_for_one_theme_are_asked_about(client: Client) -> None:
    a_theme(a_catalogue())
    data = {"number": 1, "version": 1}
    client.post(FIRST, {**data, "title": "Deres"})

    response = client.post(FIRST, {**data, "title": "Min"})

    assertContains(response, "I har begge rettet i temaet ”Deres”", status_code=409)
    assert Theme.objects.get().title == "Deres"


def test_a_theme_with_proposals_is_not_deleted(client: Client) -> None:
    a_proposal(7)

    response = client.post(f"{FIRST}fjernelse/", REMOVE, follow=True)

    assertContains(response, "Temaet har 1\xa0forslag. Flyt dem til et andet tema")
    assert Theme.objects.exists()
    page = client.get(FIRST)
    assertContains(page, "Temaet kan slettes, når det er tomt.")
    assertNotContains(page, "Slet temaet")


def test_deleted_proposals_go_to_the_theme_beside_the_deleted_one(
    client: Client,
) -> None:
    row = a_proposal(7)
    remove_record(row, by=a_user(email="anden@kkr.example"))
    assertContains(client.get(FIRST), "Opret et andet tema til dem først.")
    beside = a_theme(row.catalogue, 2, "Unge")

    assertContains(client.get(FIRST), "Slet temaet")
    client.post(f"{FIRST}fjernelse/", REMOVE)

    row.refresh_from_db()
    assert (row.theme, Theme.objects.get()) == (beside, beside)


@pytest.mark.parametrize("title", ["Styring", "styring "])
def test_a_second_theme_of_one_title_is_asked_about(client: Client, title: str) -> None:
    a_theme(a_catalogue())

    page = client.post(NEW, {"title": title})

    asked = f"Der er allerede et tema, der hedder ”{title.strip()}”."
    assertContains(page, asked, status_code=422)
    client.post(NEW, {"title": title, "igen": "ja"})
    assert Theme.objects.count() == 2


def test_a_theme_is_not_given_anothers_title_unasked(client: Client) -> None:
    a_theme(a_theme(a_catalogue()).catalogue, 2, "Unge")
    data = {"number": 1, "title": "Unge", "version": 1}

    assertContains(client.post(FIRST, data), "Sæt kryds", status_code=422)
    assert client.post(FIRST, {**data, "title": "Styring"}).status_code == 302


def test_a_proposals_new_theme_is_not_one_that_there_is(client: Client) -> None:
    a_theme(a_catalogue())
    data = {"new_theme": "styring", "title": "Et forslag"}

    page = client.post("/forslag/nyt/", data)

    words = "Temaet findes. Vælg ”1. Styring” under Tema."
    assertContains(page, words, status_code=422)


def test_a_deleted_theme_comes_back_after_those_that_took_its_number(
    client: Client,
) -> None:
    row = a_theme(a_catalogue())
    client.post(f"{FIRST}fjernelse/", REMOVE)
    client.post(NEW, {"title": "Ungdom"})

    client.post(f"{FIRST}fjernelse/", {"undo": row.pk})
    client.post(f"{FIRST}fjernelse/", {"undo": row.pk})

    assert [str(t) for t in Theme.objects.all()] == ["1. Ungdom", "2. Styring"]


def test_another_councils_theme_does_not_exist(client: Client) -> None:
    foreign = a_theme(a_catalogue(a_council("hovedstaden")))
    a_catalogue(kind=CatalogueKind.SIMPLIFICATION)

    assert client.get(FIRST).status_code == 404
    assert client.post(f"{FIRST}fjernelse/", REMOVE).status_code == 404
    undone = client.post(f"{FIRST}fjernelse/", {"undo": foreign.pk})
    assert undone.status_code == 404


def test_a_council_without_a_catalogue_has_no_themes(client: Client) -> None:
    assert client.get(NEW).status_code == 404


def test_those_who_do_not_edit_may_not_touch_themes(client: Client) -> None:
    a_theme(a_catalogue())
    client.force_login(a_user(role=Role.MEMBER))

    assert [client.get(url).status_code for url in (NEW, FIRST)] == [404, 404]


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(("url", "queries"), [(NEW, 3), (FIRST, 5)])
def test_a_themes_page_asks_the_same_number_of_queries_however_many_there_are(
    client: Client,
    url: str,
    queries: int,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(1, count + 1):
        a_theme(a_catalogue(), number, f"Tema {number}")

    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200
