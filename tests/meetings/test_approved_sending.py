"""Only what the chairman has approved is sent, to the record; version 2 likewise (R-50)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core.errors import RuleViolationError
from meetings.models import AgendaItem, Approval, Finding, Meeting, Publication
from meetings.packets.state import packet_state
from meetings.post.words import token_of
from meetings.services import approval, life
from meetings.services.approval import Asked
from meetings.services.life import StepRefusedError
from meetings.services.publishing import publish
from tests.makers import MEETING, a_secretary
from tests.makers_packets import (
    a_begun_version,
    a_meeting,
    a_packet,
    a_publication,
    a_user,
    approve,
    settle,
)

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.models import Packet

pytestmark = pytest.mark.django_db
SEND, CONFIRM, PAGE = (
    f"{MEETING}{page}/" for page in ("send", "udgivelser", "godkendelse")
)
MISSING = "Formanden eller en stedfortræder har ikke godkendt pakken."
READERS = "Dagsordenens tekst, eller hvem der læser det lukkede, er ændret"
JENS = Asked("Jens Hansen", "deputy")


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 7)


@pytest.fixture
def chief() -> User:
    return a_user(role=Role.CHIEF)


@pytest.fixture
def browser(chief: User) -> Client:
    client = Client()
    client.force_login(chief)
    return client


@pytest.fixture
def packet(chief: User) -> Packet:
    """Settled, under approval, and not approved."""
    meeting = a_meeting()
    made = a_packet(meeting)
    settle(meeting, chief)
    Approval.objects.all().delete()
    life.take_step(meeting.pk, to="approval", by=chief)
    return made


def send(packet: Packet, by: User, because: str = "") -> Publication:
    return publish(
        packet.meeting_id, packet_pk=packet.pk, unapproved_because=because, by=by
    )


def record(packet: Packet, by: User, *, is_approved: bool = True) -> Approval:
    return approval.record(
        packet.meeting_id,
        who=JENS,
        is_approved=is_approved,
        remarks="" if is_approved else "Nej.",
        how="Mail",
        by=by,
    )


def test_nothing_is_sent_without_the_chairmans_word(
    packet: Packet, chief: User, browser: Client
) -> None:
    with pytest.raises(StepRefusedError, match="har ikke godkendt") as error:
        send(packet, chief)

    assert [each.url for each in error.value.obstacles] == [PAGE]
    page = browser.get(SEND)
    for words in ("Kan ikke sendes endnu", MISSING, f'href="{PAGE}"'):
        assertContains(page, words)
    refused = browser.post(SEND, {"do": "send"})
    assertContains(refused, MISSING, status_code=422)
    pressed = browser.post(CONFIRM, {"packet": packet.pk})
    assertContains(pressed, MISSING, status_code=422)
    assert not Publication.objects.exists()


def test_by_whose_word_it_was_sent_is_kept_and_printed(
    packet: Packet, chief: User, browser: Client
) -> None:
    record(packet, chief)
    assertContains(browser.get(SEND), "Klar til at sende")

    answer = browser.post(CONFIRM, {"packet": packet.pk})

    assertRedirects(answer, f"{MEETING}offentlig/")
    sent = Publication.objects.get()
    assert (sent.approved["name"], sent.approved["role"]) == ("Jens Hansen", "deputy")
    assert (sent.approved["how"], sent.unapproved_because) == ("Mail", "")
    receipt = Client().get(f"{MEETING}kvittering/")
    assertContains(receipt, "Jens Hansen, næstformand, 7.")
    told = Client().get(f"{MEETING}kvittering.json").json()
    assert told["approved"]["by"] == "Jens Hansen, næstformand"


def test_the_head_may_send_without_it_and_says_why(
    packet: Packet, browser: Client
) -> None:
    asked = {"packet": packet.pk, "without": "on"}
    page = browser.get(CONFIRM)
    assertContains(page, "Send uden godkendelse, fordi")
    without = browser.post(CONFIRM, asked)
    assertContains(without, "Skriv hvorfor.", status_code=422)
    untold = browser.post(CONFIRM, {"packet": packet.pk, "because": "Rejser."})
    assertContains(untold, "Sæt hak", status_code=422)
    assertContains(untold, "Rejser.", status_code=422)

    browser.post(CONFIRM, asked | {"because": "Formanden er på rejse."})

    sent = Publication.objects.get()
    assert (sent.approved, sent.unapproved_because) == ({}, "Formanden er på rejse.")
    assertContains(Client().get(f"{MEETING}kvittering/"), "Formanden er på rejse.")


def test_nobody_but_the_head_sends_without_it(packet: Packet) -> None:
    with pytest.raises(StepRefusedError, match="Kun sekretariatschefen"):
        send(packet, a_secretary(), "Det haster.")


def test_a_word_on_another_packet_is_none_on_this(packet: Packet, chief: User) -> None:
    record(packet, chief)
    AgendaItem.objects.update(title="En ny titel")
    Finding.objects.all().delete()
    later = a_packet(packet.meeting)

    with pytest.raises(StepRefusedError, match="godkendte pakken, før den blev ændret"):
        send(later, chief)


def test_taken_back_to_a_draft_the_approval_begins_anew(
    packet: Packet, chief: User
) -> None:
    record(packet, chief)
    life.take_step(packet.meeting_id, to="draft", reason="Fejl", by=chief)
    life.take_step(packet.meeting_id, to="approval", by=chief)

    with pytest.raises(StepRefusedError, match="har ikke godkendt"):
        send(packet, chief)


def test_a_later_no_takes_the_yes_away(packet: Packet, chief: User) -> None:
    record(packet, chief)
    record(packet, chief, is_approved=False)

    with pytest.raises(StepRefusedError, match="sendte dagsordenen tilbage"):
        send(packet, chief)


@pytest.mark.parametrize("kind", ["hearing", "directors", "steering"])
def test_every_kind_of_meeting_asks_for_it(chief: User, kind: str) -> None:
    meeting = a_meeting()
    Meeting.objects.update(kind=kind)
    packet = a_packet(meeting)
    settle(meeting, chief)
    Approval.objects.all().delete()

    with pytest.raises(StepRefusedError, match="har ikke godkendt"):
        send(packet, chief)


def test_the_next_version_is_approved_by_a_link_too() -> None:
    meeting = a_begun_version()
    chief = meeting.council.memberships.get().user
    client = Client()
    client.force_login(chief)
    early = client.post(
        PAGE, {"act": "ask", "spoerg-name": "Jens", "spoerg-expires_on": "14.11.2023"}
    )
    assertContains(early, "Intet er ændret", status_code=422)
    AgendaItem.objects.update(title="En ny titel")
    packet = a_packet(meeting)
    asked = approval.ask(meeting.pk, who=JENS, expires_on=date(2023, 11, 14), by=chief)
    page = client.get(MEETING)
    assertContains(page, '<li aria-current="step">2. Til godkendelse</li>')
    assertContains(page, "Jens Hansen er bedt om at godkende pakken")

    Client().post(f"/moeder/godkend/{token_of(asked)}/", {"answer": "approved"})

    assertContains(client.get(MEETING), "Godkendt af Jens Hansen")
    settle_findings(meeting, chief)
    sent = send(packet, chief)
    assert (sent.number, sent.approved["recorded_by"]) == (2, "")


def settle_findings(meeting: Meeting, by: User) -> None:
    """Answer all, and leave the approval that was given by the link."""
    settle(meeting, by)
    Approval.objects.filter(name="En formand", packet__version__gt=1).delete()


def test_an_old_word_does_not_count_for_what_is_as_it_was_again() -> None:
    first = a_publication()
    meeting, chief = first.meeting, first.meeting.council.memberships.get().user
    title = AgendaItem.objects.get().title
    for text in ("En ny titel", title):
        life.begin_version(meeting.pk, reason="Titlen.", by=chief)
        AgendaItem.objects.update(title=text)
        packet = a_packet(meeting)
        settle_findings(meeting, chief)
        if text != title:
            approve(meeting)
            send(packet, chief)

    assert packet.digest == first.packet.digest
    with pytest.raises(StepRefusedError, match="har ikke godkendt"):
        send(packet, chief)


def test_what_is_returned_of_the_next_version_stays_begun() -> None:
    meeting = a_begun_version()
    chief = meeting.council.memberships.get().user
    AgendaItem.objects.update(title="En ny titel")
    packet = a_packet(meeting)

    record(packet, chief, is_approved=False)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.is_revising) == ("sent", True)


def test_the_reason_for_a_version_is_asked_kept_and_told() -> None:
    meeting = a_begun_version()
    chief = meeting.council.memberships.get().user
    with pytest.raises(RuleViolationError, match="Skriv hvorfor"):
        life.begin_version(meeting.pk, reason=" ", by=chief)
    life.begin_version(meeting.pk, reason="Sent bilag til 2.3.", by=chief)
    AgendaItem.objects.update(title="En ny titel")
    packet = a_packet(meeting)
    settle(meeting, chief)

    assert send(packet, chief).reason == "Sent bilag til 2.3."

    meeting.refresh_from_db()
    assert meeting.revision_reason == ""
    for page in ("", "aendringer/", "kvittering/"):
        assertContains(Client().get(f"{MEETING}{page}"), "Sent bilag til 2.3.")
    assertContains(Client().get("/moeder/atom.xml"), "Grund: Sent bilag til 2.3.")
    assert Client().get(f"{MEETING}kvittering.json").json()["reason"].startswith("Sent")
    assertNotContains(Client().get(f"{MEETING}?version=1"), "Sent bilag")


def test_with_another_reason_the_version_is_approved_anew() -> None:
    meeting = a_begun_version()
    chief = meeting.council.memberships.get().user
    AgendaItem.objects.update(title="En ny titel")
    packet = a_packet(meeting)
    settle(meeting, chief)
    life.begin_version(meeting.pk, reason=meeting.revision_reason, by=chief)
    assert packet_state(meeting).approval is not None, "the same reason takes nothing"

    life.begin_version(meeting.pk, reason="En anden grund.", by=chief)

    with pytest.raises(StepRefusedError, match="har ikke godkendt"):
        send(packet, chief)
    assert Approval.objects.filter(packet__version=1, is_withdrawn=False).exists()


def test_who_may_read_what_is_closed_is_part_of_what_is_approved() -> None:
    meeting = a_meeting()
    AgendaItem.objects.update(is_closed=True, closed_to="secretariat")
    chief, packet = a_user(meeting.council, Role.CHIEF), a_packet(meeting)
    settle(meeting, chief)

    AgendaItem.objects.update(closed_to="council")

    with pytest.raises(RuleViolationError, match="Pakken er forældet"):
        send(packet, chief)
    assert packet_state(meeting).changes == (READERS,)
    again = a_packet(meeting)
    settle(meeting, chief)
    Approval.objects.filter(packet=again).delete()
    with pytest.raises(StepRefusedError, match="godkendte pakken, før den blev ændret"):
        send(again, chief)


def test_the_reason_names_nothing_closed() -> None:
    meeting = a_begun_version()
    chief = meeting.council.memberships.get().user
    AgendaItem.objects.update(is_closed=True, title="Salg af havnegrunden")

    words = "Rettet: salg af  havnegrunden"
    with pytest.raises(RuleViolationError, match="skriv kun nummeret"):
        life.begin_version(meeting.pk, reason=words, by=chief)
