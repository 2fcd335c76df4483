"""What was saved and no job has looked at yet is said wherever somebody might trust it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains

from meetings.services.staleness import defer_refresh, defer_refresh_council
from tests.makers_packets import a_meeting, a_packet, a_user

if TYPE_CHECKING:
    from django.test import Client

    from meetings.models import Meeting

pytestmark = pytest.mark.django_db
URL = "/moeder/2023-11-22/"
HTMX = {"HX-Request": "true"}
NOT_YET = "er ikke kontrolleret endnu."


@pytest.fixture
def meeting(client: Client) -> Meeting:
    """A meeting whose packet is built, its secretariat signed in."""
    made = a_meeting()
    a_packet(made)
    client.force_login(a_user(made.council))
    return made


def the_queue_stands_still() -> None:
    at = datetime.now(UTC) - timedelta(seconds=61)
    with connection.cursor() as cursor:
        sql = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)"
        cursor.execute(sql, [at])


def all_is_looked_at() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")


def test_a_change_of_the_meeting_is_said_until_a_job_has_looked(
    client: Client, meeting: Meeting
) -> None:
    assertContains(client.get(URL), "Aktuel")
    defer_refresh(meeting.pk)

    page = client.get(URL)
    assertContains(page, "Måske forældet")
    assertContains(page, "Ikke kontrolleret")
    assertNotContains(page, "Aktuel")

    all_is_looked_at()
    assertContains(client.get(URL), "Aktuel")


def test_a_change_of_the_councils_records_is_said_too(
    client: Client, meeting: Meeting
) -> None:
    defer_refresh_council(meeting.council_id)

    assertContains(client.get(URL), "Måske forældet")
    assertContains(client.get(f"{URL}pakke/"), NOT_YET)
    assertContains(client.get("/"), "Pakken er måske forældet")


def test_another_meetings_change_is_none_of_ours(
    client: Client, meeting: Meeting
) -> None:
    defer_refresh(meeting.pk + 1)
    defer_refresh_council(meeting.council_id + 1)

    assertNotContains(client.get(URL), "Måske forældet")


def test_the_page_asks_by_itself_until_it_is_looked_at(
    client: Client, meeting: Meeting
) -> None:
    defer_refresh(meeting.pk)
    assertContains(client.get(URL), f'hx-get="{URL}?ventende"')
    all_is_looked_at()

    answer = client.get(f"{URL}?ventende", headers=HTMX)

    assertContains(answer, 'id="side" hx-swap-oob="true"')
    assertContains(answer, "Aktuel")
    assertNotContains(answer, "?ventende")
    assertNotContains(answer, "<article")


@pytest.mark.parametrize("url", [URL, f"{URL}pakke/", "/"])
def test_a_queue_that_stands_still_is_said_on_every_page_that_waits(
    client: Client, meeting: Meeting, url: str
) -> None:
    defer_refresh(meeting.pk)
    assertNotContains(client.get(url), "Køen står stille")
    the_queue_stands_still()

    page = client.get(url)

    assertContains(page, "Køen står stille siden")
    assertContains(page, "Intet er tabt.")


def test_a_queue_that_waits_for_nobody_here_is_not_spoken_of(
    client: Client, meeting: Meeting
) -> None:
    defer_refresh(meeting.pk + 1)
    the_queue_stands_still()

    assertNotContains(client.get(URL), "Køen står stille")
