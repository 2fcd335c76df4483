"""A draft that the records have left behind says so when it is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from documents.storage import files
from meetings.models import AgendaItem
from tests.documents.pdf_makers import failures
from tests.documents.pdf_reader import PdfReader
from tests.makers_packets import a_meeting, a_packet, a_publication, a_user
from tests.meetings.test_public_views import body

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.django_db
HERE = "/moeder/2023-11-22/"
PACKET = f"{HERE}pakke.pdf"
OLD = "-kladde-foraeldet.pdf"


def name_of(answer: Any) -> str:
    return unquote(answer.headers["Content-Disposition"])


def test_a_fresh_draft_is_sent_as_it_lies_in_storage(client: Client) -> None:
    packet = a_packet(a_meeting())
    client.force_login(a_user())

    answer = client.get(PACKET)

    assert OLD not in name_of(answer)
    assert body(answer) == files().open(packet.file).read()


def test_an_outdated_draft_says_so_in_its_name_and_on_its_pages(
    client: Client, tmp_path: Path
) -> None:
    a_packet(a_meeting())
    client.force_login(a_user())
    AgendaItem.objects.update(title="En ny titel")

    answer = client.get(PACKET)
    content = body(answer)
    path = tmp_path / "pakke.pdf"
    path.write_bytes(content)

    assert OLD in name_of(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert failures(content) == []
    said = "Forældet kladde, bygget 7. november 2023 kl. "
    assert all(said in page.text for page in PdfReader(path).pages)
    assert body(client.get(PACKET)) == content


def test_its_agenda_and_appendices_say_so_too(client: Client) -> None:
    packet = a_packet(a_meeting())
    packet.parts.filter(label="2.1 Bilag 2").update(file=packet.file)
    packet.papers.create(
        meeting=packet.meeting, kind="agenda", digest="x", file=packet.file,
        size=packet.size, page_count=1,
    )  # fmt: skip
    client.force_login(a_user())
    AgendaItem.objects.update(title="En ny titel")

    for url in (f"{HERE}dagsorden.pdf", f"{HERE}bilag/2-1-bilag-2.pdf"):
        assert OLD in name_of(client.get(url))


def test_what_was_sent_never_says_so(client: Client) -> None:
    a_publication()
    AgendaItem.objects.update(title="En ny titel")

    for user in (None, a_user()):
        if user:
            client.force_login(user)
        assert OLD not in name_of(client.get(PACKET))
