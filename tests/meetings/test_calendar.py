"""Calendars to subscribe to: what they hold, for whom, and renewed addresses."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django.asserts import assertContains

from accounts.choices import Role
from accounts.models import User
from meetings.days.calendar import token_of
from meetings.models import Meeting
from meetings.services import life
from tests.makers import a_secretary
from tests.makers_packets import a_council, a_meeting, a_publication, a_user

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
PUBLIC, LINKS = "/moeder/kalender.ics", "/moeder/kalender/"


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 7)


def events(url: str) -> list[Any]:
    answer = Client().get(url)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def own(user: User) -> str:
    return f"{LINKS}{token_of(user)}.ics"


def test_the_public_calendar_holds_what_is_published_and_no_draft() -> None:
    a_publication()
    a_meeting(slug="2023-12-13")

    (event,) = events(PUBLIC)

    assert event["SUMMARY"] == "KKR-møde, KKR Sjælland"
    assert event.decoded("DTSTART").isoformat() == "2023-11-22T13:00:00+01:00"
    assert event["URL"] == "http://testserver/moeder/2023-11-22/"


def test_another_kind_of_meeting_is_its_council_s_own() -> None:
    meeting = a_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(kind="directors")
    meeting.refresh_from_db()
    a_publication(meeting)

    assert events(PUBLIC) == []
    member = a_user(role=Role.MEMBER)
    assert [event["SUMMARY"] for event in events(own(member))] == [
        "K17-møde, KKR Sjælland"
    ]
    assert events(own(a_user(a_council("hovedstaden"), Role.MEMBER))) == []


def test_the_secretariat_s_own_has_drafts_and_deadlines() -> None:
    a_meeting()

    found = {
        str(e["SUMMARY"]): e.decoded("DTSTART") for e in events(own(a_secretary()))
    }

    name = "KKR-møde 22.\xa0november\xa02023"
    assert found.pop("KKR-møde, KKR Sjælland").date() == date(2023, 11, 22)
    assert found == {
        f"Frist: Udkast til sager, {name}": date(2023, 10, 30),
        f"Frist: Godkendelse hos formanden, {name}": date(2023, 11, 7),
        f"Frist: Udsendelse, {name}": date(2023, 11, 15),
    }


def test_a_cancelled_meeting_is_cancelled_in_the_calendar() -> None:
    meeting = a_publication().meeting
    life.announce_meeting(meeting.pk, fate="cancelled", reason="Sne", by=a_secretary())

    (event,) = events(PUBLIC)

    assert (event["STATUS"], str(event["SUMMARY"])[:7]) == ("CANCELLED", "Aflyst:")


def test_a_renewed_address_makes_the_old_one_lead_nowhere() -> None:
    user, client = a_secretary(), Client()
    client.force_login(user)
    old = own(user)
    assertContains(client.get(LINKS), old)

    assert client.post(LINKS, {"renew": "ja"}).status_code == 302

    assert Client().get(old).status_code == 404
    new = own(User.objects.get(pk=user.pk))
    assert new != old
    assertContains(client.get(LINKS), new)
    assert client.post(LINKS, {}).status_code == 422


@pytest.mark.parametrize("token", ["x", "WzEsMF0:1abc:forfalsket"])
def test_a_forged_address_leads_nowhere(token: str) -> None:
    assert Client().get(f"{LINKS}{token}.ics").status_code == 404


def test_who_may_not_sign_in_any_more_has_no_calendar() -> None:
    user = a_secretary()
    url = own(user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert Client().get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_a_calendar_costs_the_same_however_many_meetings(
    django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for day in range(count):
        a_meeting(slug=f"2023-12-{10 + day}")
    url = own(a_secretary())

    with django_assert_max_num_queries(3):
        assert len(events(url)) == 4 * count
