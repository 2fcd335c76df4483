"""The search page: what it shows, to whom, and what it does with odd addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.html import strip_tags
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from core.search.indexing import index
from documents.models import ForeignFile
from meetings.models import AgendaItem, Meeting
from proposals.models import Proposal
from tests.kkr.searched import a_world, page_text
from tests.makers_packets import FACTS, a_council, a_meeting, a_publication, a_user
from tests.makers_proposals import a_proposal

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
TITLE = re.compile(r'<h3 class="hit__title">(.*?)</h3>', re.DOTALL)
COUNT = re.compile(r'class="filters__count">(\d+)<')


def titles(client: Client, address: str) -> list[str]:
    """The titles of the results, in order."""
    return titles_in(client.get(address))


def titles_in(response: Any) -> list[str]:
    """The titles of the results on a page, in order."""
    html = response.content.decode()
    return [strip_tags(title) for title in TITLE.findall(html)]


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(a_user())
    return client


def test_an_empty_search_is_the_page_alone(client: Client) -> None:
    response = client.get("/soeg/")

    assertContains(response, 'name="q"')
    assertNotContains(response, "resultat")


def test_editors_find_todays_record_and_where_it_was_sent(secretary: Client) -> None:
    a_world()

    page = page_text(secretary.get("/soeg/?q=målgrupper"))

    assert "1 resultat for ”målgrupper”" in page
    assert "Forenklingsforslag 1 Færre målgrupper" in page
    assert "KKR Sjælland · 2023 · sendt som 2.1 Bilag 1, side 4" in page


def test_a_record_changed_since_it_was_sent_is_two_hits_and_says_so(
    secretary: Client,
) -> None:
    a_world()
    Proposal.objects.update(idea="<p>Praktik er ny.</p>")
    index()

    page = page_text(secretary.get("/soeg/?q=målgrupper"))

    assert "2 resultater" in page
    assert page.index("Forenklingsforslag 1") < page.index("Som sendt")
    assert "Som sendt 7. november 2023, version 1 2.1 Bilag 1" in page
    assert "Teksten er ændret, siden den blev sendt." in page
    assert "senest sendt som 2.1 Bilag 1, side 4" in page


def test_the_public_finds_what_was_sent_and_never_that_it_has_changed(
    client: Client,
) -> None:
    a_world()
    Proposal.objects.update(idea="<p>Kanariefuglen er ny.</p>")
    index()

    page = page_text(client.get("/soeg/?q=målgrupper"))

    assert "1 resultat" in page
    assert "Som sendt 7. november 2023" in page
    assert "ændret" not in page
    assert titles(client, "/soeg/?q=kanariefuglen") == []


@pytest.mark.parametrize("role", ["", "member", "administrator", "other"])
def test_a_draft_is_found_by_its_councils_editors_alone(
    client: Client, role: str
) -> None:
    meeting = a_meeting(slug="2023-12-13")
    AgendaItem.objects.update(title="Kanariepraktik", summary="<p>Kanarie.</p>")
    a_proposal(title="Kanarieforslag")
    index()
    if role == "other":
        client.force_login(a_user(a_council("hovedstaden")))
    elif role:
        client.force_login(a_user(a_council(), Role(role)))
    asked = [
        "kanarie", "kanarieprakti", "kanariepraktk", "kanarie&hele=1", "kanarie&side=2",
        f"kanarie&moede={meeting.slug}", "kanarie&raad=sjaelland&art=forslag&aar=2023",
        "sagen&moede=2023-12-13",
    ]  # fmt: skip

    for question in asked:
        html = client.get(f"/soeg/?q={question}").content.decode()
        assert "Ingen resultater" in html
        assert "Mente du" not in html
        assert not re.search(r"kanarie(?!\b|prakti|praktk)", strip_tags(html).lower())


def test_a_hidden_meeting_answers_as_one_that_does_not_exist(client: Client) -> None:
    a_meeting(slug="2023-12-13")
    index()

    hidden = client.get("/soeg/?q=tekst&moede=2023-12-13").content.decode()
    nothing = client.get("/soeg/?q=tekst&moede=2024-12-13").content.decode()

    assert hidden == nothing.replace("2024", "2023")


def test_the_counts_of_each_list_add_up(secretary: Client) -> None:
    a_world()
    a_publication(a_meeting(a_council("hovedstaden")))
    index()

    html = secretary.get("/soeg/?q=praktikordningen").content.decode()
    shown = html.partition('class="columns__side')[2]
    lists = re.split("choices__name", shown)[1:]
    counts = [[int(n) for n in COUNT.findall(each)] for each in lists]

    assert [each[0] for each in counts] == [sum(each[1:]) for each in counts]
    assert counts[0][:3] == [2, 1, 1]


def test_a_choice_narrows_and_can_be_taken_back(secretary: Client) -> None:
    a_world()

    response = secretary.get("/soeg/?q=praktikordningen&art=moede&raad=sjaelland")

    page = page_text(response)
    assert "Ingen resultater" in page
    assert "Søge overalt i stedet for KKR Sjælland, Møder og beslutninger" in page
    assertContains(response, 'href="/soeg/?q=praktikordningen"')
    assertContains(response, 'aria-current="true"')


def test_inside_longer_words_is_said_and_can_be_switched_off(
    secretary: Client,
) -> None:
    a_world()

    page = page_text(secretary.get("/soeg/?q=praktik"))

    assert (
        "Ordet findes også inde i længere ord: praktikordningen. Kun hele ordet" in page
    )
    assert titles(secretary, "/soeg/?q=praktik&hele=1") == []


def test_one_meeting_can_be_searched(client: Client) -> None:
    a_publication()
    a_publication(a_meeting(slug="2023-12-13"))
    index()

    response = client.get("/soeg/?q=praktikordningen&moede=2023-12-13&kkr=sjaelland")

    page = page_text(response)
    assert "Søg i KKR-møde 13. december 2023" in page
    assert page.count("KKR-møde 13. december 2023") > 1
    assert "22. november" not in page
    assertContains(client.get("/moeder/2023-12-13/"), 'name="moede" value="2023-12-13"')


def test_another_councils_hit_leads_to_that_council(client: Client) -> None:
    a_publication()
    a_publication(a_meeting(a_council("hovedstaden")))
    index()

    html = client.get("/soeg/?q=praktikordningen").content.decode()
    links = re.findall(r'hit__title"><a href="([^"]+)"', html)

    assert sorted(links) == [
        "/moeder/2023-11-22/bilag/2-1-bilag-1/?kkr=hovedstaden&amp;version=1#proposal-et",
        "/moeder/2023-11-22/bilag/2-1-bilag-1/?version=1#proposal-et",
    ]
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_scanned_pages_are_owned_up_to_where_nothing_is_found(client: Client) -> None:
    meeting = a_meeting()
    scanned = FACTS | {"pages_without_text": [1]}
    ForeignFile.objects.update(facts=scanned)
    a_publication(meeting)
    index()

    page = page_text(client.get("/soeg/?q=findesikke"))
    listed = page_text(client.get("/soeg/uden-tekst/"))

    assert "Vi kan ikke søge i alle sider af 2.1 Bilag 2 , fordi" in page
    assert "2.1 Bilag 2, Brev 2 KKR-møde 22. november 2023 1" in listed


def test_a_text_is_escaped_wherever_it_is_shown(secretary: Client) -> None:
    evil = '<script>alert(1)</script> "><img src=x onerror=alert(2)> praktik'
    a_proposal(title=evil, gains=(evil,))
    index()

    html = secretary.get(f"/soeg/?q=praktik&raad={evil}").content.decode()
    echoed = secretary.get("/soeg/", {"q": evil, "moede": evil}).content.decode()

    for text in (html, echoed):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)" in html


ODD = (
    "'", '"', "\\", "%00", "%", ";--", "' OR 1=1--", "!()&|<>:*", "a:*", "''''", "\u2028",
    "ø" * 3000, "a " * 3000, "”", "”” ””", "-1", "9" * 40, "1e9", "../..", "{{7*7}}",
    "__class__", "id__gt=0", "\N{RIGHT-TO-LEFT OVERRIDE}praktik", "\ud7ff", "\N{GRINNING FACE}",
    "<2>", "'praktik':A", "praktik & !x", "² ½", "İ",
)  # fmt: skip


@pytest.mark.parametrize(
    "name", ["q", "raad", "aar", "art", "moede", "kkr", "hele", "orden", "side"]
)
def test_odd_values_are_answered_as_if_they_were_not_there(
    client: Client, name: str
) -> None:
    a_publication()
    index()
    usual = titles(client, "/soeg/?q=praktikordningen")

    for value in ODD:
        response = client.get("/soeg/", {"q": "praktikordningen", name: value})
        assert response.status_code == 200
        if name not in {"q", "aar"}:
            assert titles_in(response) == usual, value


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_asks_at_most_eight_queries(
    secretary: Client,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for day in range(10, 10 + count):
        a_publication(a_meeting(slug=f"2023-11-{day}"))
    index()

    for text in ("praktikordningen", "Praktikorningen målgruper", "den", ""):
        with django_assert_max_num_queries(8):
            secretary.get("/soeg/", {"q": text})


def test_results_are_paged(secretary: Client) -> None:
    for number in range(1, 24):
        a_proposal(number)
    index()

    first = secretary.get("/soeg/?q=forslag&art=forslag")
    last = titles(secretary, "/soeg/?q=forslag&art=forslag&side=2")

    assertContains(first, "Side 1 af 2")
    assert len(last) == 3
    assertContains(
        secretary.get("/soeg/?q=forslag&side=9"), "Der er ikke flere resultater"
    )


def test_a_meeting_without_a_publication_is_no_page_of_the_public(
    client: Client,
) -> None:
    a_meeting()
    index()

    assert Meeting.objects.exists()
    assert titles(client, "/soeg/?q=KKR-møde") == []
