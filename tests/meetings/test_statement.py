"""The accessibility statement: what the law asks, and a list made from the data."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.makers_packets import a_meeting, a_publication, a_user
from tests.meetings.test_withdrawals import take_down

pytestmark = pytest.mark.django_db
HERE = "/tilgaengelighed/"
FOOT = 'href="/tilgaengelighed/"'


def test_it_lists_what_cannot_be_read_aloud_and_why() -> None:
    sent = a_publication()

    page = Client().get(HERE).content.decode()

    assert "Bilag 2, Brev 2" in page.replace("\xa0", " ")
    assert "Scannet uden tekst. Læs resuméet i stedet." in page
    assert "Forenklingskatalog" not in page
    take_down(sent, "bilag:2-1-bilag-2")
    assert "Alle offentlige bilag kan læses op." in Client().get(HERE).content.decode()


@pytest.mark.parametrize(
    "words",
    ["Overholdelse af loven", "delvist", "Digitaliseringsstyrelsen", "Telefon", "mailto:",
     "gennemgået"],
)  # fmt: skip
def test_it_says_what_the_law_asks_for(words: str) -> None:
    assert words in Client().get(HERE).content.decode()


def test_it_is_reached_from_the_foot_and_from_the_register(
    settings: Any,
) -> None:
    settings.STATEMENT = {**settings.STATEMENT, "domain": "kkr.dk"}
    a_publication()
    pages = ("/moeder/", "/moeder/2023-11-22/", "/log-ind/", "/findes-ikke/", "/soeg/")

    assert all(FOOT in Client().get(url).content.decode() for url in pages)
    assert Client().get("/was/").headers["Location"] == "https://was.digst.dk/kkr.dk"


@pytest.mark.parametrize(
    ("reviewed", "is_told"), [("2022-12-08", 1), ("2022-12-09", 0)]
)
def test_the_secretariat_is_told_after_eleven_months(
    settings: Any, client: Client, reviewed: str, is_told: int
) -> None:
    settings.STATEMENT = {**settings.STATEMENT, "reviewed_on": reviewed}
    client.force_login(a_user())

    assert client.get(HERE).content.decode().count("snart et år gammel") == is_told
    assert "snart et år gammel" not in Client().get(HERE).content.decode()


@pytest.mark.parametrize("count", [1, 4])
def test_it_costs_as_much_for_one_meeting_as_for_many(
    count: int, django_assert_num_queries: Any
) -> None:
    for day in range(count):
        a_publication(a_meeting(slug=f"2023-11-2{day}"))

    with django_assert_num_queries(3):
        Client().get(HERE)
