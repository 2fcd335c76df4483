"""The pages of a record's history, and of a catalogue's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from proposals.choices import CatalogueKind, PointKind
from proposals.models import Proposal
from proposals.services import points, records
from proposals.views.history import NOTHING
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_catalogue, a_proposal, a_unit, point_of, texts

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from accounts.models import User

pytestmark = pytest.mark.django_db
GAIN = PointKind.GAIN
URL = "/forslag/7/historik/"


@pytest.fixture
def user(client: Client) -> User:
    """The secretariat of KKR Sjælland is signed in."""
    found = a_user()
    client.force_login(found)
    return found


def a_changed_proposal(user: User, times: int = 2) -> Proposal:
    """A proposal whose first gain was changed so many times."""
    proposal = a_proposal()
    first = point_of(proposal, GAIN, 1)
    for version in range(1, times + 1):
        text = f"Udgave {version}"
        points.edit_point(first.pk, version=version, text=text, by=user)
    return proposal


def test_the_versions_stand_with_who_what_and_where_they_can_be_taken(
    client: Client, user: User
) -> None:
    a_changed_proposal(user)

    page = client.get(URL)

    assertContains(page, "Historik for forslag 7")
    assertContains(page, "3\xa0versioner · ingen er sendt")
    assertContains(page, "rettede forslag 7, gevinst 1", count=2)
    assertContains(page, "Oprettet med nummer, tema, titel, ideen, 3\xa0gevinster")
    assertContains(page, "gendan=2#version-2")
    assertNotContains(page, "gendan=3")
    assertContains(page, '<li><a href="/forslag/#tema-1">')
    assertContains(
        page, '?kun=gain">Gevinster</a><span class="filters__count">2</span>'
    )
    assertContains(page, '<span class="filters__count">', count=2)
    assertContains(page, "Ikke ændret: nummer, tema, titel, ideen")
    pair = client.get(f"{URL}?fra=1&til=3")
    assertContains(pair, "Version 1 over for version 3: 1\xa0felt er ændret")
    assertContains(pair, "version\xa02 og 3")
    assertContains(pair, "Ens i begge: nummer, tema, titel, ideen")
    for query in ("?fra=1&til=1", "?fra=1", "?fra=1&til=x"):
        refused = client.get(URL + query)
        assertContains(refused, "Vælg to forskellige versioner.", status_code=422)
    whole = client.get(f"{URL}1/")
    assertContains(whole, "Version 1 af forslag 7")
    assertContains(whole, "Praktik bruges mere fleksibelt")
    assertNotContains(whole, "Udgave")
    assert client.get(f"{URL}4/").status_code == 404


def test_a_version_is_taken_back_on_the_page_and_undone(
    client: Client, user: User
) -> None:
    proposal = a_changed_proposal(user)
    records.edit_record(proposal, version=3, title="En anden titel", by=user)
    asked = client.get(f"{URL}?gendan=1")
    assertContains(asked, "Gendan version 1 som version 5?")
    assertContains(asked, "Version 4 bliver liggende i historikken")

    done = client.post(URL, {"gendan": 1, "version": 4}, follow=True)

    assertRedirects(done, URL)
    assertContains(done, "Version 1 er gendannet som version 5.")
    assert texts(proposal, GAIN)[0] == "Praktik bruges mere fleksibelt"
    undo = {"gendan": 4, "version": 5, "fortryd": 1,
            "felter": f"title point-{point_of(proposal, GAIN, 1).pk}"}  # fmt: skip
    for name, value in undo.items():
        expected = f'name="{name}" value="{value}"'
        assertContains(done, expected)
    back = client.post(URL, undo, follow=True)
    assertContains(back, "Gendannelsen er fortrudt. Det er version 6.")
    assert texts(proposal, GAIN)[0] == "Udgave 2"
    assert Proposal.objects.get().title == "En anden titel"


def test_with_htmx_the_list_is_swapped_and_the_focus_stays(
    client: Client, user: User
) -> None:
    proposal = a_changed_proposal(user)
    htmx = {"HX-Request": "true"}
    page = client.get(URL)
    for name, url in (
        ("Skridtene efter KKR", "/forslag/7/vejen/"),
        ("holdningerne", "/forslag/holdninger/7/"),
        ("visionerne", "/forslag/7/#visions"),
        ("det, kilderne er uens om", "/forslag/uens/"),
    ):
        assertContains(page, f'<a href="{url}">{name}</a>')
    asked = client.get(f"{URL}?gendan=1", headers=htmx)
    assertNotContains(asked, "<h1")
    assertContains(asked, '<h4 tabindex="-1" data-focus>Gendan version 1')
    closed = client.get(f"{URL}?luk=1", headers=htmx)
    assertNotContains(closed, "<h4")
    assertContains(closed, "data-focus>Gendan som ny version", count=1)
    key = f"point-{point_of(proposal, GAIN, 1).pk}"
    picked = {"gendan": 1, "version": 3, "vaelg": 1}
    assertContains(client.post(URL, picked, headers=htmx), NOTHING, status_code=422)

    done = client.post(URL, {**picked, "felt": key, "kun": key}, headers=htmx)

    assertNotContains(done, "<h1")
    assertContains(done, "Version 1 er gendannet som version 4.")
    assertContains(done, "data-focus>Se version 4")
    assertContains(done, "4\xa0versioner")
    assertContains(done, "Her er kun det, der handler om <b>Gevinst 1</b>")
    for swapped in ("status", "facts", "history-side"):
        assertContains(done, f'id="{swapped}"')
    assertContains(done, 'hx-swap-oob="true"', count=3)
    assert texts(proposal, GAIN)[0] == "Praktik bruges mere fleksibelt"


def test_chosen_fields_come_back_and_a_collision_is_asked_about(
    client: Client, user: User
) -> None:
    proposal = a_changed_proposal(user)
    records.edit_record(proposal, version=3, title="En anden titel", by=user)
    picks = client.get(f"{URL}?gendan=1&vaelg=1")
    assertContains(picks, 'name="felt"', count=2)
    assertNotContains(picks, 'value="title" checked')
    empty = client.post(URL, {"gendan": 1, "version": 4, "vaelg": 1})
    assertContains(empty, "Vælg mindst ét felt.", status_code=422)

    client.post(URL, {"gendan": 1, "version": 4, "vaelg": 1, "felt": "title"})

    assert Proposal.objects.get().title == "Forslag om praktik 7"
    assert texts(proposal, GAIN)[0] == "Udgave 2"
    point = point_of(proposal, GAIN, 1)
    points.edit_point(point.pk, version=point.version, text="En andens", by=user)
    late = client.post(URL, {"gendan": 1, "version": 5, "felter": f"point-{point.pk}"})
    assertContains(late, "En anden har gemt det samme imens.", status_code=409)
    assertContains(late, "En andens", status_code=409)
    assert texts(proposal, GAIN)[0] == "En andens"
    for data in ({"gendan": 99, "version": 6}, {"gendan": "x"}, {}):
        assert client.post(URL, data).status_code == 404


def test_one_part_has_its_earlier_editions_and_a_removed_point_comes_back(
    client: Client, user: User
) -> None:
    proposal = a_changed_proposal(user)
    point = point_of(proposal, GAIN, 1)
    records.edit_record(proposal, version=3, title="En anden titel", by=user)
    points.remove_point(point.pk, by=user)

    page = client.get(f"{URL}?kun=point-{point.pk}")

    assertContains(page, "Her er kun det, der handler om <b>Gevinst 1</b>")
    assertContains(page, "<article", count=4)
    assertNotContains(page, "En anden titel</ins>")
    assertContains(page, f"gendan=3&amp;felt=point-{point.pk}")
    assertContains(page, "Slettede punkter")
    assertContains(page, "”Udgave 2”")
    assertContains(client.get(f"{URL}?kun=gain"), "<article", count=4)
    assertContains(client.get(f"{URL}?kun=title"), "<article", count=2)
    for odd in ("x", "point-", "point-x", "order-", "term-x-y", "-"):
        assert client.get(URL, {"kun": odd}).status_code == 200
    client.post(URL, {"gendan": 2, "version": 5, "felter": f"point-{point.pk}"})
    assert texts(proposal, GAIN)[0] == "Udgave 1"
    menu = client.get("/forslag/7/")
    assertContains(menu, f'href="{URL}?kun=point-{point.pk}"')
    assertContains(menu, "Sammenlign versioner")


def test_the_history_follows_the_record_over_renumbering_and_removal(
    client: Client, user: User
) -> None:
    proposal = a_changed_proposal(user)
    records.edit_record(proposal, version=3, number=8, by=user)
    assert client.get(URL).status_code == 404
    assertContains(client.get("/forslag/8/historik/"), "Historik for forslag 8")
    assertContains(client.get("/forslag/8/historik/1/"), "Forslag om praktik 7")
    gone = f"/forslag/slettede/{proposal.key}/historik/"
    assertRedirects(client.get(gone), "/forslag/8/historik/")

    proposal.refresh_from_db()
    records.remove_record(proposal, by=user)

    assert client.get("/forslag/8/historik/").status_code == 404
    assertContains(client.get("/forslag/slettede/"), gone)
    page = client.get(gone)
    assertContains(page, "Forslaget er slettet.")
    assertNotContains(page, "Gendan som ny version")
    assertContains(client.get(f"{gone}1/"), "Forslaget er slettet.")
    refused = client.post(gone, {"gendan": 1, "version": 5})
    assertContains(refused, "Sæt det ind igen først.", status_code=422)
    acts = client.get("/forslag/historik/")
    assertContains(acts, f"{gone}5/")
    assertContains(acts, "slettede forslag 8")
    assertContains(acts, "4\xa0ændringer")


def test_nobody_else_reads_it(client: Client, user: User) -> None:
    a_changed_proposal(user)
    a_unit()
    records.remove_record(a_proposal(9), by=user)
    urls = (URL, f"{URL}1/", "/forslag/historik/", "/forslag/slettede/",
            "/forslag/slettede/forslag-9/historik/", "/samdrift/1/historik/",
            "/forslag/slettede/forslag-9/historik/1/", "/samdrift/historik/")  # fmt: skip
    for url in urls:
        assert client.get(url).status_code == 200, url
    other = a_council("midt")
    a_catalogue(other)
    a_catalogue(other, CatalogueKind.COOPERATION)
    client.force_login(a_user(other))
    for url in urls[:2] + urls[4:7]:
        assert client.get(url).status_code == 404, url
    assertNotContains(client.get("/forslag/historik/"), "rettede")
    client.force_login(a_user(role=Role.MEMBER))
    for url in urls:
        assert client.get(url).status_code in {403, 404}, url


@pytest.mark.parametrize("times", [1, 24])
def test_a_page_asks_few_queries_and_long_histories_are_paged(
    client: Client,
    user: User,
    times: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    a_changed_proposal(user, times)
    for number in range(20, 20 + times % 7):
        records.remove_record(a_proposal(number), by=user)
    client.get(URL)

    with django_assert_num_queries(7):
        page = client.get(f"{URL}?fra=1&til=2")
    with django_assert_num_queries(5):
        client.get(f"{URL}1/")
    with django_assert_num_queries(7):
        client.get("/forslag/historik/")
    with django_assert_num_queries(5):
        client.get("/forslag/slettede/")

    assertContains(page, "<article", count=min(times + 1, 20))
    if times > 20:
        assertContains(page, "Side 1 af 2")
        assertContains(client.get(f"{URL}?side=2"), "<article", count=5)
        assertContains(client.get(f"{URL}?gendan=1"), "Gendan version 1 som")
