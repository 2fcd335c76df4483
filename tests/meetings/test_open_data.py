"""Open data lists what can be fetched as rows; whoever lacks a text can ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.makers import MEETING
from tests.makers_packets import a_meeting, a_packet, a_publication, a_user

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def test_what_is_published_as_rows_is_listed_and_a_draft_is_not(client: Client) -> None:
    a_publication()
    a_packet(a_meeting(slug="2023-12-13"))

    page = client.get("/aabne-data/")

    for end in ("bilag/2-1-bilag-1.csv", "bilag/2-1-bilag-1.json", "kvittering.json"):
        assertContains(page, f'"{MEETING}{end}"', count=1)
        assert client.get(f"{MEETING}{end}").status_code == 200
    assertContains(page, 'aria-label="CSV, 2.1 Bilag 1, 22.\xa0november\xa02023"')
    for absent in ("2023-12-13", "2-1-bilag-2"):
        assertNotContains(page, absent)


def test_whoever_cannot_have_a_scan_read_aloud_asks_for_its_text(
    client: Client,
) -> None:
    a_publication()
    mail = "mailto:sekretariat@kkr.example?subject=Bed%20om%20teksten"

    assertContains(client.get(MEETING), mail, count=1)
    assertContains(
        client.get(f"{MEETING}bilag/2-1-bilag-2/"), f"{mail}%3A%202.1%20Bilag%202"
    )
    assertNotContains(client.get(f"{MEETING}bilag/2-1-bilag-1/"), "Bed om teksten")


def test_an_item_is_found_by_its_key_in_what_was_built(client: Client) -> None:
    meeting = a_meeting()
    client.force_login(a_user())
    here = f"{MEETING}som-medlem/"

    assertContains(
        client.get(f"{MEETING}punkter/2-1/"),
        f'"{here}2-1/?punkt=indspil">Se som medlem',
    )
    unbuilt = client.get(f"{here}2-1/?punkt=indspil")
    assertRedirects(unbuilt, f"{MEETING}pakke/", fetch_redirect_response=False)
    a_packet(meeting)
    for key, leads_to in (("indspil", f"{here}2-1/"), ("andet", here)):
        found = client.get(f"{here}2-9/?punkt={key}")
        assertRedirects(found, leads_to, fetch_redirect_response=False)
