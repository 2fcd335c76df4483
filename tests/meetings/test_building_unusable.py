"""A file that cannot be used any more: its part is red, the others are made all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile

from core.jobs import HopelessError
from documents.foreign import path_of
from documents.models import CachedPiece, ForeignFile
from documents.parts import UnjoinableError
from documents.printing import renderers
from documents.storage import keep
from meetings.choices import MakeState, PacketState
from meetings.models import Packet
from meetings.packets.building.build import build
from meetings.services.packets import ask_for_packet
from meetings.tasks import build_given_up, refresh
from tests.meetings.small import SLUG, secretary, small_meeting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from accounts.models import User
    from meetings.models import Meeting

pytestmark = pytest.mark.django_db
WHY = "Filen kan ikke sættes ind. Erstat den, eller fjern bilaget."


@pytest.fixture
def meeting() -> Iterator[Meeting]:
    """A meeting whose only file from outside was cut off in storage."""
    made = small_meeting()
    path = path_of(ForeignFile.objects.get().cleaned)
    whole = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(whole[: len(whole) // 3])
    yield made
    path.write_bytes(whole)


def built(meeting: Meeting, user: User) -> tuple[Packet, str]:
    """The packet after its build, as a worker leaves it, and what it failed with."""
    packet = ask_for_packet(meeting.pk, by=user)
    with pytest.raises(HopelessError) as failure:
        build(packet.pk)
    build_given_up(str(failure.value), packet_id=packet.pk)
    return Packet.objects.get(pk=packet.pk), str(failure.value)


def test_the_part_is_named_and_the_others_are_made(meeting: Meeting) -> None:
    packet, said = built(meeting, secretary(meeting.council))

    assert (packet.state, packet.failure) == (PacketState.FAILED, said)
    assert said == f"2.1 Bilag 1: {WHY}"
    assert list(packet.parts.values_list("label", "make", "reason")) == [
        ("Indhold", MakeState.LAST, ""),
        ("2.1 Bilag 1", MakeState.FAILED, WHY),
        ("2.1 Bilag 2", MakeState.MADE, packet.parts.last().reason),  # type: ignore[union-attr]
    ]


def test_the_page_shows_it_in_red_with_a_way_to_put_it_right(
    client: Client, meeting: Meeting
) -> None:
    user = secretary(meeting.council)
    built(meeting, user)
    client.force_login(user)

    page = client.get(f"/moeder/{SLUG}/pakke/").content.decode()

    appendix = meeting.sections.get().items.get().appendices.get(key="brev")
    assert WHY in page
    assert f'href="/moeder/{SLUG}/punkter/2-1/bilag/{appendix.pk}/">Ret' in page


def test_a_file_that_cannot_be_used_does_not_hold_up_the_others(
    meeting: Meeting,
) -> None:
    refresh(meeting.pk)

    assert not meeting.packets.exists()


def pages_of(meeting: Meeting) -> list[CachedPiece]:
    """What is kept of the meeting's pages: two proposals and more, then the letter's."""
    refresh(meeting.pk)
    return list(CachedPiece.objects.order_by("pk"))


@pytest.mark.parametrize("at", [0, -1], ids=["a proposal's", "a file's"])
def test_stored_pages_that_were_damaged_are_made_anew_at_the_next_try(at: int) -> None:
    meeting = small_meeting()
    path = path_of(pages_of(meeting)[at].file)
    whole = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7\n")
    packet = ask_for_packet(meeting.pk, by=secretary(meeting.council))

    with pytest.raises(UnjoinableError):
        build(packet.pk)
    build(packet.pk)

    packet.refresh_from_db()
    assert (packet.state, packet.page_count) == (PacketState.BUILT, 9)
    assert path.read_bytes() == whole


def test_a_file_that_cannot_be_joined_is_named() -> None:
    meeting = small_meeting()
    letter = pages_of(meeting)[-1]
    letter.file = keep(ContentFile(b"%PDF-1.7 but nothing more"))
    letter.save()

    packet, said = built(meeting, secretary(meeting.council))

    assert (packet.state, said) == (PacketState.FAILED, f"2.1 Bilag 1: {WHY}")
    red = packet.parts.get(make=MakeState.FAILED)
    assert (red.label, red.reason) == ("2.1 Bilag 1", WHY)


def test_an_appendix_that_takes_too_long_is_named_and_the_others_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meeting = small_meeting()
    CachedPiece.objects.all().delete()
    monkeypatch.setattr(renderers, "SECONDS_A_PIECE", 0.001)

    packet, said = built(meeting, secretary(meeting.council))

    assert said == (
        "2.1 Bilag 2: Bilaget er for stort til at blive dannet. Del det i flere bilag."
    )
    assert packet.failure == said
    parts = dict(packet.parts.values_list("label", "make"))
    assert parts["2.1 Bilag 2"] == MakeState.FAILED
    assert parts["2.1 Bilag 1"] != MakeState.FAILED
