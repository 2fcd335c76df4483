"""Cancelled, postponed, withdrawn: said everywhere, and no number moves."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from core.errors import RuleViolationError
from meetings.models import AgendaItem, Announcement, Meeting
from meetings.rows import read_agenda
from meetings.services import life
from meetings.services.publishing import publish
from tests.makers import MEETING, a_secretary
from tests.makers_packets import (
    a_meeting,
    a_publication,
    an_approved_packet,
)

pytestmark = pytest.mark.django_db
FATE, OF_ITEM = f"{MEETING}aflysning/", f"{MEETING}punkter/2-1/udgaar/"


@pytest.fixture
def browser() -> Client:
    """The secretariat of a meeting that is sent."""
    a_publication()
    client = Client()
    client.force_login(a_secretary())
    return client


def test_a_cancelled_meeting_says_so_where_it_is_read(browser: Client) -> None:
    sent = {"fate": "cancelled", "reason": "Snestorm."}

    answer = browser.post(FATE, sent, follow=True)

    assertRedirects(answer, MEETING)
    everybody = Client()
    for page in (
        answer,
        everybody.get(MEETING),
        everybody.get(f"{MEETING}punkter/2-1/"),
    ):
        assertContains(page, "Aflyst")
        assertContains(page, "Snestorm.")
    assertContains(everybody.get("/moeder/"), "Aflyst")


def test_a_postponed_meeting_has_its_new_day(browser: Client) -> None:
    sent = {"fate": "postponed", "to_day": "29.11.2023", "reason": "Snestorm."}

    browser.post(FATE, sent)

    meeting = Meeting.objects.get()
    assert (meeting.held_on, meeting.slug) == (date(2023, 11, 29), "2023-11-22")
    assertContains(Client().get(MEETING), "Udsat til 29.\xa0november\xa02023")


def test_a_version_that_has_the_new_day_needs_no_notice(browser: Client) -> None:
    meeting, by = Meeting.objects.get(), User.objects.get(email__startswith="secr")
    day = date(2023, 11, 29)
    life.announce_meeting(meeting.pk, fate="postponed", reason="Sne", to_day=day, by=by)
    life.announce_meeting(meeting.pk, fate="stands", reason="", by=by)
    packet = an_approved_packet(meeting)

    publish(meeting.pk, packet_pk=packet.pk, by=by)

    assertNotContains(Client().get(MEETING), "Udsat til")
    assertContains(Client().get(MEETING), "29.\xa0november\xa02023")


def test_a_withdrawn_item_keeps_its_number_and_says_why(browser: Client) -> None:
    sent = {"fate": "withdrawn", "reason": "Sagen er trukket."}

    answer = browser.post(OF_ITEM, sent, follow=True)

    assertContains(answer, "Udgået")
    public = Client().get(MEETING)
    assertContains(public, '<span class="public-item__no">2.1</span>')
    assertContains(public, "Udgået")
    assertContains(public, "Sagen er trukket.")
    own = read_agenda(Meeting.objects.get().pk).items[0]
    assert own.printed_title == "Indspil til fremtidig indsats (udgået)"


def test_what_is_taken_back_is_announced_too(browser: Client) -> None:
    browser.post(OF_ITEM, {"fate": "withdrawn", "reason": "Fejl."})

    answer = browser.post(OF_ITEM, {"fate": "stands"}, follow=True)

    assertContains(answer, "Punkt 2.1 gælder igen.")
    assertNotContains(Client().get(MEETING), "Udgået")
    assert list(Announcement.objects.order_by("pk").values_list("fate", flat=True)) == [
        "withdrawn",
        "stands",
    ]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"fate": "withdrawn", "reason": ""}, "Skriv hvorfor."),
        ({"reason": "Fordi"}, "Vælg, hvad der er sket."),
        (
            {"fate": "withdrawn", "reason": "x", "to_day": "1.2.2024"},
            "Kun det, der er udsat",
        ),
        ({"fate": "cancelled", "reason": "x"}, "Vælg"),
    ],
)
def test_what_is_not_said_in_full_is_asked_for(
    browser: Client, sent: dict[str, str], said: str
) -> None:
    answer = browser.post(OF_ITEM, sent)

    assert answer.status_code == 422
    assertContains(answer, sent["reason"] or said, status_code=422)
    assert not Announcement.objects.exists()


def test_an_item_that_was_never_sent_is_removed_instead() -> None:
    by = a_secretary()
    a_meeting()

    with pytest.raises(RuleViolationError, match="er ikke sendt"):
        life.announce_item(
            AgendaItem.objects.get().pk, fate="withdrawn", reason="x", by=by
        )


def test_a_draft_that_is_cancelled_is_still_nobody_elses() -> None:
    meeting, by = a_meeting(), a_secretary()

    life.announce_meeting(meeting.pk, fate="cancelled", reason="Sne", by=by)

    assert Client().get(MEETING).status_code == 404
    with pytest.raises(RuleViolationError, match="det er aflyst"):
        a_publication(meeting)
