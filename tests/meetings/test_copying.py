"""An item taken on to another meeting: what comes along, and the way back and forth."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.errors import RuleViolationError
from meetings.models import AgendaItem, Announcement, Meeting
from meetings.services import copying
from tests.makers import MEETING, a_secretary
from tests.makers_packets import a_council, a_meeting, a_publication

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = pytest.mark.django_db
NEXT = "/moeder/2024-01-24/"
COPY = f"{MEETING}punkter/2-1/andet-moede/"


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 7)


@pytest.fixture
def by() -> User:
    return a_secretary()


@pytest.fixture
def item() -> AgendaItem:
    a_meeting()
    return AgendaItem.objects.get()


@pytest.fixture
def later(item: AgendaItem) -> Meeting:
    return a_meeting(slug="2024-01-24")


def test_texts_and_appendices_come_along(
    item: AgendaItem, later: Meeting, by: User
) -> None:
    made = copying.copy_item(item.pk, to=later.pk, by=by)

    assert (made.number, made.title, made.case) == ("2.2", item.title, item.case)
    old, new = (
        list(
            row.appendices.order_by("position").values("title", "file", "source", "key")
        )
        for row in (item, made)
    )
    assert new == old
    assert made.sent_in is None


def test_both_items_tell_of_each_other(
    item: AgendaItem, later: Meeting, by: User
) -> None:
    copying.copy_item(item.pk, to=later.pk, by=by)
    client = Client()
    client.force_login(by)

    assertContains(client.get(f"{MEETING}punkter/2-1/"), f'href="{NEXT}punkter/2-2/"')
    assertContains(client.get(f"{NEXT}punkter/2-2/"), f'href="{MEETING}punkter/2-1/"')


def test_what_was_not_sent_is_moved(item: AgendaItem, later: Meeting, by: User) -> None:
    made = copying.carry_item(item.pk, to=later.pk, by=by)

    item.refresh_from_db()
    assert item.position is None
    assert made.came_from == item


def test_what_was_sent_stays_and_is_announced_as_postponed(by: User) -> None:
    a_publication()
    item, later = AgendaItem.objects.get(), a_meeting(slug="2024-01-24")

    copying.carry_item(item.pk, to=later.pk, by=by)

    item.refresh_from_db()
    assert (item.position, item.fate) == (1, "Udsat til 24.\xa0januar\xa02024")
    assert Announcement.objects.get().to_day == date(2024, 1, 24)
    assertContains(Client().get(MEETING), "Udsat til 24.\xa0januar\xa02024")


def test_nothing_goes_to_a_locked_or_another_council_s_meeting(
    item: AgendaItem, by: User
) -> None:
    locked = a_publication(a_meeting(slug="2024-01-24")).meeting
    other = a_meeting(a_council("hovedstaden"), slug="2024-02-21")

    for pk in (locked.pk, other.pk, item.section.meeting_id):
        with pytest.raises(RuleViolationError):
            copying.carry_item(item.pk, to=pk, by=by)

    item.refresh_from_db()
    assert item.position == 1


def test_it_is_done_on_a_page(item: AgendaItem, later: Meeting, by: User) -> None:
    client = Client()
    client.force_login(by)
    # One that was sent takes it once its next version is begun.
    Meeting.objects.filter(pk=later.pk).update(state="sent")
    assertNotContains(client.get(COPY), "KKR-møde 24.\xa0januar\xa02024")
    Meeting.objects.filter(pk=later.pk).update(is_revising=True)
    assertContains(client.get(COPY), "KKR-møde 24.\xa0januar\xa02024")

    answer = client.post(COPY, {"to": later.pk, "way": "copy"}, follow=True)

    assertRedirects(answer, f"{NEXT}#item-2-2")
    assertContains(answer, "Punkt 2.1 er kopieret til")
    assert client.post(COPY, {"to": later.pk, "way": "x"}).status_code == 422
    assert client.post(COPY, {"to": "0", "way": "copy"}).status_code == 422


def test_where_there_is_no_other_meeting_one_is_offered(
    item: AgendaItem, by: User
) -> None:
    client = Client()
    client.force_login(by)

    assertContains(client.get(COPY), "Opret møde")
