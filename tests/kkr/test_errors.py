"""When something goes wrong, the page says so plainly and keeps what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from tests.makers_packets import a_meeting, a_publication, a_user

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

TYPED = {"case": "En lang tekst, som tog en time.", "password": "hemmelig kode"}
ITEM = "/moeder/2023-11-22/punkter/2-3/"


@pytest.mark.django_db
def test_a_form_whose_page_is_gone_gives_the_text_back(client: Client) -> None:
    client.force_login(a_user(role=Role.SECRETARIAT))

    response = client.post(ITEM, TYPED)

    assertContains(response, TYPED["case"], status_code=404)
    assertContains(response, "Din tekst blev ikke gemt", status_code=404)
    assertNotContains(response, TYPED["password"], status_code=404)


@pytest.mark.django_db
def test_a_form_one_may_not_send_gives_the_text_back(client: Client) -> None:
    a_publication()
    client.force_login(a_user(role=Role.MEMBER))

    response = client.post(ITEM.replace("2-3", "2-1"), TYPED)

    assertContains(response, TYPED["case"], status_code=403)


@pytest.mark.django_db
def test_reading_a_missing_page_speaks_of_no_text(client: Client) -> None:
    client.force_login(a_user(role=Role.MEMBER))

    response = client.get("/findes-ikke/")

    assertNotContains(response, "Din tekst", status_code=404)


@pytest.mark.django_db
def test_a_missing_page_offers_a_search_and_the_latest_meeting(client: Client) -> None:
    missing = "/findes-ikke/"
    assertNotContains(client.get(missing), "det seneste er", status_code=404)
    a_publication()

    page = client.get(missing)
    assertContains(page, "Søg efter det, du ledte efter", status_code=404)
    assertContains(
        page, "</a>, det seneste er 22.\xa0november\xa02023", status_code=404
    )


@pytest.mark.django_db
def test_a_missing_page_tells_of_drafts_only_to_who_may_see_them(
    client: Client,
) -> None:
    draft = a_meeting(slug="2023-12-01")
    words = "det seneste er 1.\xa0december\xa02023"

    assertNotContains(client.get("/findes-ikke/"), words, status_code=404)
    client.force_login(a_user(draft.council, Role.SECRETARIAT))
    assertContains(client.get("/findes-ikke/"), words, status_code=404)


@pytest.mark.django_db
def test_pages_without_anything_invented_do_not_say_that_there_is(
    client: Client, settings: Any
) -> None:
    settings.DEMO = True
    invented = "er valgt til eksemplet"

    assertContains(client.get("/moeder/"), invented)
    assertNotContains(client.get("/log-ind/"), invented)
    assertNotContains(client.get("/findes-ikke/"), invented, status_code=404)


@pytest.fixture
def no_database(transactional_db: None) -> Iterator[None]:
    """Point the connection where no server is."""
    real = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = "/findes/ikke"
    yield
    connection.close()
    connection.settings_dict["HOST"] = real


@pytest.fixture
def calm_client(client: Client) -> Client:
    """A client that answers errors as a browser would see them."""
    client.raise_request_exception = False
    client.cookies["sessionid"] = "x" * 32
    return client


@pytest.mark.usefixtures("no_database")
def test_saving_without_a_database_answers_503_with_the_text(
    calm_client: Client,
) -> None:
    response = calm_client.post(ITEM, TYPED)

    assertContains(response, TYPED["case"], status_code=503)
    assertContains(response, "Prøv at gemme igen", status_code=503)
    assertNotContains(response, TYPED["password"], status_code=503)
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.usefixtures("no_database")
def test_reading_without_a_database_says_that_nothing_is_lost(
    calm_client: Client,
) -> None:
    response = calm_client.get("/forslag/")

    assertContains(response, "Intet, du har gemt, er gået tabt", status_code=503)


def test_too_many_tries_say_when_to_come_back(client: Client, db: None) -> None:
    sent = {"email": "ingen@kkr.example"}

    answers = [client.post("/adgangskode/", sent) for _ in range(12)]

    # Five a minute are let through.
    assertContains(answers[-1], "Vent til ", status_code=429)
    assert 0 < int(answers[-1]["Retry-After"]) <= 120


@pytest.mark.django_db
def test_too_many_fields_are_a_bad_request_and_nothing_worse(client: Client) -> None:
    client.force_login(a_user(role=Role.SECRETARIAT))

    too_many = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1
    response = client.post("/moeder/nyt/", {f"f{n}": "x" for n in range(too_many)})

    assertContains(response, "Intet er ændret", status_code=400)
