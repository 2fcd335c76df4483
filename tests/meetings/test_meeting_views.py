"""The list of meetings, the workbench, and the meeting's own facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from tests.makers import (
    HTMX,
    MEETING,
    a_chief,
    a_meeting,
    a_secretary,
    an_item,
    an_outsider,
    an_upload,
)
from tests.makers_packets import (
    a_begun_version,
    a_council,
    a_packet,
    a_publication,
    a_user,
    an_appendix,
)

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from meetings.models import Meeting

pytestmark = pytest.mark.django_db
FACTS = f"{MEETING}oplysninger/"


@pytest.fixture
def meeting(client: Client) -> Meeting:
    """A meeting, its secretariat signed in."""
    client.force_login(a_secretary())
    return a_meeting()


def facts(meeting: Meeting, **changed: str) -> dict[str, str]:
    """What the form of the meeting's facts sends."""
    own = {"version": str(meeting.version), "held_on": "22.11.2023", "place": ""}
    return own | {"starts_at": "13.00", "ends_at": "16.00"} | changed


def test_the_head_counts_titled_items_and_the_list_shows_all_rows(
    client: Client, meeting: Meeting
) -> None:
    an_upload(an_item(meeting, "Filmfonden"))
    an_item(meeting, "", kind="", action="")

    response = client.get(MEETING)

    assertContains(response, "Onsdag kl. 13.00–16.00 · 1\xa0punkt · 1\xa0bilag")
    assertContains(response, '<article class="item"', count=2)
    assertContains(response, "Titel mangler")
    assertContains(response, "Type og ønsket handling mangler")


def test_a_row_tells_what_the_appendix_is_and_where_it_stands(
    client: Client, meeting: Meeting
) -> None:
    item = an_item(meeting, "Indspil")
    an_appendix(item, 1)
    an_upload(item, "Brev")
    a_packet(meeting)

    response = client.get(MEETING)

    assertContains(response, "Dannes af 2 forslag")
    assertContains(response, "Aktuel</span>")
    assertContains(response, "Scannet uden tekstlag")
    assertContains(response, "Resumé skrevet</span>")
    assertContains(response, "s. 2–5<")
    assertContains(response, "s. 6–9<")
    assertContains(response, "9\xa0sider")


def test_a_changed_appendix_is_stale_with_what_changed(
    client: Client, meeting: Meeting
) -> None:
    item = an_item(meeting, "Indspil")
    appendix = an_appendix(item, 1)
    a_packet(meeting)
    appendix.digest = "0" * 64
    appendix.changes = [{"text": "1 gevinst i forslag 7", "page": "4"}]
    appendix.save()

    response = client.get(MEETING)

    assertContains(response, "Dannes af 2 forslag. 1 gevinst i forslag 7 er ændret")
    assertContains(response, "Forældet")


@pytest.mark.parametrize("count", [1, 4])
def test_the_workbench_asks_the_same_number_of_queries(
    client: Client,
    meeting: Meeting,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        item = an_item(meeting)
        an_appendix(item, 1)
        an_upload(item)
    a_packet(meeting)

    with django_assert_num_queries(8):
        response = client.get(MEETING)

    assertContains(response, '<article class="item"', count=count)


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_asks_the_same_number_of_queries(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(a_secretary())
    for day in range(count):
        an_item(a_meeting(slug=f"2023-11-{day + 1:02d}"))

    with django_assert_num_queries(4):
        response = client.get("/moeder/")

    assertContains(response, '<th scope="row">', count=count)


def test_the_list_holds_the_council_s_own_meetings_and_their_state(
    client: Client, meeting: Meeting
) -> None:
    a_meeting(a_council("hovedstaden"), slug="2023-12-01")
    a_publication(meeting)

    response = client.get("/moeder/")

    assertContains(response, "22.\xa0november\xa02023")
    assertContains(response, "Sendt</span>")
    assertNotContains(response, "1.\xa0december\xa02023")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.REPORTER, None])
