"""The register of members: written, edited, merged, and kept when a term ends."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Municipality
from core.asked import REMOVE
from meetings.forms.members import approvers, said
from meetings.models import Attendance, Member
from tests.makers import a_secretary
from tests.makers_packets import a_council, a_meeting

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
LIST = "/moeder/medlemmer/"
NEW = f"{LIST}nyt/"


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 7)


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(a_secretary())
    return client


def a_member(name: str = "Jens Hansen", **fields: Any) -> Member:
    return Member.objects.create(council=a_council(), name=name, **fields)


def test_a_member_is_written_in(browser: Client) -> None:
    greve = Municipality(code=253, name="Greve", council=a_council(), population=52000)
    greve.save()
    sent = {
        "body": "kkr",
        "name": "Pernille Beckmann",
        "role": "chair",
        "municipality": str(greve.pk),
        "starts_on": "1.1.2022",
    }

    answer = browser.post(NEW, sent, follow=True)

    assertRedirects(answer, LIST)
    assertContains(answer, "Pernille Beckmann er skrevet ind.")
    assertContains(answer, "fra 1.\xa0jan.\xa02022")
    assertContains(answer, '/#id_email">Skriv en adresse')
    (chair,) = approvers(a_meeting())
    assert said(chair) == "Pernille Beckmann, formand, ingen mail"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": "", "role": "member"}, "Skriv navnet."),
        (
            {
                "name": "A",
                "role": "member",
                "starts_on": "2.1.2022",
                "ends_on": "1.1.2022",
            },
            "Perioden skal slutte",
        ),
        ({"name": "A", "role": "konge"}, "A"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(
    browser: Client, sent: dict[str, str], said: str
) -> None:
    assertContains(browser.post(NEW, sent), said, status_code=422)
    assert not Member.objects.exists()


def test_only_a_substitute_stands_in_for_somebody(browser: Client) -> None:
    first = a_member()
    sent = {
        "body": "kkr",
        "name": "Anna",
        "role": "member",
        "substitute_for": str(first.pk),
    }

    refused = browser.post(NEW, sent)
    taken = browser.post(NEW, sent | {"role": "substitute"}, follow=True)

    assertContains(refused, "Kun en suppleant", status_code=422)
    assertContains(taken, "Suppleant for Jens Hansen")


def test_two_who_edit_one_member_are_merged(browser: Client) -> None:
    row = a_member()
    url = row.get_absolute_url()
    own = {"version": "1", "body": "kkr", "name": "Jens Hansen", "role": "member"}
    browser.post(url, own | {"email": "jens@kommune.example"})

    answer = browser.post(url, own | {"email": "", "role": "deputy"}, follow=True)

    row.refresh_from_db()
    assert (row.role, row.email) == ("deputy", "jens@kommune.example")
    assertContains(answer, "Flettet med")
    assertContains(browser.get(url), "Rettede medlemmet Jens Hansen", count=2)


def test_who_is_not_sitting_is_shown_when_asked_for(browser: Client) -> None:
    a_member("Den gamle", ends_on=date(2021, 12, 31))
    a_member("Den kommende", starts_on=date(2026, 1, 1))
    a_member("Den siddende", starts_on=date(2022, 1, 1), ends_on=date(2025, 12, 31))

    page = browser.get(LIST)

    assertContains(page, "Den siddende")
    assertNotContains(page, "Den gamle")
    everybody = browser.get(f"{LIST}?alle")
    assertContains(everybody, "Den gamle")
    assertContains(everybody, "Den kommende")


def test_another_council_s_members_do_not_exist(browser: Client) -> None:
    other = Member.objects.create(council=a_council("hovedstaden"), name="En anden")

    assert browser.get(other.get_absolute_url()).status_code == 404
    assertNotContains(browser.get(LIST), "En anden")
    sent = {"name": "A", "role": "substitute", "substitute_for": str(other.pk)}
    assert browser.post(NEW, sent).status_code == 422


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same_however_long(
    browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        a_member(f"Medlem {number}")

    with django_assert_max_num_queries(4):
        browser.get(LIST)


def test_whom_nothing_names_is_taken_out_and_written_in_again(browser: Client) -> None:
    row = a_member(starts_on=date(2022, 1, 1))

    gone = browser.post(row.get_absolute_url(), REMOVE, follow=True)

    assertContains(gone, "Jens Hansen er fjernet fra registeret.")
    assert not Member.objects.exists()
    again = {"name": "Jens Hansen", "body": "kkr", "role": row.role}
    for name, value in {**again, "starts_on": "01.01.2022"}.items():
        assertContains(gone, f'name="{name}" value="{value}"')


def test_who_was_at_a_meeting_is_not_taken_out(browser: Client) -> None:
    row = a_member()
    meeting = a_meeting(row.council)
    Attendance.objects.create(meeting=meeting, member=row, presence="present")

    page = browser.post(row.get_absolute_url(), REMOVE, follow=True)

    assertContains(page, "Jens Hansen står i et fremmøde")
    assert Member.objects.exists()
