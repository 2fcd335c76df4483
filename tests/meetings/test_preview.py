"""A meeting shown to its editors as its readers will see it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from tests.makers import MEETING, a_secretary
from tests.makers_packets import a_begun_version, a_meeting, a_packet

pytestmark = pytest.mark.django_db
PAGE, ITEM = f"{MEETING}som-medlem/", f"{MEETING}som-medlem/2-1/"
LINKS = re.compile(r'href="(/moeder/2[^"#]*)')


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(a_secretary())
    return client


def test_what_is_not_sent_is_seen_with_all_its_texts(browser: Client) -> None:
    a_packet(a_meeting())

    assertContains(browser.get(PAGE), "Det er ikke sendt.")
    page = browser.get(ITEM)

    assertContains(page, "Sådan ser et medlem punktet.")
    assertContains(page, "Et resumé.")
    assertContains(page, "Den første tekst.")


@pytest.mark.parametrize("is_sent", [False, True])
def test_every_link_leads_somewhere(browser: Client, is_sent: bool) -> None:  # noqa: FBT001
    if is_sent:
        a_begun_version()
    else:
        a_packet(a_meeting())

    links = {
        link.replace("&amp;", "&")
        for page in (PAGE, ITEM)
        for link in LINKS.findall(browser.get(page).content.decode())
        # The makers' packets have no tags that could be cut.
        if "udvalg.pdf" not in link
    }

    assert {link: browser.get(link).status_code for link in links} == dict.fromkeys(
        links, 200
    )
    assert len(links) > 5


def test_without_a_packet_there_is_nothing_to_see(browser: Client) -> None:
    a_meeting()

    assert browser.get(PAGE).status_code == 404
    assertNotContains(browser.get(MEETING), "Se som medlem")
