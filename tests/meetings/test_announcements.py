"""Cancelled, postponed, withdrawn: said everywhere, and no number moves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from core.errors import RuleViolationError
from documents import codec
from meetings.minutes.document import minutes_document
from meetings.minutes.value import written
from meetings.models import AgendaItem, Announcement, Meeting
from meetings.rows import read_agenda
from meetings.services import announcing, life
from meetings.services.publishing import publish
from tests.makers import MEETING, a_secretary
from tests.makers_packets import (
    a_meeting,
    a_publication,
    an_approved_packet,
)

pytestmark = pytest.mark.django_db
FATE, OF_ITEM = f"{MEETING}aflysning/", f"{MEETING}punkter/2-1/udgaar/"
STATE = f"{MEETING}tilstand/"
HELD = f"{STATE}?til=held"


@pytest.fixture(scope="module")
def published(kept: None) -> None:
    a_publication()


@pytest.fixture
def browser(published: None) -> Client:
    """The secretariat of a meeting that is sent."""
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
    announcing.announce_meeting(
        meeting.pk, fate="postponed", reason="Sne", to_day=day, by=by
    )
    packet = an_approved_packet(meeting)

    publish(meeting.pk, packet_pk=packet.pk, by=by)

    assertNotContains(Client().get(MEETING), "Udsat til")
    assertContains(Client().get(MEETING), "29.\xa0november\xa02023")
    assertContains(
        Client().get("/moeder/kalender.ics"), "DTSTART;TZID=Europe/Copenhagen:20231129"
    )
    assert Meeting.objects.get().fate == ""


def test_a_postponed_meeting_is_held_and_minuted_on_its_new_day(
    browser: Client, settings: Any
) -> None:
    Meeting.objects.update(approval_on=date(2023, 11, 15))
    postponed(browser)
    assert Meeting.objects.get().approval_on is None
    settings.CLOCK_DATE = date(2023, 11, 28)
    assertContains(browser.get(HELD), "Mødet holdes først 29.\xa0november\xa02023.")
    settings.CLOCK_DATE = date(2023, 11, 30)
    assertContains(browser.get("/"), "29.\xa0november\xa02023 er ikke meldt afholdt")

    browser.post(STATE, {"til": "held"})

    meeting = Meeting.objects.get()
    assert meeting.state == "held"
    own = written(meeting)
    assert own is not None
    said = codec.dumps(minutes_document(own)).replace("\xa0", " ")
    assert "onsdag den 29. november 2023" in said
    assertContains(
        Client().get("/moeder/kalender.ics"), "DTSTART;TZID=Europe/Copenhagen:20231129"
    )


def test_a_postponed_meeting_that_stands_again_has_its_day_back(
    browser: Client,
) -> None:
    postponed(browser)
    assert not life.is_edited(Meeting.objects.get())

    browser.post(FATE, {"fate": "stands"})

    assert Meeting.objects.get().held_on == date(2023, 11, 22)
    assertNotContains(Client().get(MEETING), "29.\xa0november\xa02023")
    assertContains(
        Client().get("/moeder/kalender.ics"), "DTSTART;TZID=Europe/Copenhagen:20231122"
    )


def test_a_meeting_without_a_new_day_waits_for_one(
    browser: Client, settings: Any
) -> None:
    postponed(browser, to_day="")
    settings.CLOCK_DATE = date(2023, 11, 24)
    assertContains(browser.get(HELD), "Mødet er udsat og har ingen ny dag.")
    assertContains(browser.get("/"), "er udsat og har ingen ny dag")

    assertRedirects(postponed(browser, to_day="29.11.2023"), MEETING)

    assert not Meeting.objects.get().is_off


@pytest.mark.parametrize(
    ("to_day", "said"),
    [
        ("6.11.2023", "Den nye dag er gået."),
        ("22.11.2023", "Det er den dag, mødet har."),
    ],
)
def test_a_new_day_is_a_new_one_that_comes(
    browser: Client, to_day: str, said: str
) -> None:
    assertContains(postponed(browser, to_day=to_day), said, status_code=422)


def test_a_cancelled_meeting_is_closed_and_opened_again(browser: Client) -> None:
    browser.post(FATE, {"fate": "cancelled", "reason": "Snestorm."})
    assertNotContains(browser.get(MEETING), "?til=held")
    assertContains(browser.get(MEETING), "?til=closed")

    browser.post(STATE, {"til": "closed"})
    assert Meeting.objects.get().state == "closed"
    assertContains(Client().get(MEETING), "Aflyst")
    assertNotContains(browser.get(MEETING), "Læs referatet")
    answer = browser.post(FATE, {"fate": "stands"}, follow=True)
    assertContains(answer, "Mødet er lukket og kan ikke rettes mere.")
    browser.post(STATE, {"til": "sent", "reason": "Alligevel."})

    assert Meeting.objects.get().state == "sent"


def postponed(browser: Client, to_day: str = "29.11.2023") -> Any:
    """The meeting put off."""
    sent = {"fate": "postponed", "to_day": to_day, "reason": "Snestorm."}
    return browser.post(FATE, sent)


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


def test_nothing_is_announced_of_an_item_once_the_meeting_was_held(
    browser: Client,
) -> None:
    Meeting.objects.update(state="held", is_revising=True)
    assertNotContains(browser.get(f"{MEETING}punkter/2-1/"), OF_ITEM)

    sent = {"fate": "withdrawn", "reason": "Fejl."}
    answer = browser.post(OF_ITEM, sent, follow=True)

    assertContains(answer, "Mødet er afholdt og kan ikke rettes mere.")
    assert not Announcement.objects.exists()


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
        announcing.announce_item(
            AgendaItem.objects.get().pk, fate="withdrawn", reason="x", by=by
        )


def test_a_draft_that_is_cancelled_is_still_nobody_elses() -> None:
    meeting, by = a_meeting(), a_secretary()

    announcing.announce_meeting(meeting.pk, fate="cancelled", reason="Sne", by=by)

    assert Client().get(MEETING).status_code == 404
    with pytest.raises(RuleViolationError, match="det er aflyst"):
        a_publication(meeting)
