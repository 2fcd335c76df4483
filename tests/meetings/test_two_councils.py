"""Two councils meet on one day: every address says whose meeting it is."""

from __future__ import annotations

import html
import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from accounts.choices import Role
from tests.makers_packets import a_council, a_meeting, a_publication, a_user
from tests.meetings.test_public_views import FILES, MEETING, PUBLIC

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
PAGES = [url for url in PUBLIC if url not in FILES]


@pytest.fixture(scope="module")
def both(kept: None) -> None:
    """Two councils have published a meeting of the same day."""
    a_publication()
    a_publication(a_meeting(a_council("hovedstaden")))


OWN_ADDRESS = re.compile(r'(?:href|src|action)="(/moeder/2[^"#]*)')


@pytest.mark.usefixtures("both")
def test_every_address_of_another_council_s_meeting_says_whose_it_is(
    client: Client,
) -> None:
    for url in PAGES:
        page = client.get(f"{url}?kkr=hovedstaden").content.decode()

        found = [html.unescape(address) for address in OWN_ADDRESS.findall(page)]
        assert found, url
        # A form that fetches cannot keep a query: it has a field instead.
        _, form, rest = page.partition(f'action="{MEETING}pakke/')
        hidden = '<input type="hidden" name="kkr" value="hovedstaden">'
        assert not form or hidden in rest.partition("</form>")[0], url
        links = [a for a in found if "kkr=hovedstaden" not in a]
        assert links == ([f"{MEETING}pakke/"] if form else []), url
        assert "Møde i KKR Sjælland" not in page, url


@pytest.mark.usefixtures("both")
def test_whose_meeting_it_is_can_be_said(client: Client) -> None:
    asked = ("?kkr=hovedstaden", "", "?kkr=nordjylland")

    found = {
        url: [client.get(url + whose).status_code for whose in asked] for url in PUBLIC
    }

    assert found == {url: [200, 200, 404] for url in PUBLIC}


@pytest.mark.usefixtures("both")
def test_the_list_leads_to_either_of_two_meetings_of_one_day(client: Client) -> None:
    page = client.get("/moeder/").content.decode()

    addresses = sorted(OWN_ADDRESS.findall(page))
    assert addresses == [MEETING, f"{MEETING}?kkr=hovedstaden"]
    assertContains(client.get(addresses[0]), "Møde i KKR Sjælland")
    assertContains(client.get(addresses[1]), "Møde i KKR Hovedstaden")


@pytest.mark.usefixtures("both")
def test_a_member_of_one_council_reaches_the_other_s_meeting(client: Client) -> None:
    client.force_login(a_user(a_council("hovedstaden"), Role.MEMBER))

    page = client.get("/moeder/").content.decode()

    assert f'href="{MEETING}?kkr=sjaelland"' in page
    meeting = client.get(f"{MEETING}?kkr=sjaelland")
    assertContains(meeting, "Møde i KKR Sjælland")
    assertContains(meeting, f'href="{MEETING}pakke/?kkr=sjaelland"')


@pytest.mark.usefixtures("both")
def test_editors_read_another_council_s_meeting_where_it_is_named(
    client: Client,
) -> None:
    client.force_login(a_user(a_council("hovedstaden")))

    assertContains(client.get(f"{MEETING}?kkr=sjaelland"), "Møde i KKR Sjælland")
    assertContains(client.get(f"{MEETING}?kkr=hovedstaden"), "Ret i en ny version")


def test_a_page_asked_for_by_name_is_of_the_same_council(client: Client) -> None:
    a_publication(a_meeting(a_council("hovedstaden")))
    query = "kkr=hovedstaden&side=2.1+Bilag+2"

    response = client.get(f"{MEETING}pakke/?{query}")

    wanted = f"{MEETING}pakke/?kkr=hovedstaden&side=6#laes"
    assertRedirects(response, wanted, fetch_redirect_response=False)


NAMES = {"sjaelland": "KKR Sjælland", "hovedstaden": "KKR Hovedstaden"}
BAR = '<span class="bar__council">{}</span>'


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_the_bar_and_the_title_name_the_council_that_met(
    client: Client, role: Role | None
) -> None:
    if role:
        client.force_login(a_user(a_council("sjaelland"), role))

    for url, slug in product(PAGES, NAMES):
        page = client.get(f"{url}?kkr={slug}").content.decode()

        other = NAMES["sjaelland" if slug == "hovedstaden" else "hovedstaden"]
        assert BAR.format(NAMES[slug]) in page, (url, slug)
        title = page[page.index("<title>") : page.index("</title>")]
        assert NAMES[slug] in title, (url, slug)
        assert BAR.format(other) not in page, (url, slug)


@pytest.mark.usefixtures("both")
def test_one_council_s_meetings_can_be_listed(client: Client) -> None:
    whole = client.get("/moeder/").content.decode()
    theirs = client.get("/moeder/?kkr=hovedstaden").content.decode()

    assert all(f"/moeder/?kkr={slug}" in whole for slug in NAMES)
    assert "bar__council" not in whole
    assert OWN_ADDRESS.findall(theirs) == [f"{MEETING}?kkr=hovedstaden"]
    assert BAR.format(NAMES["hovedstaden"]) in theirs
    assert client.get("/moeder/?kkr=nordjylland").status_code == 404


@pytest.mark.usefixtures("both")
def test_editors_find_other_councils_meetings(client: Client) -> None:
    client.force_login(a_user(a_council("sjaelland"), Role.SECRETARIAT))

    assertContains(client.get("/moeder/"), 'href="?kkr="')
    listed = client.get("/moeder/?kkr=")

    assertContains(listed, f'href="{MEETING}?kkr=hovedstaden"')


def test_a_lone_council_needs_no_choice(client: Client) -> None:
    a_publication()

    page = client.get("/moeder/").content.decode()

    assert BAR.format(NAMES["sjaelland"]) in page
    assert "?kkr=" not in page
