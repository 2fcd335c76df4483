"""The pages of the two catalogues show the sources' figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains

from accounts.models import User

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def secretariat(client: Client) -> None:
    client.force_login(User.objects.get(email="sekretariat@kkr.example"))


def test_the_list_has_18_proposals_in_4_themes_and_their_sums(client: Client) -> None:
    response = client.get("/forslag/")

    head = (
        "18\xa0forslag i 4\xa0temaer · 66\xa0gevinster · 35\xa0risici · "
        "20\xa0opmærksomhedspunkter"
    )
    assertContains(response, f'<p class="page-head__facts">{head}</p>', html=True)


def test_eleven_rows_have_two_titles_and_one_refers_to_itself(client: Client) -> None:
    page = client.get("/forslag/").content.decode()
    html = page.partition('<div class="columns__side">')[0]

    rows = html.split('<li class="proposals__row')[1:]
    numbers = [re.search(r'id="forslag-(\d+)"', row) for row in rows]
    two = [
        n[1] for n, row in zip(numbers, rows, strict=True) if n and "To titler" in row
    ]
    self_referring = [
        n[1]
        for n, row in zip(numbers, rows, strict=True)
        if n and "til sig selv" in row
    ]
    assert two == ["2", "5", "7", "9", "10", "11", "12", "14", "15", "17", "18"]
    assert self_referring == ["3"]


def test_the_units_add_up_as_in_the_source(client: Client) -> None:
    response = client.get("/samdrift/")

    head = "6\xa0enheder · 38\xa0opgaver · 58\xa0gevinster · 20\xa0opmærksomhedspunkter"
    assertContains(response, f'<p class="page-head__facts">{head}</p>', html=True)
    assertContains(response, "Enhed 2 og 3 bygger på enhed 1")
    foot = (
        "20\xa0opmærksomhedspunkter i alt: 6 om styringsmodel, "
        "8 om tæt dialog og koordinering og 6, der kun findes i én enhed."
    )
    assertContains(response, foot)


def test_a_third_reading_is_shown_as_found(client: Client) -> None:
    response = client.get("/forslag/7/")

    assertContains(response, "I kilden, 2.1\xa0Bilag\xa04, slide\xa09, står der:")
    assertContains(response, '<span class="added">Værdighed</span>', html=True)
