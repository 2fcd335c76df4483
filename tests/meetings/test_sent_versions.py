"""Each sent version is read as it was sent; what is newer, or gone, is said."""

from __future__ import annotations

from html import unescape
from itertools import product
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from core.formats import long_date
from meetings.models import AgendaItem, Appendix, Meeting, Publication
from meetings.models import Section as AgendaSection
from tests.made import again
from tests.makers_packets import (
    a_council,
    a_meeting,
    a_packet,
    a_publication,
    a_user,
    an_appendix,
)
from tests.meetings.test_public_views import body

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
MEETING = "/moeder/2023-11-22/"
ITEM = f"{MEETING}punkter/2-1/"
BILAG = f"{MEETING}bilag/2-1-bilag-2/"
PAGES = (
    MEETING,
    f"{MEETING}offentlig/",
    ITEM,
    f"{MEETING}offentlig/punkter/2-1/",
    f"{MEETING}pakke/",
    f"{MEETING}bilag/2-1-bilag-1/",
    BILAG,
)
FILES = (
    f"{MEETING}pakke.pdf",
    f"{MEETING}bilag/2-1-bilag-1.pdf",
    f"{MEETING}bilag/2-1-bilag-2.pdf",
    f"{MEETING}pakke/sider/2.png",
)
QUERIES = {
    f"{MEETING}?version=1": 3,
    f"{ITEM}?version=1": 3,
    f"{MEETING}pakke/?version=1": 4,
    f"{MEETING}bilag/2-1-bilag-1/?version=1": 3,
    f"{MEETING}bilag/2-1-bilag-2/": 3,
}
OLDER = "Version&nbsp;1 er afløst. Version&nbsp;2 gælder."
ROLES = ("", Role.MEMBER, Role.SECRETARIAT, Role.CHIEF)


@pytest.fixture(scope="module")
def sent_twice(kept: None) -> Meeting:
    """Version 2 has another title, one more appendix and item 2.2."""
    meeting = a_publication().meeting
    item = AgendaItem.objects.get()
    AgendaItem.objects.update(title="En ny titel", case="<p>En ny tekst.</p>")
    an_appendix(item, 3)
    section = AgendaSection.objects.get()
    AgendaItem.objects.create(section=section, position=2, key="to", title="Nummer to")
    a_publication(meeting)
    return meeting


@pytest.fixture
def meeting(sent_twice: Meeting) -> Meeting:
    """Sent twice."""
    return again(sent_twice)


def sign_in(client: Client, role: str) -> None:
    """As somebody of the council; the chief is there since the first sending."""
    if role == Role.CHIEF:
        council = a_council()
        client.force_login(council.memberships.get(role=role).user)
    elif role:
        client.force_login(a_user(role=Role(role)))


@pytest.mark.parametrize("role", ROLES)
def test_everybody_reads_the_version_that_is_asked_for(
    client: Client, meeting: Meeting, role: str
) -> None:
    sign_in(client, role)

    for url in (MEETING, ITEM):
        page = client.get(f"{url}?version=1")
        assertContains(page, "Indspil til fremtidig indsats")
        assertNotContains(page, "En ny titel")
        assertContains(client.get(f"{url}?version=2"), "En ny titel")
    assertNotContains(client.get(f"{MEETING}?version=1"), "Brev 3")


def test_what_came_with_a_version_says_so(client: Client, meeting: Meeting) -> None:
    new = "Nyt i version\N{NO-BREAK SPACE}2</span>"

    # Bilag 3 of 2.1, and 2.2 as a whole; no word that merely changed.
    for url, count in ((MEETING, 2), (ITEM, 1), (f"{MEETING}punkter/2-2/", 1)):
        assertContains(client.get(url), new, count=count)
    assertNotContains(client.get(f"{MEETING}?version=1"), "Nyt i version")


def test_an_older_version_says_that_it_is_replaced_and_leads_to_the_same_thing(
    client: Client, meeting: Meeting
) -> None:
    for url in PAGES:
        old, new = client.get(f"{url}?version=1"), client.get(f"{url}?version=2")

        assertContains(old, OLDER, msg_prefix=url)
        assertContains(old, "state-line--warning", msg_prefix=url)
        assertContains(old, ">Se version&nbsp;2</a>", msg_prefix=url)
        assertNotContains(new, "afløst", msg_prefix=url)
        assertNotContains(client.get(url), "afløst", msg_prefix=url)


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        (MEETING, f"{MEETING}offentlig/"),
        (ITEM, f"{MEETING}offentlig/punkter/2-1/"),
        (BILAG, BILAG),
        (f"{MEETING}pakke/", f"{MEETING}pakke/?side=1"),
    ],
)
def test_the_banner_leads_to_the_newest_of_the_same_thing(
    client: Client, meeting: Meeting, url: str, leads_to: str
) -> None:
    page = client.get(f"{url}?version=1")

    assertContains(page, f'<a class="link" href="{leads_to}">Se version&nbsp;2</a>')
    assert client.get(leads_to).status_code == 200