def test_a_draft_does_not_exist_for_others(
    client: Client, meeting: Meeting, role: Role | None
) -> None:
    client.logout()
    if role == Role.MEMBER:
        client.force_login(a_user(meeting.council, role))
    an_item(meeting, "Hemmelig sag")

    assert client.get(MEETING).status_code == 404
    assertNotContains(client.get("/moeder/"), "22.\xa0november\xa02023")


def test_another_council_s_meeting_of_the_day_is_not_shown(
    client: Client, meeting: Meeting
) -> None:
    client.force_login(an_outsider())

    assert client.get(MEETING).status_code == 404
    assert client.get(FACTS).status_code == 404


def test_closing_a_card_gives_focus_back_to_its_link(
    client: Client, meeting: Meeting
) -> None:
    an_item(meeting, "Filmfonden")

    response = client.get(f"{MEETING}?luk=2-1", headers=HTMX)

    assertContains(response, "data-focus")
    assertContains(response, 'hx-swap-oob="true"', count=2)
    assertNotContains(response, 'name="case"')


def test_a_meeting_is_created_with_its_sections(client: Client) -> None:
    client.force_login(a_secretary())
    data = {"held_on": "1. december", "sections": "Formalia\n\n Sager "}
    usual = "Formalia\nSager\nOrienteringer\nEventuelt</textarea>"
    assertContains(client.get("/moeder/nyt/"), usual)

    refused = client.post("/moeder/nyt/", data)
    made = client.post("/moeder/nyt/", data | {"held_on": "01.12.2023"}, follow=True)

    assertContains(refused, "Skriv datoen som dag, måned og år", status_code=422)
    assertRedirects(made, "/moeder/2023-12-01/")
    assertContains(made, "KKR-møde 1.\xa0december\xa02023 er oprettet.")
    assertContains(made, "1. Formalia</h2>")
    assertContains(made, "2. Sager</h2>")


def test_a_meeting_that_ends_before_it_begins_is_refused(
    client: Client, meeting: Meeting
) -> None:
    response = client.post(FACTS, facts(meeting, ends_at="12.00"))

    said = "Mødet skal slutte, efter at det er begyndt."
    assertContains(response, said, count=1, status_code=422)
    assertContains(response, 'id="id_ends_at_error"', status_code=422)
    assertContains(response, 'value="12.00"', status_code=422)


def test_a_draft_s_address_follows_its_date(client: Client, meeting: Meeting) -> None:
    response = client.post(FACTS, facts(meeting, held_on="23.11.2023"))

    assertRedirects(response, "/moeder/2023-11-23/")


def test_a_published_meeting_keeps_its_address(
    client: Client, meeting: Meeting
) -> None:
    begun = a_begun_version(meeting)

    response = client.post(FACTS, facts(begun, held_on="23.11.2023"))

    assertRedirects(response, MEETING)


def test_two_who_move_the_meeting_to_different_hours_are_asked(
    client: Client, meeting: Meeting
) -> None:
    other = Client()
    other.force_login(a_chief())
    other.post(FACTS, facts(meeting, starts_at="12.00", place="Roskilde"))

    response = client.post(FACTS, facts(meeting, starts_at="12.30"))

    said = "I har begge rettet i mødets oplysninger"
    assertContains(response, said, status_code=409)
    assertContains(response, "Vælg tekst i 1\xa0felt: Begynder kl.", status_code=409)
    assertContains(response, "12.30", status_code=409)


@pytest.mark.parametrize("url", ["/moeder/nyt/", FACTS])
def test_only_editors_reach_the_forms(
    client: Client, meeting: Meeting, url: str
) -> None:
    client.force_login(a_user(meeting.council, Role.MEMBER))

    assert client.get(url).status_code == 404
    assert client.post(url, facts(meeting)).status_code == 404
