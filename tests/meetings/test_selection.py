"""Some appendices of a real packet as one PDF: its pages, numbers, and tags."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from pikepdf import Pdf

from accounts.choices import Role
from accounts.models import Membership, User
from meetings.services.publishing import publish
from tests.demo.packets import build_packet
from tests.documents.pdf_makers import failures
from tests.documents.pdf_reader import PdfReader
from tests.makers_packets import settle
from tests.meetings.small import small_meeting
from tests.meetings.test_public_views import body

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.django_db
URL = "/moeder/2023-11-22/udvalg.pdf"


def test_a_selection_keeps_pages_and_numbers_and_can_be_read_aloud(
    client: Client, tmp_path: Path
) -> None:
    meeting = small_meeting()
    chief = User.objects.create_user("chef@kkr.example", None, name="Chefen")
    Membership.objects.create(user=chief, council=meeting.council, role=Role.CHIEF)
    packet = build_packet(meeting)
    settle(meeting, chief)
    publish(meeting.pk, packet_pk=packet.pk, by=chief)

    response = client.get(f"{URL}?bilag=2-1-bilag-2")
    content = body(response)
    path = tmp_path / "udvalg.pdf"
    path.write_bytes(content)
    pdf = PdfReader(path)

    assert pdf.labels == ["Indhold", *packet.labels[3:]]
    assert [page.number for page in pdf.pages[1:]] == pdf.labels[1:]
    assert pdf.headings[0] == ("H1", "Udvalgte bilag")
    assert f"version 1, som har {len(packet.labels)} sider" in pdf.pages[0].text
    assert pdf.links(1)[0].page == 2
    assert [mark.page for mark in pdf.bookmarks] == [1, 2]
    assert failures(content) == []
    with Pdf.open(path) as opened:
        title = str(opened.docinfo["/Title"])
    assert title.startswith("2.1 Bilag 2, KKR Sjælland, møde 22.")
    assert content == body(client.get(f"{URL}?bilag=2-1-bilag-2"))
    assert "version%201.pdf" in response.headers["Content-Disposition"]
    whole = body(client.get(f"{URL}?punkt=2-1"))
    path.write_bytes(whole)
    assert PdfReader(path).labels == ["Indhold", *packet.labels[1:]]
    data = {f"2.1 Bilag 2 Forenklingskatalog.{kind}" for kind in ("csv", "json")}
    assert files_inside(content) == files_inside(whole) == data
    assert files_inside(body(client.get(f"{URL}?bilag=2-1-bilag-1"))) == set()


def files_inside(content: bytes) -> set[str]:
    with Pdf.open(io.BytesIO(content)) as pdf:
        return set(pdf.attachments)