def test_links_of_an_older_version_stay_in_it(client: Client, meeting: Meeting) -> None:
    page = client.get(f"{MEETING}?version=1")

    for link in (
        f"{MEETING}pakke.pdf?version=1",
        f"{MEETING}pakke/?version=1",
        f"{MEETING}punkter/2-1/?version=1",
        f"{MEETING}bilag/2-1-bilag-2/?version=1",
        f"{MEETING}bilag/2-1-bilag-2.pdf?version=1",
    ):
        assertContains(page, f'href="{link}"')
        assert client.get(link).status_code == 200


def test_the_reader_turns_the_pages_of_its_version(
    client: Client, meeting: Meeting
) -> None:
    page = client.get(f"{MEETING}pakke/?version=1&side=2")

    assertContains(page, f'href="{MEETING}pakke/?version=1&amp;side=3#billede"')
    assertContains(page, '<input type="hidden" name="version" value="1">')
    assertContains(page, "af 9</span>")
    assertContains(client.get(f"{MEETING}pakke/?version=2"), "af 13</span>")


@pytest.mark.parametrize("url", FILES)
def test_files_are_those_that_were_sent(
    client: Client, meeting: Meeting, url: str
) -> None:
    sent = {row.number: row for row in Publication.objects.all()}

    old = body(client.get(f"{url}?version=1"))

    assert old
    if url.endswith("pakke.pdf"):
        assert len(old) == sent[1].size
        assert body(client.get(f"{url}?version=2")) == body(client.get(url)) != old


def test_a_file_of_a_version_says_so_in_its_name(
    client: Client, meeting: Meeting
) -> None:
    headers = client.get(f"{MEETING}pakke.pdf?version=1").headers

    assert "Bilagspakke%20version%201.pdf" in headers["Content-Disposition"]


def test_a_version_that_was_never_sent_does_not_exist(
    client: Client, meeting: Meeting
) -> None:
    asked = ("0", "3", "9999", "12345", "-1", "", "x", "٢", "²")

    found = {
        (url, version): client.get(url, {"version": version}).status_code
        for url in PAGES + FILES
        for version in asked
    }

    assert found == dict.fromkeys(product(PAGES + FILES, asked), 404)


def test_what_a_version_did_not_have_does_not_exist_in_it(
    client: Client, meeting: Meeting
) -> None:
    late = (f"{MEETING}punkter/2-2/", f"{MEETING}bilag/2-1-bilag-3/")

    for url in (*late, f"{MEETING}bilag/2-1-bilag-3.pdf"):
        assert client.get(f"{url}?version=1").status_code == 404
        assert client.get(f"{url}?version=2").status_code == 200


def test_a_draft_has_no_version_for_anybody(client: Client) -> None:
    a_packet(a_meeting())

    for role in ("", Role.SECRETARIAT):
        sign_in(client, role)
        for url in PAGES + FILES:
            assert client.get(f"{url}?version=1").status_code == 404


def test_a_version_can_not_be_written_to(client: Client, meeting: Meeting) -> None:
    sign_in(client, Role.SECRETARIAT)

    for url in (f"{ITEM}?version=1", f"{MEETING}pakke/?version=1"):
        assert client.post(url, {"title": "Noget andet"}).status_code == 403
    assert not AgendaItem.objects.filter(title="Noget andet").exists()


def test_the_version_is_the_named_councils_own(
    client: Client, meeting: Meeting
) -> None:
    other = a_council("hovedstaden")
    a_publication(a_meeting(other))
    client.force_login(a_user(other, Role.MEMBER))

    assert client.get(f"{MEETING}?version=2").status_code == 404
    page = client.get(f"{MEETING}?kkr=sjaelland&version=1")
    assertContains(page, OLDER)
    assertContains(page, f'href="{MEETING}pakke.pdf?kkr=sjaelland&amp;version=1"')


