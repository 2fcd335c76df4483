"""Texts that name addresses, sent the whole way from record to packet (S16)."""

from __future__ import annotations

import socket
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from meetings.models import AgendaItem, Appendix, Meeting
from proposals.models import Catalogue, CooperationUnit, Point, Proposal, Theme
from tests.demo.packets import build_packet, reader_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from meetings.models import Packet

pytestmark = pytest.mark.django_db

CANARY = "KANARIEFUGL"
WORD = "Gråspurv"
CHANNELS = (
    '<img src="{}" alt="x">',
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    '<object data="{}">x</object>',
    '<style>@import url("{}");p{{background:url({})}}</style>',
    '<svg><image href="{}" width="9" height="9"/></svg>',
)
PRINTED = (
    (Proposal, "idea"),
    (Proposal, "title"),
    (CooperationUnit, "summary"),
    (Point, "text"),
    (Theme, "title"),
    (Catalogue, "author"),
    (AgendaItem, "title"),
    (Appendix, "summary"),
    (Appendix, "sender"),
)


@pytest.fixture
def port() -> Iterator[int]:
    """A port of the loopback; nobody may have knocked when the test ends."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()


def attack(port: int, canary: Path) -> None:
    """Put a channel in each kind of text that is printed; past the forms' cleaning."""
    listener = f"http://127.0.0.1:{port}/"
    for (model, field), channel in zip(PRINTED, cycle(CHANNELS), strict=False):
        row = model._default_manager.earliest("pk")
        text = channel.format(listener, listener)
        model._default_manager.filter(pk=row.pk).update(**{field: f"{text} {WORD}"})
    files = [channel.format(canary.as_uri(), canary.as_uri()) for channel in CHANNELS]
    ideas = Proposal.objects.filter(number=8)
    ideas.update(idea=f"<p>{' '.join(files)} {WORD}</p>")


def test_no_text_of_a_record_opens_an_address(
    packet: Packet, meeting: Meeting, port: int, tmp_path: Path
) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text(CANARY, encoding="utf-8")
    attack(port, canary)

    printed = reader_of(build_packet(meeting).file).spoken

    assert printed.count(WORD) >= len(PRINTED)
    assert CANARY not in printed
