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
from core import clock
from meetings.days.calendar import token_of
from meetings.models import AgendaItem, FollowUp, Meeting, ReadThrough
from meetings.services import announcing, withdrawals
from tests.makers import a_secretary
from tests.makers_packets import (
    a_council,
    a_meeting,
    a_packet,
    a_publication,
    a_user,
)
from tests.makers_questions import an_asked_question, somebody_of

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
    announcing.announce_meeting(
        meeting.pk, fate="cancelled", reason="Sne", by=a_secretary()
    )

    (event,) = events(PUBLIC)

    assert (event["STATUS"], str(event["SUMMARY"])[:7]) == ("CANCELLED", "Aflyst:")
    chief = User.objects.get(email__startswith="chief")
    withdrawals.withdraw(
        meeting.pk,
        what="version:1",
        title="",
        reason="Fejl.",
        found_at=clock.now(),
        by=chief,
    )
    (event,) = events(PUBLIC)
    assert (event["STATUS"], str(event["SUMMARY"])[:5]) == ("CANCELLED", "Taget")


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

    with django_assert_max_num_queries(4):
        assert len(events(url)) == 4 * count


def titles(user: User) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(own(user))]


def a_busy_month(meeting: Meeting, secretary: User) -> None:
    """An answer that is due, a question to Greve, a task, and a draft to read."""
    AgendaItem.objects.update(
        reply_deadline="dated", reply_on=date(2023, 11, 14), addressee="EU Office"
    )
    an_asked_question("Greve", due_on=date(2023, 11, 17))
    FollowUp.objects.create(
        meeting=meeting, text="Skriv svaret", owner="Chefen", due_on=date(2023, 11, 20)
    )
    packet = a_packet(meeting)
    ReadThrough.objects.create(
        meeting=meeting, packet=packet, user=somebody_of("Greve"), name="Greve",
        due_on=date(2023, 11, 10), asked_by=str(secretary),
    )  # fmt: skip


def test_ones_own_calendar_holds_answers_questions_tasks_and_drafts_to_read() -> None:
    secretary = a_secretary()
    a_busy_month(a_meeting(), secretary)

    assert titles(secretary)[-3:] == [
        "Frist: Svar til EU Office, punkt 2.1, KKR-møde 22.\xa0november\xa02023",
        "Svarfrist: Vil kommunen?",
        "Opfølgning: Skriv svaret (Chefen)",
    ]
    assert titles(somebody_of("Greve")) == [
        "Gennemlæsning: KKR-møde 22.\xa0november\xa02023",
        "Svarfrist: Vil kommunen?",
    ]
    assert titles(somebody_of("Lejre")) == []
    assert titles(a_user(a_council("hovedstaden"), email="x@y.example")) == []


def test_a_closed_item_says_no_more_than_its_number() -> None:
    secretary = a_secretary()
    a_busy_month(a_meeting(), secretary)
    AgendaItem.objects.update(is_closed=True)

    assert "Frist: Svar, punkt 2.1, KKR-møde 22.\xa0november\xa02023" in titles(
        secretary
    )


def test_the_month_is_drawn_with_every_day_of_ones_own(client: Client) -> None:
    secretary = a_secretary()
    a_busy_month(a_meeting(), secretary)
    client.force_login(secretary)

    response = client.get(LINKS)

    assertContains(response, '<h2 id="month">November 2023</h2>')
    assertContains(
        response, 'Møde kl.&nbsp;13.00</span> <a href="/moeder/2023-11-22/">'
    )
    assertContains(response, "Svar til EU Office, punkt 2.1</a>")
    assertContains(response, 'aria-current="date"', count=1)
    assertContains(response, "?maaned=2023-10#maaned")


def test_another_month_is_asked_for_by_name(client: Client) -> None:
    secretary = a_secretary()
    a_meeting(secretary.memberships.get().council)
    client.force_login(secretary)

    response = client.get(f"{LINKS}?maaned=2024-02")

    assertContains(response, "Ingen møder eller frister i denne måned.")
    assertContains(response, "Februar 2024")


@pytest.mark.parametrize("name", ["2023-13", "2023", "abcd-ef", "0000-01", "2023-1"])
def test_what_is_no_month_is_no_page(client: Client, name: str) -> None:
    client.force_login(a_secretary())

    assert client.get(LINKS, {"maaned": name}).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_the_month_costs_the_same_however_much_it_holds(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    secretary = a_secretary()
    for day in range(1, count + 1):
        meeting = a_meeting(slug=f"2023-11-0{day}")
        an_asked_question("Greve", due_on=date(2023, 11, day + 10))
        FollowUp.objects.create(
            meeting=meeting, text="A", owner="B", due_on=date(2023, 11, 20)
        )
    client.force_login(secretary)

    with django_assert_num_queries(6):
        response = client.get(LINKS)

    assertContains(response, "Svarfrist</span>", count=count)
