"""What is taken down is gone from what is read beside the sent pages, too."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from accounts.choices import Role
from core import clock
from meetings.choices import PaperKind
from meetings.models import AgendaItem, Minutes, Paper
from meetings.services import readthrough
from meetings.services.life import begin_version
from tests.makers_packets import a_packet, a_user
from tests.meetings.test_withdrawals import (
    CANARY,
    HERE,
    chief,
    sent,
    sent_made,
    take_down,
)

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.models import Publication, ReadThrough

__all__ = ["sent", "sent_made"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(sent: Publication) -> User:
    return a_user(sent.meeting.council, Role.MEMBER)


def opened(sent: Publication, reader: User) -> ReadThrough:
    """A draft of the next version that somebody is asked to read, and has opened."""
    begin_version(sent.meeting_id, reason="Et bilag kom sent.", by=chief())
    AgendaItem.objects.update(case="<p>En ny sag.</p>", economy="", title="Ny titel")
    a_packet(sent.meeting)
    (row,) = readthrough.ask_readers(
        sent.meeting_id, readers=[reader.pk], due_on=clock.today(), by=chief()
    )
    return readthrough.open_draft(row.pk, by=reader)


def at(row: ReadThrough, user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_draft_shows_no_words_of_what_was_taken_down(
    sent: Publication, reader: User
) -> None:
    take_down(sent, "punkt:2-1")
    row = opened(sent, reader)

    page = at(row, reader).get(f"/moeder/gennemlaesning/{row.pk}/")

    assert page.status_code == 200
    assert b"En ny sag." in page.content
    words = page.content.decode()
    assert [
        said for said in ("Sag om", "Penge til", f"Om {CANARY}") if said in words
    ] == []


def test_a_draft_that_was_built_before_is_closed_with_it(
    sent: Publication, reader: User
) -> None:
    row = opened(sent, reader)
    client, place = at(row, reader), f"/moeder/gennemlaesning/{row.pk}/"
    assert client.get(f"{place}pakke.pdf").status_code == 200

    take_down(sent, "bilag:2-1-bilag-2")

    places = ("", "pakke.pdf", "bilag/2-1-bilag-2/", "bilag/2-1-bilag-2.pdf")
    found = {end: client.get(place + end).status_code for end in places}
    assert found == dict.fromkeys(places, 410)


def test_minutes_that_were_written_before_are_closed_with_it(sent: Publication) -> None:
    paper = Paper.objects.create(
        meeting=sent.meeting, kind=PaperKind.MINUTES, document="", digest="x",
        file=sent.file, size=sent.size, page_count=1,
        made_at=clock.now() - timedelta(hours=1),
    )  # fmt: skip
    Minutes.objects.create(
        meeting=sent.meeting, number=1, paper=paper, is_approved=True, by="Chefen"
    )
    assert Client().get(f"{HERE}referat.pdf").status_code == 200

    take_down(sent, "punkt:2-1")

    found = [Client().get(f"{HERE}referat{end}").status_code for end in ("/", ".pdf")]
    assert found == [410, 410]
