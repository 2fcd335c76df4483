"""The receipt of a sent version: what it says, and that its checksums are the files'."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from documents.tools import tools
from meetings.models import AgendaItem, Appendix, Packet, Publication
from meetings.receipts.receipt import grouped
from meetings.services.publishing import publish
from tests.made import again
from tests.makers_packets import (
    a_meeting,
    a_packet,
    a_publication,
    a_user,
    an_approved_packet,
    print_papers,
)
from tests.meetings.test_public_views import body

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
MEETING = "/moeder/2023-11-22/"
RECEIPT = f"{MEETING}kvittering/"
DATA = f"{MEETING}kvittering.json"


@pytest.fixture(scope="module")
def sent_made(kept: None) -> Publication:
    """Sent twice, with another title in version 2."""
    meeting = a_publication().meeting
    AgendaItem.objects.update(title="En ny titel")
    Packet.objects.update(made_with=tools())
    return a_publication(meeting)


@pytest.fixture
def sent(sent_made: Publication) -> Publication:
    return again(sent_made)


def data(client: Client, query: str = "") -> Any:
    return client.get(f"{DATA}{query}").json()


@pytest.mark.parametrize("version", [1, 2])
def test_the_checksums_are_those_of_the_files_that_are_sent(
    client: Client, sent: Publication, version: int
) -> None:
    query = f"?version={version}"
    got = data(client, query)

    packet = body(client.get(f"{MEETING}pakke.pdf{query}"))
    assert got["packet"]["sha256"] == hashlib.sha256(packet).hexdigest()
    assert got["packet"]["bytes"] == len(packet)
    for part in got["parts"]:
        slug = part["label"].replace(".", "-").replace(" ", "-").lower()
        file = body(client.get(f"{MEETING}bilag/{slug}.pdf{query}"))
        assert part["sha256"] == hashlib.sha256(file).hexdigest()
        assert part["bytes"] == len(file)


def test_it_lists_the_other_whole_files_that_are_made(
    client: Client, sent: Publication
) -> None:
    assert data(client)["documents"] == []

    print_papers(sent)

    got, page = data(client), client.get(RECEIPT)
    made = {**{f["label"]: f for f in got["documents"]}, "zip": got["bundle"]}
    for label, name in (("Dagsorden", "dagsorden.pdf"), ("zip", "bilag.zip"),
                        ("Dagsorden og bilag", "dagsorden-og-bilag.pdf")):  # fmt: skip
        content = body(client.get(f"{MEETING}{name}"))
        assert made[label]["sha256"] == hashlib.sha256(content).hexdigest()
        assertContains(page, grouped(made[label]["sha256"]))
        assertContains(page, f'href="{MEETING}{name}?version=2"')


def test_it_says_what_was_sent_when_and_by_whom(
    client: Client, sent: Publication
) -> None:
    got = data(client)

    assert (got["type"], got["schema"], got["version"]) == ("receipt", 1, 2)
    assert (got["council"], got["meeting"]) == ("KKR Sjælland", "2023-11-22")
    assert datetime.fromisoformat(got["sent_at"]) == sent.published_at
    assert got["sent_by"] == "Sekretariatschef sjaelland"
    assert [part["label"] for part in got["parts"]] == ["2.1 Bilag 1", "2.1 Bilag 2"]
    assert ["document_sha256" in part for part in got["parts"]] == [True, False]


def test_the_page_shows_the_same_as_the_data(client: Client, sent: Publication) -> None:
    got, page = data(client), unescape(client.get(RECEIPT).content.decode())

    for file in (got["packet"], *got["parts"]):
        assert grouped(file["sha256"]) in page
    assert "Kvittering for version\u00a02" in page
    assert "Sekretariatschef sjaelland" in page
    assert f'href="{DATA}?version=2"' in page


def test_a_receipt_is_the_same_after_everything_has_changed(
    client: Client, sent: Publication
) -> None:
    before = body(client.get(f"{DATA}?version=1"))

    AgendaItem.objects.update(title="Noget helt andet")
    Appendix.objects.update(title="Et nyt navn")
    a_publication(sent.meeting)

    assert body(client.get(f"{DATA}?version=1")) == before


def test_the_snapshot_is_of_what_is_stored(client: Client, sent: Publication) -> None:
    text = json.dumps(sent.agenda, ensure_ascii=False, sort_keys=True)

    assert data(client)["snapshot_sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_it_names_what_it_was_made_with(client: Client) -> None:
    packet = an_approved_packet(a_meeting())
    Packet.objects.update(made_with=tools())
    publish(packet.meeting_id, packet_pk=packet.pk, by=a_user(role=Role.CHIEF))

    assert data(client)["made_with"] == tools()
    page = client.get(RECEIPT)
    assertContains(page, "WeasyPrint")
    assertContains(page, grouped(tools()["templates"]))


def test_where_that_is_unknown_it_says_so(client: Client) -> None:
    a_publication()

    assert data(client)["made_with"] == {}
    assertContains(client.get(RECEIPT), "<dd>ikke oplyst</dd>")


def test_an_older_receipt_says_so_and_all_versions_are_listed(
    client: Client, sent: Publication
) -> None:
    old = client.get(f"{RECEIPT}?version=1")

    assertContains(old, "Version&nbsp;1 er afløst. Version&nbsp;2 gælder.")
    assertContains(old, f'href="{RECEIPT}?version=2"')
    assertNotContains(client.get(RECEIPT), "afløst")
    assertContains(client.get(RECEIPT), f'href="{MEETING}offentlig/?version=1"')


@pytest.mark.parametrize("url", [RECEIPT, DATA])
def test_what_was_not_sent_has_no_receipt(client: Client, url: str) -> None:
    a_packet(a_meeting())

    for user in (None, a_user(), a_user(role=Role.CHIEF)):
        if user:
            client.force_login(user)
        assert client.get(url).status_code == 404
        assert client.get(f"{url}?version=1").status_code == 404


@pytest.mark.parametrize("url", [RECEIPT, DATA])
@pytest.mark.parametrize("version", ["3", "0", "x", ""])
def test_an_unknown_version_has_none_either(
    client: Client, sent: Publication, url: str, version: str
) -> None:
    assert client.get(url, {"version": version}).status_code == 404


@pytest.mark.parametrize("appendices", [1, 4])
def test_it_asks_three_queries(
    client: Client, appendices: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_publication(a_meeting(appendices=appendices))

    with django_assert_num_queries(3):
        client.get(RECEIPT)
