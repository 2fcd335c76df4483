"""Closed material and those who are asked about it, or chosen to read it (R-63, R-64)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from meetings.agenda import Agenda
from meetings.askable import key_of
from meetings.closed.access import seat_word
from meetings.closed.parting import open_view
from meetings.models import (
    AgendaItem,
    ClosedPublication,
    Meeting,
    Packet,
    Publication,
)
from meetings.rows import read_agenda
from questions.models import Question, Recipient
from questions.services.questions import ask, close
from tests.made import again
from tests.makers_packets import a_meeting, a_publication, a_user
from tests.makers_questions import a_house, a_question, a_secretary, somebody_of

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = pytest.mark.django_db
# Who the item is for → who reads what was answered, once the question is closed.
SEES: Final = {
    "council": "chief lejre member",
    "secretariat": "chief",
    "chosen": "chief lejre",
    "role": "chief member",
}
COUNCIL_WORDS: Final = ("role:member", "role:director")


@pytest.fixture
def item() -> AgendaItem:
    a_meeting()
    AgendaItem.objects.update(
        is_closed=True, addressee="Ministeriet", reply_deadline="dated",
        reply_on="2023-11-14",
    )  # fmt: skip
    return AgendaItem.objects.get()


def people() -> dict[str, User]:
    return {
        "chief": a_user(role=Role.CHIEF),
        "lejre": somebody_of("Lejre"),
        "member": a_user(role=Role.MEMBER),
    }


@pytest.mark.parametrize("who_for", SEES)
def test_once_closed_a_question_about_a_closed_item_is_for_its_readers(
    item: AgendaItem, who_for: str
) -> None:
    cast = people()
    chosen = seat_word(cast["lejre"].memberships.get().pk)
    words = {"chosen": [chosen], "role": ["role:member"]}.get(who_for, [])
    kind = "chosen" if words else who_for
    AgendaItem.objects.update(closed_to=kind, closed_readers=words)
    row = asked_about(item)

    close(row.pk, by=a_secretary())

    assert readers(cast) == SEES[who_for]
    sent_closed(item, words or list(COUNCIL_WORDS if who_for == "council" else ()))
    AgendaItem.objects.update(is_closed=False)
    assert readers(cast) == SEES[who_for], "a begun version opens nothing"
    AgendaItem.objects.update(is_closed=True, closed_to="council")
    assert readers(cast) == SEES[who_for], "nor does it to other readers"
    AgendaItem.objects.update(closed_to="secretariat")
    assert readers(cast) == "chief", "but it closes at once"


def readers(cast: dict[str, User]) -> str:
    """Who sees the question; those and nobody else see its answers."""
    seen = [n for n, u in cast.items() if Question.objects.visible_to(u).exists()]
    answers = [n for n, u in cast.items() if Recipient.objects.visible_to(u).exists()]
    assert answers == seen
    return " ".join(seen)


def sent_closed(item: AgendaItem, access: list[str], number: int = 1) -> None:
    """Let a version have been sent in which the item is closed."""
    AgendaItem.objects.update(sent_in=1, given_number="2.1")
    whole = read_agenda(item.section.meeting_id)
    publication = a_row(item.section.meeting, open_view(whole), number)
    ClosedPublication.objects.create(
        publication=publication, agenda=whole.to_json(), access={item.key: access},
        file="", size=1, page_count=1, labels=["L1"],
    )  # fmt: skip


def a_row(meeting: Meeting, agenda: Agenda, number: int) -> Publication:
    packet = Packet.objects.create(meeting=meeting, version=number, state="failed")
    return Publication.objects.create(
        meeting=meeting, number=number, packet=packet, published_by="",
        agenda=agenda.to_json(), file="", size=1, page_count=1,
    )  # fmt: skip


def test_of_two_sent_versions_the_newest_that_has_the_item_says_who_reads_it(
    item: AgendaItem,
) -> None:
    cast, meeting = people(), item.section.meeting
    close(asked_about(item).pk, by=a_secretary())
    sent_closed(item, [], number=1)
    sent_closed(item, ["role:member"], number=2)
    AgendaItem.objects.update(is_closed=False)
    assert readers(cast) == "chief member"
    AgendaItem.objects.update(position=None, removed_position=1)
    a_row(meeting, read_agenda(meeting.pk), number=3)
    assert readers(cast) == "chief member", "gone from the agenda it stays closed"
    AgendaItem.objects.update(position=1, removed_position=None)
    a_row(meeting, read_agenda(meeting.pk), number=4)
    assert readers(cast) == "chief lejre member", "sent openly it is open"


def asked_about(item: AgendaItem) -> Question:
    """A question about the item to Greve, sent."""
    row = a_question("Greve", subject_key=key_of(item))
    return ask(row.pk, by=a_secretary())


def test_those_who_were_asked_still_see_their_own_answer(item: AgendaItem) -> None:
    AgendaItem.objects.update(closed_to="secretariat")
    row = asked_about(item)
    close(row.pk, by=a_secretary())

    own = Recipient.objects.visible_to(somebody_of("Greve"))

    assert [each.name for each in own] == ["Greve"]


def test_once_the_item_is_open_the_council_reads_the_answers(item: AgendaItem) -> None:
    AgendaItem.objects.update(closed_to="secretariat")
    close(asked_about(item).pk, by=a_secretary())
    AgendaItem.objects.update(is_closed=False)

    assert Question.objects.visible_to(a_user(role=Role.MEMBER)).exists()


@pytest.mark.parametrize("is_closed", [True, False])
def test_the_form_takes_nothing_from_a_closed_item_and_warns(
    item: AgendaItem, *, is_closed: bool
) -> None:
    client = Client()
    client.force_login(a_secretary())

    sent_closed(item, [])
    AgendaItem.objects.filter(pk=item.pk).update(is_closed=is_closed)

    response = client.get("/spoergsmaal/nyt/", {"om": key_of(item)})

    assertContains(response, "Punkt 2.1 er lukket. Det, I skriver her, bliver mailet")
    assertNotContains(response, "Ministeriet")
    assertNotContains(response, "2023-11-14")


def test_the_page_of_the_mail_warns_too(item: AgendaItem) -> None:
    row = a_question("Greve", subject_key=key_of(item))
    client = Client()
    client.force_login(a_secretary())
    page = f"/spoergsmaal/{row.pk}/"

    assertContains(client.get(f"{page}udsendelse/"), "Punkt 2.1 er lukket")
    ask(row.pk, by=a_secretary())
    assertContains(client.get(f"{page}modtagere/"), "Punkt 2.1 er lukket")


@pytest.fixture(scope="module")
def made(kept: None) -> Publication:
    """A version of a meeting that is not public, with closed material."""
    publication = a_publication()
    Meeting.objects.update(kind="directors")
    ClosedPublication.objects.create(
        publication=publication, agenda=publication.agenda, access={"indspil": []},
        file=publication.file, size=1, page_count=1, labels=["L1"],
    )  # fmt: skip
    return publication


@pytest.fixture
def sent(made: Publication) -> Publication:
    return again(made)


def chosen(publication: Publication, *words: str) -> None:
    ClosedPublication.objects.update(access={"andet": [], "indspil": list(words)})


@pytest.mark.parametrize("by", ["role", "seat"])
def test_a_reporter_who_was_chosen_reads_the_version(
    sent: Publication, by: str
) -> None:
    user = a_user(role=Role.REPORTER, organisation=a_house())
    words = {"role": "role:reporter", "seat": seat_word(user.memberships.get().pk)}
    client = Client()
    client.force_login(user)
    assert client.get("/moeder/2023-11-22/offentlig/").status_code == 404

    chosen(sent, words[by])

    assertContains(client.get("/moeder/2023-11-22/offentlig/"), "Indspil")
    user.memberships.all().delete()
    assert client.get("/moeder/2023-11-22/offentlig/").status_code == 404


def test_a_reporter_keeps_the_version_that_a_later_one_has_nothing_for(
    sent: Publication,
) -> None:
    user = a_user(role=Role.REPORTER, organisation=a_house())
    chosen(sent, seat_word(user.memberships.get().pk))
    agenda = Agenda.from_json(sent.agenda)
    a_row(sent.meeting, replace(agenda, place="Et andet sted"), number=2)
    client, page = Client(), "/moeder/2023-11-22/offentlig/"
    client.force_login(user)

    for address in (page, f"{page}?version=1"):
        assertNotContains(client.get(address), "Et andet sted")
        assertNotContains(client.get(address), "version&nbsp;2")
    assertContains(client.get("/moeder/"), "/moeder/2023-11-22/")
    assert client.get(f"{page}?version=2").status_code == 404
    client.force_login(a_user(role=Role.MEMBER))
    assertContains(client.get(page), "Et andet sted")


def test_to_choose_one_reporter_opens_nothing_for_another(sent: Publication) -> None:
    one = a_user(role=Role.REPORTER, organisation=a_house())
    other = a_user(
        role=Role.REPORTER, organisation=a_house("andet"), email="andet@hus.example"
    )
    chosen(sent, seat_word(one.memberships.get().pk))

    assert not Publication.objects.visible_to(other).exists()
