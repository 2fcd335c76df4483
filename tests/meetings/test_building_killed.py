"""A worker killed in the middle of a build: the next one finishes it, whole."""

from __future__ import annotations

import hashlib
import io
import signal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pikepdf
import pytest

from core.jobs import KILLED, tell_given_up
from meetings.choices import PacketState
from meetings.models import Meeting, Packet
from meetings.packets.building.build import build
from meetings.services.packets import ask_for_packet
from proposals.services.points import edit_point
from tests.meetings.small import SLUG, gain, secretary, small_meeting
from tests.processes import forget_jobs, start_worker, wait_for

if TYPE_CHECKING:
    import subprocess

    from django.test import Client

    from accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = f"/moeder/{SLUG}/pakke/"
FILE = f"/moeder/{SLUG}/pakke.pdf"


@pytest.fixture
def meeting() -> Meeting:
    return small_meeting()


@pytest.fixture
def user(meeting: Meeting) -> User:
    return secretary(meeting.council)


@dataclass
class Eye:
    """What the secretariat gets to see, looking again and again.

    ``changes`` holds what the page offered to read, its file and its number of pages,
    each time that it became another; ("", 0) is nothing.
    """

    client: Client
    changes: list[tuple[str, int]] = field(default_factory=list)

    def look(self) -> None:
        """Open the page of the packet, and download what it offers."""
        page = self.client.get(PAGE)
        assert page.status_code == 200
        edition = page.context.get("edition")
        seen = (edition.file, edition.page_count) if edition else ("", 0)
        if self.changes[-1:] != [seen]:
            self.changes.append(seen)
        file = self.client.get(FILE)
        if "foraeldet" in file.get("Content-Disposition", ""):
            # It says so on each page; but for that it is what was built.
            with pikepdf.open(io.BytesIO(file.getvalue())) as pdf:
                assert len(pdf.pages) == seen[1]
        elif file.status_code == 200:
            name = hashlib.sha256(file.getvalue()).hexdigest()
            # Since the page was read another packet may have become the latest.
            built = Packet.objects.filter(state=PacketState.BUILT)
            assert name in set(built.values_list("file", flat=True))
        else:
            assert (file.status_code, seen) == (404, ("", 0))

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


@pytest.mark.parametrize(
    "point", [pytest.param("rendering", marks=pytest.mark.drill), "joining"]
)
def test_the_packet_before_is_read_until_the_next_worker_has_finished(
    meeting: Meeting, user: User, eye: Eye, point: str
) -> None:
    old = earlier(meeting, user)
    packet = ask_for_packet(meeting.pk, by=user)

    die_at(point)
    eye.look()
    finish(eye, packet)

    assert packet.attempt == 2
    assert eye.changes == [(old.file, 9), (packet.file, 9)]
    assert set(Packet.objects.filter(state=PacketState.BUILT)) == {old, packet}


@pytest.mark.parametrize(
    "point", ["storing", pytest.param("commit", marks=pytest.mark.drill)]
)
def test_a_first_packet_is_not_there_until_the_next_worker_has_finished(
    meeting: Meeting, user: User, eye: Eye, point: str
) -> None:
    packet = ask_for_packet(meeting.pk, by=user)

    die_at(point)
    eye.look()
    finish(eye, packet)

    assert packet.attempt == 2
    assert eye.changes == [("", 0), (packet.file, 9)]
    assert Packet.objects.get() == packet


def test_after_three_killed_workers_the_page_says_so(
    meeting: Meeting, user: User, eye: Eye
) -> None:
    packet = ask_for_packet(meeting.pk, by=user)

    tell_given_up("meetings.build_packet", {"packet_id": packet.pk}, KILLED)

    packet.refresh_from_db()
    assert (packet.state, packet.failure) == (PacketState.FAILED, KILLED)
    assert KILLED in eye.client.get(PAGE).content.decode()
