"""The days of meetings: written as people write them, given to two, given back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core.asked import REMOVE
from meetings.models import Meeting
from tests.makers import MEETING, a_meeting, a_secretary, an_item, an_outsider
from tests.makers_packets import a_begun_version, a_publication, a_user
from tests.meetings.test_meeting_views import FACTS, facts

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(client: Client) -> Meeting:
    """A meeting, its secretariat signed in."""
    client.force_login(a_secretary())
    return a_meeting()


def page_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


def test_a_second_meeting_of_a_day_gets_a_letter(
    client: Client, meeting: Meeting
) -> None:
    data = {"held_on": "22.11.2023", "sections": "Sager", "igen": "ja"}

    response = client.post("/moeder/nyt/", data, follow=True)

    assertRedirects(response, "/moeder/2023-11-22b/")
    assertContains(response, "KKR-møde 22.\xa0november\xa02023, 2.\xa0møde</h1>")
    listed = client.get("/moeder/")
    assertContains(listed, ">22.\xa0november\xa02023</a>")
    assertContains(listed, ">22.\xa0november\xa02023, 2.\xa0møde</a>")


def test_a_second_meeting_of_a_day_is_asked_about_first(
    client: Client, meeting: Meeting
) -> None:
    data = {"held_on": "22.11.2023", "sections": "Sager"}

    response = client.post("/moeder/nyt/", data)

    said = "Der er allerede et møde den 22.\xa0november\xa02023."
    assertContains(response, said, status_code=422)
    assertContains(response, 'name="igen" value="ja"', status_code=422)
    assert Meeting.objects.count() == 1


def test_moving_a_meeting_to_a_day_that_has_one_is_asked_about_too(
    client: Client, meeting: Meeting
) -> None:
    a_meeting(meeting.council, slug="2023-11-23")
    sent = facts(meeting, held_on="23.11.2023")

    assertContains(client.post(FACTS, sent), "Der er allerede", status_code=422)
    assertRedirects(client.post(FACTS, sent | {"igen": "ja"}), "/moeder/2023-11-23b/")
    own = f"{MEETING[:-1].replace('22', '23')}b/oplysninger/"
    meeting.refresh_from_db()
    assert client.post(own, facts(meeting, place="Sorø")).status_code == 302


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("24. januar 2024", "2024-01-24"),
        ("24. jan. 2024", "2024-01-24"),
        (" den 1. maj 2024", "2024-05-01"),
        ("1.6.2024", "2024-06-01"),
    ],
)
def test_a_day_may_be_written_as_people_write_it(
    client: Client, meeting: Meeting, written: str, slug: str
) -> None:
    response = client.post(FACTS, facts(meeting, held_on=written))

    assertRedirects(response, f"/moeder/{slug}/")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("22.11.1800", "Skriv et år mellem 1970 og 2100."),
        ("22.11.2101", "Skriv et år mellem 1970 og 2100."),
        ("31. februar 2024", "Skriv datoen som dag, måned og år"),
        ("1. marsts 2024", "Skriv datoen som dag, måned og år"),
        ("1. ma 2024", "Skriv datoen som dag, måned og år"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(
    client: Client, meeting: Meeting, written: str, said: str
) -> None:
    response = client.post(FACTS, facts(meeting, held_on=written))

    assertContains(response, said, status_code=422)
    assertContains(response, f'value="{written}"', status_code=422)


def test_a_draft_is_removed_with_its_items_and_put_back(
    client: Client, meeting: Meeting
) -> None:
    an_item(meeting, "Filmfonden")
    assertContains(client.get(FACTS), "Fjern mødet")

    gone = client.post(f"{MEETING}fjernelse/", REMOVE, follow=True)

    assertContains(gone, "KKR-møde 22.\xa0november\xa02023 er fjernet.")
    assertContains(gone, "I har ingen møder endnu.")
    assert client.get(MEETING).status_code == 404
    assert client.get("/").status_code == 200
    listed = client.get("/moeder/?fjernede")
    assertContains(listed, "KKR-møde 22.\xa0november\xa02023</strong>, 1\xa0punkt<")
    assertContains(listed, f'action="/moeder/fjernet-{meeting.pk}/fjernelse/"')
    undo = re.search(r'<form action="(/moeder/fjernet-\d+/fjernelse/)"', page_of(gone))
    assert undo is not None
    back = client.post(undo[1], {"undo": "1"}, follow=True)
    assertRedirects(back, MEETING)
    assertContains(back, "2. Afsnit 2")
    assertContains(back, "Filmfonden")


def test_a_removed_meeting_leaves_its_day_to_others(
    client: Client, meeting: Meeting
) -> None:
    client.post(f"{MEETING}fjernelse/", REMOVE)

    made = client.post("/moeder/nyt/", {"held_on": "22.11.2023", "sections": "Sager"})

    assertRedirects(made, MEETING)
    meeting.refresh_from_db()
    client.post(f"/moeder/{meeting.slug}/fjernelse/", {"undo": "1"})
    meeting.refresh_from_db()
    assert meeting.slug == "2023-11-22b"


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_meeting_that_somebody_has_begun_on_is_not_removed(
    client: Client,
    meeting: Meeting,
    is_sent: bool,  # noqa: FBT001
) -> None:
    if is_sent:
        a_publication(meeting)
    else:
        Meeting.objects.update(state="approval")
    assertNotContains(client.get(FACTS), "Fjern mødet")

    page = client.post(f"{MEETING}fjernelse/", REMOVE, follow=True)

    assertContains(page, "kan ikke fjernes" if is_sent else "Mødet er til godkendelse.")
    meeting.refresh_from_db()
    assert not meeting.is_removed


def test_nobody_else_removes_a_meeting_or_puts_one_back(
    client: Client, meeting: Meeting
) -> None:
    client.post(f"{MEETING}fjernelse/", REMOVE)
    meeting.refresh_from_db()
    url = f"/moeder/{meeting.slug}/fjernelse/"
    for user in (an_outsider(), a_user(meeting.council, Role.MEMBER)):
        client.force_login(user)
        assert client.post(url, {"undo": "1"}).status_code == 404
    meeting.refresh_from_db()
    assert meeting.is_removed


def test_the_day_of_a_sent_meeting_is_changed_with_a_word_on_what_keeps_the_old(
    client: Client, meeting: Meeting
) -> None:
    url, said = f"{MEETING}oplysninger/", "Mødet er sendt med datoen 22.\xa0november"
    assertNotContains(client.get(url), said)
    an_item(meeting)
    a_begun_version(meeting)
    meeting.refresh_from_db()
    assertContains(client.get(url), said)

    day = facts(meeting, held_on="23.11.2023")
    assertContains(client.post(url, day, follow=True), said)
    meeting.refresh_from_db()
    assert (meeting.slug, meeting.held_on.day) == ("2023-11-22", 23)
    again = client.post(url, facts(meeting, held_on="23.11.2023", place="Sorø"))
    assert again.status_code == 302
