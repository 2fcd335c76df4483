"""Who asks for what of a meeting with closed items, from draft to takedown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client

from accounts.choices import Role
from accounts.models import User
from core import clock
from core.errors import RuleViolationError
from meetings.askable import key_of
from meetings.closed.access import seat_word
from meetings.models import AgendaItem, Meeting, Section
from meetings.services.agenda import edit_item
from meetings.services.life import begin_version, drop_version
from meetings.services.withdrawals import withdraw
from questions.models import Recipient
from questions.services.questions import ask, close
from tests.makers_packets import a_council, a_user
from tests.makers_questions import a_house, a_question
from tests.meetings.closed import CANARY, MEETING, SHUT, a_chief, asked, browser, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from questions.models import Question

DRAFT: Final = "2023-12-13"
ITEM: Final = f"{MEETING}offentlig/punkter/2-2/"
# Where something closed could be told of in a state; of a draft there is nothing.
BEGUN: Final = (
    "/", "/spoergsmaal/", ITEM, f"/moeder/{DRAFT}/",
    f"/moeder/{DRAFT}/offentlig/punkter/2-2/",
)  # fmt: skip
HELD: Final = (
    "/soeg/?q=kanarie", "/beslutninger/", f"{MEETING}referat/", f"{ITEM}?version=1",
    f"{MEETING}aendringer/",
)  # fmt: skip
TAKEN: Final = (ITEM, f"{MEETING}referat/")
# What is there for readers of closed material alone; to others it does not exist.
SECRET: Final = (f"{MEETING}bilag/2-2-bilag-1.json", SHUT[0], SHUT[2])


def outsiders() -> dict[str, Client]:
    """Give those for whom nothing closed is, besides visitors: by what they are."""
    reporter = a_user(role=Role.REPORTER, organisation=a_house(), email="i@hus.example")
    users = [a_user(role=Role.MEMBER), reporter, a_user(a_council("midtjylland"))]
    found = {}
    for user in users:
        found[user.name] = Client()
        found[user.name].force_login(user)
    return found


def tell_nobody(people: dict[str, Client], *pages: str) -> None:
    """See that no page gives them a word of what is closed, and that no other is there."""
    for name, client in people.items():
        for page in pages:
            answer = client.get(page)
            assert CANARY not in asked(told(answer)), (name, page)
            assert page not in SECRET or answer.status_code == 404, (name, page)


def who_reads(page: str, names: Iterable[str] = ("greve", "solroed")) -> list[str]:
    """Give which of the two directors are told of what is closed by a page."""
    return [name for name in names if CANARY in told(browser(name).get(page))]


def a_draft(meeting: Meeting) -> None:
    """Make the next meeting, of which nothing is sent, with a closed item."""
    following = Meeting.objects.create(
        council=meeting.council, slug=DRAFT, held_on=DRAFT
    )
    section = Section.objects.create(meeting=following, number=2, title="Sager")
    for position in (1, 2):
        AgendaItem.objects.create(
            section=section, key=f"{CANARY}-{position}", position=position,
            title="Kanariesagen igen", is_closed=True,
        )  # fmt: skip


def shut() -> AgendaItem:
    """Give the closed item as it stands."""
    return AgendaItem.objects.select_related("section").get(key=f"{CANARY}-sagen")


def edit(**values: Any) -> None:
    """Save the closed item as its editors do."""
    item = shut()
    by = a_chief(item.section.meeting)
    edit_item(item.pk, version=item.version, by=by, **values)


def for_solroed() -> dict[str, Any]:
    """Give what chooses the director of Solrød as the item's only reader."""
    seat = User.objects.get(email="solroed@kkr.example").memberships.get()
    return {"closed_to": "chosen", "closed_readers": [seat_word(seat.pk)]}


def begin(meeting: Meeting) -> None:
    """Begin the next version, close it again at once, and begin it."""
    by = a_chief(meeting)
    for _ in range(2):
        drop_version(meeting.pk, by=by)
        begin_version(meeting.pk, reason="Nye læsere.", by=by)


def refuse_to_drop(meeting: Meeting) -> None:
    """See that a version with other readers alone is not locked in unsent."""
    with pytest.raises(RuleViolationError, match="Der er rettet"):
        drop_version(meeting.pk, by=a_chief(meeting))


def an_answered_question(meeting: Meeting) -> Question:
    """Ask about the closed item, get an answer, and close it."""
    by = a_chief(meeting)
    row = a_question("Lejre", text="Kanariespørgsmålet?", subject_key=key_of(shut()))
    ask(row.pk, by=by)
    Recipient.objects.update(
        choice="Ja", reply="Kanariesvaret", answered_at=clock.now(), answered_by="L"
    )
    close(row.pk, by=by)
    return row


def take_down(meeting: Meeting) -> None:
    """Take the closed item down."""
    withdraw(
        meeting.pk, what="punkt:2-2", title="", reason="Kanariegrunden",
        found_at=clock.now(), by=a_chief(meeting),
    )  # fmt: skip
