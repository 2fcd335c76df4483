"""A meeting's life: its steps, what keeps them from being taken, lock and announcements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.errors import RuleViolationError
from meetings import steps
from meetings.choices import MeetingState
from meetings.models import AgendaItem, Announcement, Meeting, StateStep
from meetings.services import agenda, announcing, life
from meetings.services.publishing import publish
from tests.makers import MEETING, a_secretary
from tests.makers_minutes import proposed_minutes
from tests.makers_packets import (
    a_begun_version,
    a_meeting,
    a_packet,
    a_publication,
    an_approved_packet,
)

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = pytest.mark.django_db
STATE, VERSION = f"{MEETING}tilstand/", f"{MEETING}version/"


@pytest.fixture
def by() -> User:
    return a_secretary()


@pytest.fixture
def browser(by: User) -> Client:
    client = Client()
    client.force_login(by)
    return client


@pytest.fixture
def today(settings: Any) -> None:
    """The day of the meeting."""
    settings.CLOCK_DATE = date(2023, 11, 22)


def texts(obstacles: tuple[steps.Obstacle, ...]) -> str:
    return " ".join(obstacle.text for obstacle in obstacles)


def test_every_step_leads_from_one_state_to_another_and_back_with_a_reason() -> None:
    ways = {(step.before, step.after) for step in steps.STEPS}

    assert len(ways) == len(steps.STEPS)
    for step in steps.STEPS:
        order = list(MeetingState)
        assert step.is_back == (order.index(step.after) < order.index(step.before))
    assert all((s.after, s.before) in ways for s in steps.STEPS)


def test_approval_needs_a_packet_of_the_agenda_as_it_stands(by: User) -> None:
    meeting = a_meeting()
    with pytest.raises(life.StepRefusedError) as error:
        life.take_step(meeting.pk, to="approval", by=by)
    assert "ikke bygget" in texts(error.value.obstacles)

    a_packet(meeting)
    item = AgendaItem.objects.get()
    agenda.edit_item(item.pk, version=item.version, title="Nyt", by=by)
    with pytest.raises(life.StepRefusedError) as error:
        life.take_step(meeting.pk, to="approval", by=by)
    assert "forældet" in texts(error.value.obstacles)

    assert Meeting.objects.get().state == "draft"
    assert not StateStep.objects.exists()


def test_a_step_is_kept_with_who_and_why(by: User) -> None:
    meeting = a_meeting()
    a_packet(meeting)

    life.take_step(meeting.pk, to="approval", by=by)
    with pytest.raises(life.StepRefusedError, match="Skriv hvorfor"):
        life.take_step(meeting.pk, to="draft", reason=" ", by=by)
    life.take_step(meeting.pk, to="draft", reason="Formanden er syg.", by=by)

    taken = StateStep.objects.order_by("pk").values_list("after", "reason", "by")
    assert list(taken) == [
        ("approval", "", str(by)),
        ("draft", "Formanden er syg.", str(by)),
    ]


def test_nobody_rewrites_the_steps() -> None:
    assert StateStep.append_only
    assert Announcement.append_only


def test_a_step_from_another_state_is_refused(by: User) -> None:
    meeting = a_meeting()

    for state in ("sent", "held", "approved", "closed", "draft", "nonsens"):
        with pytest.raises(life.StepRefusedError):
            life.take_step(meeting.pk, to=state, reason="x", by=by)


def test_sending_locks_and_is_a_step() -> None:
    meeting = a_publication().meeting

    meeting.refresh_from_db()
    assert (meeting.state, meeting.is_locked) == ("sent", True)
    assert StateStep.objects.get().after == "sent"


def test_a_meeting_is_held_on_its_day_and_not_before(by: User, settings: Any) -> None:
    meeting = a_publication().meeting
    settings.CLOCK_DATE = date(2023, 11, 21)
    with pytest.raises(life.StepRefusedError) as error:
        life.take_step(meeting.pk, to="held", by=by)
    assert "holdes først 22." in texts(error.value.obstacles)

    settings.CLOCK_DATE = date(2023, 11, 22)
    assert life.take_step(meeting.pk, to="held", by=by).state == "held"


def test_what_is_held_gets_no_version_and_is_not_cancelled(
    by: User, today: None
) -> None:
    meeting = a_publication().meeting
    life.take_step(meeting.pk, to="held", by=by)

    with pytest.raises(RuleViolationError, match="når noget er taget ned"):
        life.begin_version(meeting.pk, reason="Et bilag kom sent.", by=by)
    with pytest.raises(RuleViolationError, match="afholdt"):
        announcing.announce_meeting(meeting.pk, fate="cancelled", reason="Sne", by=by)
    held = Meeting.objects.get()
    with pytest.raises(RuleViolationError, match="når noget er taget ned"):
        life.note_sent(held, by=by)


def test_a_version_that_is_begun_keeps_the_meeting_from_being_held(
    by: User, today: None
) -> None:
    meeting = a_begun_version()

    with pytest.raises(life.StepRefusedError) as error:
        life.take_step(meeting.pk, to="held", by=by)

    assert "ny version" in texts(error.value.obstacles)


def test_the_whole_life(by: User, today: None) -> None:
    meeting = a_publication().meeting

    life.take_step(meeting.pk, to="held", by=by)
    meeting.refresh_from_db()
    proposed_minutes(meeting)
    for state in ("approved", "closed"):
        life.take_step(meeting.pk, to=state, by=by)
    for state in ("approved", "held", "sent"):
        life.take_step(meeting.pk, to=state, reason="Fejl", by=by)

    assert Meeting.objects.get().is_locked


def test_a_begun_version_is_closed_only_while_nothing_is_edited(by: User) -> None:
    meeting = a_begun_version()
    assert life.drop_version(meeting.pk, by=by).is_locked

    life.begin_version(meeting.pk, reason="Et bilag kom sent.", by=by)
    item = AgendaItem.objects.get()
    agenda.edit_item(item.pk, version=item.version, title="Rettet", by=by)
    with pytest.raises(RuleViolationError, match="Der er rettet"):
        life.drop_version(meeting.pk, by=by)

    item.refresh_from_db()
    back = "Indspil til fremtidig indsats"
    agenda.edit_item(item.pk, version=item.version, title=back, by=by)
    assert life.drop_version(meeting.pk, by=by).is_locked


def test_sending_the_next_version_locks_again(by: User) -> None:
    meeting = a_begun_version()
    item = AgendaItem.objects.get()
    agenda.edit_item(item.pk, version=item.version, title="Rettet", by=by)
    packet = an_approved_packet(meeting)

    publish(meeting.pk, packet_pk=packet.pk, by=by)

    meeting.refresh_from_db()
    assert (meeting.is_locked, meeting.is_revising) == (True, False)
    assert StateStep.objects.count() == 1


def test_the_page_of_a_step_says_what_is_missing_with_links(browser: Client) -> None:
    a_meeting()

    page = browser.get(f"{STATE}?til=approval")
    refused = browser.post(STATE, {"til": "approval"})

    for answer in (page, refused):
        assertContains(
            answer, "Pakken er ikke bygget endnu.", status_code=answer.status_code
        )
        assertContains(
            answer, f'href="{MEETING}pakke/"', status_code=answer.status_code
        )
        assertNotContains(answer, "<textarea", status_code=answer.status_code)
    assert (page.status_code, refused.status_code) == (200, 422)


def test_a_step_is_taken_on_its_page(browser: Client) -> None:
    a_packet(a_meeting())

    answer = browser.post(STATE, {"til": "approval"}, follow=True)

    assertRedirects(answer, MEETING)
    assertContains(answer, "Mødet er sendt til godkendelse.")
    assertContains(answer, '<li aria-current="step">2. Til godkendelse</li>')
    back = browser.post(STATE, {"til": "draft", "reason": ""})
    assertContains(back, "Skriv hvorfor.", status_code=422)


def test_a_sent_meeting_offers_nothing_to_edit_but_a_new_version(
    browser: Client,
) -> None:
    a_publication()

    page = browser.get(MEETING)

    assertContains(page, "Sendt i version 1.")
    assertContains(page, "Ret i en ny version")
    for word in (
        "Redigér",
        "Tilføj punkt",
        "Tilføj bilag",
        "Ret afsnit",
        "Ret oplysninger",
    ):
        assertNotContains(page, word)
    opened = browser.get(f"{MEETING}?rediger=2-1&afsnit=2")
    assertNotContains(opened, "edit-form")


@pytest.mark.parametrize(
    "path",
    ["punkter/2-1/", "punkter/nyt/", "oplysninger/", "punkter/2-1/bilag/data/"],
)
def test_pages_of_a_locked_meeting_show_no_form(browser: Client, path: str) -> None:
    a_publication()

    page = browser.get(f"{MEETING}{path}")

    assertContains(page, "Mødet er sendt i version 1 og låst.")
    assertNotContains(page, 'type="text"')
    assertNotContains(page, "<textarea")


def test_an_appendix_of_a_locked_meeting_is_read(browser: Client) -> None:
    a_publication()
    letter = AgendaItem.objects.get().appendices.get(position=2)

    page = browser.get(letter.get_absolute_url())

    assertContains(page, "Brevet spørger om en filmfond.")
    assertContains(page, "og låst.")
    assertNotContains(page, "<textarea")


def test_what_was_typed_while_the_meeting_was_sent_is_not_lost(
    browser: Client,
) -> None:
    a_publication()
    item = AgendaItem.objects.get()
    sent = {"pk": item.pk, "version": item.version, "title": "Det, jeg skrev"}

    answer = browser.post(f"{MEETING}punkter/2-1/", sent)
    new = browser.post(
        f"{MEETING}punkter/nyt/", {"section": item.section_id, "title": "Et nyt punkt"}
    )

    for page, typed in ((answer, "Det, jeg skrev"), (new, "Et nyt punkt")):
        assertContains(page, typed, status_code=422)
        assertContains(page, "er sendt i version 1", status_code=422)


def test_a_version_is_begun_and_closed_again(browser: Client) -> None:
    a_publication()

    begun = browser.post(VERSION, {"reason": "Et bilag kom sent."}, follow=True)
    assertContains(begun, "Version 2 er begyndt")
    assertContains(begun, "Tilføj punkt")

    closed = browser.post(VERSION, {"undo": "1"}, follow=True)
    assertContains(closed, "Mødet er låst igen")
    assert browser.post(VERSION, {}).status_code == 422


def test_a_meeting_that_is_not_sent_has_no_version_to_begin(browser: Client) -> None:
    a_meeting()

    answer = browser.post(VERSION, {"reason": "Et bilag kom sent."})

    assertContains(answer, "Mødet skal være sendt.", status_code=422)
    assertContains(browser.get(VERSION), "Mødet er ikke sendt endnu.")