@pytest.mark.parametrize("version", ["", "?version=1", "?version=2"])
def test_every_page_says_which_version_and_when_it_was_sent(
    client: Client, meeting: Meeting, version: str
) -> None:
    row = Publication.objects.get(number=version[-1] if version else 2)
    day = long_date(timezone.localdate(row.published_at))

    for url in (MEETING, ITEM, BILAG, f"{MEETING}pakke/"):
        page = unescape(client.get(url + version).content.decode()).casefold()

        assert f"version\u00a0{row.number}" in page, url
        assert f"sendt {day}" in page, url
        assert "offentliggj" not in page, url


def test_the_head_of_the_meeting_is_as_the_picture(
    client: Client, meeting: Meeting
) -> None:
    assertContains(
        client.get(MEETING), "Sendt 7.\u00a0november\u00a02023, version&nbsp;2</span>"
    )


@pytest.fixture
def withdrawn(meeting: Meeting) -> Meeting:
    """Sent a third time, without 2.1 Bilag 2."""
    Appendix.objects.filter(key="brev-2").update(is_withdrawn=True)
    a_publication(meeting)
    return meeting


@pytest.mark.parametrize("role", ROLES)
def test_what_is_withdrawn_says_where_it_stood(
    client: Client, withdrawn: Meeting, role: str
) -> None:
    sign_in(client, role)

    page = client.get(BILAG)

    assert page.status_code == 200
    assertContains(page, "Trukket tilbage. Stod i version\u00a01 og 2.")
    assertContains(page, "<h1>Brev 2</h1>")
    for number in (1, 2):
        for url in (BILAG, f"{BILAG[:-1]}.pdf"):
            assertContains(page, f'href="{url}?version={number}"')
            assert client.get(f"{url}?version={number}").status_code == 200


def test_the_file_of_what_is_withdrawn_is_missing_and_says_where_it_stood(
    client: Client, withdrawn: Meeting
) -> None:
    response = client.get(f"{BILAG[:-1]}.pdf")

    said = "Trukket tilbage. Stod i version\u00a01 og 2."
    assertContains(response, said, status_code=404)


def test_an_old_version_of_what_is_withdrawn_leads_to_the_meeting(
    client: Client, withdrawn: Meeting
) -> None:
    page = client.get(f"{BILAG}?version=2")

    assertContains(page, "Version&nbsp;2 er afløst. Version&nbsp;3 gælder.")
    assertContains(page, "Trukket tilbage i version&nbsp;3.")
    assertContains(page, f'href="{MEETING}offentlig/"')
    assert client.get(f"{BILAG}?version=3").status_code == 404


def test_the_agenda_leads_to_what_became_of_a_withdrawn_appendix(
    client: Client, withdrawn: Meeting
) -> None:
    assertContains(client.get(MEETING), f'<a href="{BILAG}">Brev 2</a>')
    assertNotContains(client.get(f"{MEETING}?version=3"), f'href="{BILAG}"')


def test_editors_are_told_of_what_only_their_packet_has_lost(
    client: Client, meeting: Meeting
) -> None:
    sign_in(client, Role.SECRETARIAT)
    Appendix.objects.filter(key="brev-2").update(is_withdrawn=True)
    a_packet(meeting)

    said = "Ikke med i den pakke, der er bygget. Står i version\u00a01 og 2."
    assertContains(client.get(BILAG), said)
    client.logout()
    assertNotContains(client.get(BILAG), "Trukket tilbage")


def test_an_item_that_is_gone_says_where_it_stood(
    client: Client, meeting: Meeting
) -> None:
    AgendaItem.objects.filter(key="to").update(position=None, removed_position=2)
    a_publication(meeting)

    page = client.get(f"{MEETING}punkter/2-2/")

    assertContains(page, "Trukket tilbage. Stod i version\u00a02.")
    assertContains(page, f'href="{MEETING}offentlig/punkter/2-2/?version=2"')
    assert client.get(f"{MEETING}punkter/2-9/").status_code == 404


@pytest.mark.parametrize("times", [1, 4])
def test_a_version_asks_the_same_number_of_queries(
    client: Client, times: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = a_publication()
    Appendix.objects.filter(key="brev-2").update(is_withdrawn=True)
    for time in range(times):
        AgendaItem.objects.update(title=f"Titel {time}")
        a_publication(row.meeting)

    for url, queries in QUERIES.items():
        with django_assert_num_queries(queries, info=url):
            response = client.get(url)

        assert response.status_code == 200, url
