"""A sent packet is made anew to identical bytes, from what is stored of it alone."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.choices import Role
from accounts.models import Membership, User
from documents.models import CachedPiece
from documents.storage import files
from meetings.models import AgendaItem, Appendix, Packet, PacketPart, Publication
from meetings.receipts.rebuild import rebuild
from meetings.services import appendices
from meetings.services.life import begin_version
from meetings.services.publishing import publish
from proposals.models import Catalogue, Point, Proposal
from tests.demo.packets import build_packet
from tests.makers_packets import settle
from tests.meetings.small import small_meeting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

    from meetings.models import Meeting

pytestmark = pytest.mark.django_db


def send(meeting: Meeting, chief: User) -> Publication:
    packet = build_packet(meeting)
    settle(meeting, chief)
    sent = publish(meeting.pk, packet_pk=packet.pk, by=chief)
    begin_version(meeting.pk, reason="Et bilag kom sent.", by=chief)
    return sent


@pytest.fixture(scope="module", autouse=True)
def _sent(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A meeting sent three times; each test begins with it as it stands."""
    with django_db_blocker.unblock(), transaction.atomic():
        send_three_times(small_meeting())
        yield
        transaction.set_rollback(True)


def send_three_times(meeting: Meeting) -> None:
    """Send it, then grown and with a late appendix, then with one withdrawn."""
    chief = User.objects.create_user("chef@kkr.example", None, name="Chefen")
    Membership.objects.create(user=chief, council=meeting.council, role=Role.CHIEF)
    send(meeting, chief)
    grown = Proposal.objects.get(key="forslag-1")
    grown.idea = "<p>At gøre det enklere, så borgerne får et forløb.</p>" * 40
    grown.save()
    before = Appendix.objects.get(key="katalog")
    appendices.add_generated(
        before.item_id,
        source=before.source,
        options=before.options,
        title="Kataloget igen",
        by=chief,
    )
    send(meeting, chief)
    brev = Appendix.objects.get(key="brev")
    appendices.withdraw_appendix(brev.pk, by=chief)
    send(meeting, chief)


def test_the_command_compares_and_says_what_it_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pakke.pdf"

    call_command("rebuild", "2023-11-22", "2", out=out)

    found = Publication.objects.get(number=2).file
    assert f"identical, SHA-256 {found}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("made_with", "words"),
    [
        ({"weasyprint": "69.0"}, "another schema, templates, joining, weasyprint"),
        ({}, "What it was sent with is not written down"),
        (None, "The tools are the same"),
    ],
)
def test_other_bytes_are_never_called_the_same(
    tmp_path: Path, made_with: dict[str, str] | None, words: str
) -> None:
    row = Publication.objects.get(number=1)
    parts = list(row.appendices.all())
    row.agenda["sections"][0]["items"][0]["title"] = "Forfalsket"
    row.made_with = row.made_with if made_with is None else made_with
    row.number = 9
    row.pk = None
    row.save()
    for part in parts:
        part.pk, part.publication = None, row
        part.save()

    with pytest.raises(CommandError, match="not as it was sent") as error:
        call_command("rebuild", "2023-11-22", "9", out=tmp_path / "pakke.pdf")

    assert words in str(error.value)


@pytest.mark.parametrize(
    ("slug", "version", "words"),
    [
        ("2023-11-22", "7", "has sent no version 7"),
        ("2024-01-01", "1", "has sent no version 1"),
    ],
)
def test_what_was_not_sent_cannot_be_rebuilt(
    tmp_path: Path, slug: str, version: str, words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("rebuild", slug, version, out=tmp_path / "pakke.pdf")


def test_data_that_are_not_stored_are_never_made_up(tmp_path: Path) -> None:
    row = Publication.objects.get(number=1)
    row.number, row.pk = 9, None
    row.save()

    with pytest.raises(CommandError, match="not whole"):
        call_command("rebuild", "2023-11-22", "9", out=tmp_path / "pakke.pdf")


# The last one: the files it loses do not come back with the rows.
def forget_everything() -> None:
    """Change the records, and lose what was printed, the built packets' parts with it."""
    AgendaItem.objects.update(title="Noget andet", case="<p>Nyt.</p>")
    Appendix.objects.update(title="Et nyt navn", summary="Nyt", options={})
    PacketPart.objects.all().delete()
    Point.objects.all().delete()
    Proposal.objects.update(title="Et helt andet forslag", idea="")
    Catalogue.objects.update(title="Et andet katalog")
    Packet.objects.update(contents={}, labels=[], numbers={}, digest="x", engine="x")
    for row in CachedPiece.objects.all():
        files().delete(row.file)
    CachedPiece.objects.all().delete()


def test_every_version_comes_out_as_it_was_sent(tmp_path: Path) -> None:
    sent = list(Publication.objects.order_by("number"))
    days = [row.agenda["version_day"] for row in sent]
    assert days == ["", "2023-11-07", "2023-11-07"]
    forget_everything()
    packets = Packet.objects.count()

    for row in sent:
        out = tmp_path / f"{row.number}.pdf"
        done = rebuild(Publication.objects.get(pk=row.pk), out)
        content = out.read_bytes()
        assert hashlib.sha256(content).hexdigest() == row.file == done.made
        assert done.is_identical
        with files().open(row.file) as opened:
            assert content == opened.read()
    assert (Packet.objects.count(), PacketPart.objects.count()) == (packets, 0)
