"""Agenda and minutes on paper: PDF/UA, and the same words as their pages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pikepdf
import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from accounts.choices import Role
from documents import codec
from documents.storage import files
from meetings.models import AgendaItem, Paper
from meetings.services.publishing import publish
from meetings.tasks import print_agenda, print_minutes, print_whole
from tests.demo.packets import build_packet
from tests.documents.pdf_makers import failures
from tests.made import again
from tests.makers_minutes import a_held_meeting, written_minutes
from tests.makers_packets import a_meeting, a_packet, a_user, settle
from tests.meetings.small import small_meeting

if TYPE_CHECKING:
    from meetings.models import Meeting

pytestmark = pytest.mark.django_db
FILE: Final = "/moeder/2023-11-22/dagsorden.pdf"
WHOLE: Final = "/moeder/2023-11-22/dagsorden-og-bilag.pdf"


@pytest.fixture(scope="module")
def made(kept: None) -> Meeting:
    own = a_meeting()
    AgendaItem.objects.create(
        section=own.sections.get(), position=2, key="to", title="", kind="formal"
    )
    AgendaItem.objects.filter(position=1).update(
        recommendation="<p>Det indstilles, at KKR</p><ol><li>drøfter</li></ol>"
    )
    return own


@pytest.fixture
def meeting(made: Meeting) -> Meeting:
    return again(made)


def text_of(content: bytes) -> str:
    """The bookmarks and the title of a PDF, as one text."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        marks = pdf.open_outline()
        return " | ".join([str(pdf.docinfo.Title), *(row.title for row in marks.root)])


def test_the_agenda_is_printed_with_the_pages_of_its_packet(meeting: Meeting) -> None:
    packet = a_packet(meeting)
    print_agenda(packet.pk)
    print_agenda(packet.pk)

    row = Paper.objects.get()
    content = files().open(row.file).read()
    tree = codec.loads(row.document)

    assert failures(content) == []
    assert text_of(content).startswith("Dagsorden, KKR Sjælland, møde 22.")
    assert [section.label for section in tree.sections] == ["2.1", "2.2"]
    assert "side\xa02–5" in row.document
    assert row.page_count == 1


def test_the_minutes_are_printed_as_they_are_written(meeting: Meeting) -> None:
    own = a_held_meeting(meeting)
    AgendaItem.objects.filter(position=2).update(title="")
    AgendaItem.objects.filter(position=2).update(action="notes")
    print_minutes(written_minutes(own).pk)

    row = Paper.objects.get(kind="minutes")
    content = files().open(row.file).read()

    assert failures(content) == []
    assert "Det blev indstillet, at KKR" in row.document
    assert "<p><em>Gælder 2.1" in row.document
    print_minutes(own.pk)
    assert Paper.objects.filter(kind="minutes").count() == 1


def test_the_agenda_is_read_as_a_page_before_its_pdf_is_made(meeting: Meeting) -> None:
    packet, client = a_packet(meeting), Client()
    client.force_login(a_user(meeting.council))
    page = "/moeder/2023-11-22/dagsorden/"

    before = client.get(FILE).status_code
    assertContains(client.get(page), "Titel ikke oplyst")
    print_agenda(packet.pk)

    assert (before, client.get(FILE).status_code) == (404, 200)
    assertContains(client.get(page), "Hent dagsordenen (PDF)")
    assert Client().get(page).status_code == 404


def test_what_was_sent_is_read_by_everybody(meeting: Meeting) -> None:
    own = a_held_meeting(meeting)
    print_agenda(own.publications.get().packet_id)
    public = Client()

    assertContains(public.get("/moeder/2023-11-22/"), "Dagsorden (PDF)")
    assertContains(public.get("/moeder/2023-11-22/dagsorden/"), "Den første tekst.")
    assert public.get(FILE)["Cache-Control"] == "public, no-cache"


def test_agenda_and_appendices_in_one_file_move_no_number() -> None:
    own = small_meeting()
    chief = a_user(own.council, Role.CHIEF)
    packet = build_packet(own)
    settle(own, chief)
    sent = publish(own.pk, packet_pk=packet.pk, by=chief)

    print_whole(sent.pk)
    print_whole(sent.pk)

    assert Paper.objects.count() == 3
    row = Paper.objects.get(kind="whole")
    content = files().open(row.file).read()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        marks = [item.title for item in pdf.open_outline().root]
        labels = [page.label for page in pdf.pages]
    assert labels == ["D1", *packet.labels]
    assert marks[:2] == ["Dagsorden", "Indholdsfortegnelse"]
    assert failures(content) == []
    assert Client().get(WHOLE)["Cache-Control"] == "public, no-cache"
