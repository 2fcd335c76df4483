"""A worker killed in the middle of a build: the next one finishes it, whole."""

from __future__ import annotations

import hashlib
import signal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from documents.storage import files
from meetings.building.build import build
from meetings.choices import PacketState
from meetings.models import Meeting, Packet
from meetings.services.packets import ask_for_packet
from proposals.services.points import edit_point
from tests.meetings.small import SLUG, gain, secretary, small_meeting
from tests.processes import forget_jobs, start_worker, wait_for

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from django.test import Client

    from accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)

POINTS = ("rendering", "joining", "storing", "commit")
PAGE = f"/moeder/{SLUG}/pakke/"
FILE = f"/moeder/{SLUG}/pakke.pdf"


@pytest.fixture
def meeting(transactional_db: None) -> Iterator[Meeting]:
    forget_jobs()
    yield small_meeting()
    forget_jobs()


@pytest.fixture
def user(meeting: Meeting) -> User:
    return secretary(meeting.council)


@dataclass
class Eye:
    """What the secretariat gets to see, looking again and again."""

    client: Client
    pages: list[tuple[str, int]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Open the page of the packet, and download what it offers."""
        page = self.client.get(PAGE)
        assert page.status_code == 200
        edition = page.context.get("edition")
        self.pages.append((edition.file, edition.page_count) if edition else ("", 0))
        file = self.client.get(FILE)
        content = file.getvalue() if file.status_code == 200 else b""
        self.files.append(hashlib.sha256(content).hexdigest() if content else "")

    def until_built(self, packet: Packet) -> None:
        """Look until the packet is built, and once more."""

        def is_built() -> bool:
            self.look()
            return bool(Packet.objects.get(pk=packet.pk).is_built)

        wait_for(is_built, seconds=60)
        self.look()


@pytest.fixture
def eye(client: Client, user: User) -> Eye:
    client.force_login(user)
    return Eye(client)


def worker(point: str = "") -> subprocess.Popen[str]:
    """A worker that dies at a point of its first build; "" lives."""
    return start_worker(
        DJANGO_SETTINGS_MODULE="tests.settings_faults", KKR_FAULT_POINT=point
    )


def die_at(point: str) -> None:
    """Let a worker begin and die; its printing processes die with it."""
    killed = worker(point)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL


def finish(eye: Eye, packet: Packet) -> None:
    other = worker()
    try:
        eye.until_built(packet)
    finally:
        other.terminate()
        other.communicate(timeout=30)
    packet.refresh_from_db()


def earlier(meeting: Meeting, user: User) -> Packet:
    """A packet from before, and a change since then."""
    packet = ask_for_packet(meeting.pk, by=user)
    build(packet.pk)
    forget_jobs()
    point = gain()
    edit_point(point.pk, version=point.version, text="Langt færre regler", by=user)
    packet.refresh_from_db()
    return packet


@pytest.mark.parametrize("point", POINTS)
def test_the_next_worker_finishes_and_nobody_sees_a_half_packet(
    meeting: Meeting, user: User, eye: Eye, point: str
) -> None:
    old = earlier(meeting, user)
    packet = ask_for_packet(meeting.pk, by=user)

    die_at(point)
    eye.look()
    finish(eye, packet)

    assert packet.attempt == 2
    assert files().exists(packet.file)
    seen = [file for at, file in enumerate(eye.files) if eye.files[:at][-1:] != [file]]
    assert seen == [old.file, packet.file]
    assert set(eye.pages) == {(old.file, 9), (packet.file, 9)}
    built = Packet.objects.filter(state=PacketState.BUILT)
    assert set(built) == {old, packet}


def test_a_first_packet_is_not_there_until_it_is_whole(
    meeting: Meeting, user: User, eye: Eye
) -> None:
    packet = ask_for_packet(meeting.pk, by=user)

    die_at("commit")
    eye.look()
    finish(eye, packet)

    assert eye.files[0] == ""
    assert eye.files[-1] == packet.file
    assert set(eye.pages) == {("", 0), (packet.file, 9)}


def test_after_three_killed_workers_the_page_says_so(
    meeting: Meeting, user: User, eye: Eye
) -> None:
    packet = ask_for_packet(meeting.pk, by=user)

    for _ in range(3):
        die_at("joining")
    other = worker()
    wait_for(lambda: not Packet.objects.get(pk=packet.pk).is_running)
    other.terminate()
    other.communicate(timeout=30)

    cause = "Behandlingen blev afbrudt tre gange, før den var færdig."
    packet.refresh_from_db()
    assert (packet.state, packet.failure) == (PacketState.FAILED, cause)
    assert cause in eye.client.get(PAGE).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT status FROM procrastinate_jobs")
        assert cursor.fetchall() == [("failed",)]
