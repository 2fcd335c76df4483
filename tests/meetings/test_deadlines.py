"""Deadlines: counted back in working days, set by hand, and what depends on them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from meetings.agenda import records_digest
from meetings.days.days_off import easter
from meetings.days.deadlines import counted_back, deadlines, is_working_day
from meetings.models import AgendaItem, DeadlineRule, Meeting
from meetings.packets.building.joining import foot_words
from meetings.packets.building.reading import read
from meetings.rows import read_agenda
from tests.makers import MEETING, a_secretary
from tests.makers_packets import a_begun_version, a_council, a_meeting

if TYPE_CHECKING:
    from meetings.days.deadlines import Deadline

RULE = "/moeder/frister/"


def of(meeting: Meeting) -> dict[str, Deadline]:
    return {deadline.name: deadline for deadline in deadlines(meeting)}


@pytest.mark.parametrize(
    ("day", "back", "wanted"),
    [
        (date(2023, 11, 22), 5, date(2023, 11, 15)),
        (date(2023, 11, 22), 11, date(2023, 11, 7)),
        (date(2023, 11, 22), 17, date(2023, 10, 30)),
        # Maundy Thursday to Easter Monday.
        (date(2024, 4, 3), 2, date(2024, 3, 27)),
        # Great Prayer Day was a holiday for the last time in 2023.
        (date(2023, 5, 8), 1, date(2023, 5, 4)),
        (date(2024, 4, 29), 1, date(2024, 4, 26)),
        # 24 and 31 December, and New Year's Day.
        (date(2024, 1, 2), 3, date(2023, 12, 27)),
        (date(2023, 11, 22), 0, date(2023, 11, 22)),
    ],
)
def test_days_are_counted_back_in_danish_working_days(
    day: date, back: int, wanted: date
) -> None:
    assert counted_back(day, back) == wanted


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1954, 4, 18),
        (1981, 4, 19),
        (2000, 4, 23),
        (2008, 3, 23),
        (2023, 4, 9),
        (2024, 3, 31),
        (2025, 4, 20),
        (2038, 4, 25),
        (2049, 4, 18),
        (2076, 4, 19),
    ],
)
def test_easter_is_when_it_is(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_constitution_day_and_labour_day_are_closed() -> None:
    assert not is_working_day(date(2024, 6, 5))
    assert not is_working_day(date(2024, 5, 1))


@pytest.mark.django_db
def test_a_day_of_its_own_counts_before_the_rule() -> None:
    meeting = a_meeting()
    meeting.sending_on = date(2023, 11, 13)

    found = of(meeting)

    assert (found["sending"].day, found["sending"].is_counted) == (
        date(2023, 11, 13),
        False,
    )
    assert found["approval"].is_counted


@pytest.mark.django_db
def test_what_is_done_is_not_late(settings: Any) -> None:
    meeting = a_meeting()
    settings.CLOCK_DATE = date(2023, 11, 16)
    assert (of(meeting)["sending"].words, of(meeting)["sending"].is_late) == (
        "1\xa0dag for sent",
        True,
    )
    assert [d.is_next for d in deadlines(meeting)] == [False, True, False, False]

    meeting.state = "sent"

    words = {name: deadline.words for name, deadline in of(meeting).items()}
    assert words.pop("meeting") == "Om\xa06\xa0dage"
    assert set(words.values()) == {"Nået"}


@pytest.fixture
def browser(db: None) -> Client:
    client = Client()
    client.force_login(a_secretary())
    return client


def test_a_council_counts_its_own_days(browser: Client) -> None:
    meeting = a_meeting()
    sent = {"drafts_days": "20", "approval_days": "10", "sending_days": "6"}

    answer = browser.post(RULE, sent)

    assertRedirects(answer, "/moeder/")
    own = Meeting.objects.select_related("council__deadline_rule").get(pk=meeting.pk)
    assert of(own)["sending"].day == date(2023, 11, 14)
    again = browser.post(RULE, {"version": "2", **sent, "sending_days": "4"})
    assertRedirects(again, "/moeder/")
    assert DeadlineRule.objects.get().sending_days == 4


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sending_days": "12"}, "Udkast kommer før godkendelse"),
        ({"drafts_days": "91"}, "Højst 90 hverdage"),
        ({"drafts_days": "mange"}, "Skriv et helt tal."),
        ({"approval_days": ""}, "Skriv et antal hverdage."),
        ({"sending_days": "-1"}, "Skriv 0 eller mere."),
    ],
)
def test_a_rule_that_cannot_be_is_refused(
    browser: Client, changed: dict[str, str], said: str
) -> None:
    sent = {"drafts_days": "20", "approval_days": "10", "sending_days": "6"}

    assertContains(browser.post(RULE, sent | changed), said, status_code=422)
    assert not DeadlineRule.objects.exists()


def test_another_council_keeps_its_own(browser: Client) -> None:
    other = a_meeting(a_council("hovedstaden"))
    sent = {"drafts_days": "20", "approval_days": "10", "sending_days": "6"}

    browser.post(RULE, sent)

    assert of(other)["sending"].day == date(2023, 11, 15)


def test_the_workbench_shows_them(browser: Client, settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 7)
    a_meeting()

    page = browser.get(MEETING)

    assertContains(page, "<dt>Godkendelse hos formanden</dt>")
    assertContains(page, '<strong class="urgent">i\xa0dag</strong>', count=1)
    assertContains(page, "ons.\xa015.\xa0nov.")


def test_a_meeting_gets_days_of_its_own(browser: Client) -> None:
    meeting = a_meeting()
    sent = {"version": "1", "held_on": "22.11.2023", "sending_on": "13.11.2023"}

    assert browser.post(f"{MEETING}oplysninger/", sent).status_code == 302

    meeting.refresh_from_db()
    assert meeting.sending_on == date(2023, 11, 13)
    late = sent | {"version": "2", "sending_on": "23.11.2023"}
    answer = browser.post(f"{MEETING}oplysninger/", late)
    assertContains(answer, "Fristen skal ligge før mødet.", status_code=422)


@pytest.mark.django_db
def test_the_foot_says_when_the_first_version_is_sent() -> None:
    agenda = read_agenda(a_meeting().pk)

    assert foot_words(1, agenda) == "Version 1, 15.\xa0november\xa02023"
    assert foot_words(2, agenda) == "Version 2"


@pytest.mark.django_db
def test_the_foot_of_a_later_version_says_when_it_was_begun() -> None:
    meeting = a_begun_version()
    unchanged = read(meeting.pk).agenda
    AgendaItem.objects.update(title="En ny titel")

    agenda = read(meeting.pk).agenda

    assert foot_words(2, unchanged) == "Version 2"
    assert foot_words(2, agenda) == "Version 2, 7.\xa0november\xa02023"
    assert records_digest(agenda) == records_digest(read_agenda(meeting.pk))


def test_the_kind_is_fixed_once_it_is_sent(browser: Client) -> None:
    meeting = a_begun_version()
    sent = {"version": str(meeting.version), "held_on": "22.11.2023"}

    answer = browser.post(f"{MEETING}oplysninger/", {**sent, "kind": "directors"})

    assertContains(answer, "Den ligger fast.", status_code=422)
