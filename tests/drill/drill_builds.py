"""L6: a worker killed at ten random moments of a build; settings as shipped."""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from core.jobs import last_sign_of_life, queue_stands_still_since
from documents.models import CachedPiece
from meetings.models import Packet
from meetings.services.packets import ask_for_packet
from tests.drill.say import say
from tests.processes import start_worker, wait_for

if TYPE_CHECKING:
    import subprocess

    from accounts.models import User
    from meetings.models import Meeting

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 10
# A kill that comes when the build is done does not count.
TRIES = 25
LONGEST_WAIT = 90
LONGEST_SILENCE = 60
SHIPPED = {
    "KKR_WORKER_HEARTBEAT": "5",
    "KKR_WORKER_STALLED_AFTER": "20",
    "KKR_WORKER_LOOK_EVERY": "10",
    "DJANGO_SETTINGS_MODULE": "tests.settings_faults",
}


def ask(meeting: Meeting, by: User) -> Packet:
    """Ask for a packet of which nothing is cached, so that there is much to interrupt."""
    CachedPiece.objects.all().delete()
    return ask_for_packet(meeting.pk, by=by)


def state_of(packet: Packet) -> str:
    """Look at the packet, and that nobody is told that it is worked on when it is not."""
    row = Packet.objects.get(pk=packet.pk)
    heard = last_sign_of_life()
    silence = time.time() - heard.timestamp() if heard else 0
    if row.is_running and silence > LONGEST_SILENCE:
        assert queue_stands_still_since()
    return row.state


def until(packet: Packet, *states: str) -> float:
    """Wait until the packet is in one of the states; give the seconds it took."""
    began = time.monotonic()
    wait_for(lambda: state_of(packet) in states, LONGEST_WAIT)
    return time.monotonic() - began


def end(worker: subprocess.Popen[str]) -> None:
    worker.kill()
    worker.communicate(timeout=30)


def undisturbed(meeting: Meeting, by: User) -> tuple[str, float]:
    """Give the packet's file, and how many seconds a build takes that nobody disturbs."""
    packet = ask(meeting, by)
    worker = start_worker(**SHIPPED)
    until(packet, "building", "built")
    seconds = until(packet, "built")
    end(worker)
    return Packet.objects.get(pk=packet.pk).file, seconds


def finish(packet: Packet) -> float:
    """Let another worker finish the packet; give the seconds it took."""
    other = start_worker(**SHIPPED)
    seconds = until(packet, "built")
    wait_for(lambda: not unfinished_builds())
    end(other)
    return seconds


def unfinished_builds() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
            " AND task_name = 'meetings.build_packet'"
        )
        return int(cursor.fetchone()[0])


@pytest.mark.timeout(1500)
def whole(packet: Packet, file: str) -> str:
    """Let another worker finish the packet: it is ``file``, and nothing else runs."""
    seconds = finish(packet)
    assert Packet.objects.get(pk=packet.pk).file == file
    assert not Packet.objects.filter(state__in=["queued", "building"]).exists()
    return f"whole {seconds:.0f} s later"


def test_after_each_of_ten_kills_exactly_one_whole_packet_is_there(
    meeting: Meeting, secretary: User
) -> None:
    seed = int(os.environ.get("KKR_DRILL_SEED", time.time_ns()))
    chance = random.Random(seed)  # noqa: S311 -- of moments, not of secrets
    file, usual = undisturbed(meeting, secretary)
    say(f"\nL6: {KILLS} kills in a build of {usual:.1f} s; KKR_DRILL_SEED={seed}")

    hits = 0
    for _ in range(TRIES):
        packet = ask(meeting, secretary)
        worker = start_worker(**SHIPPED)
        until(packet, "building", "built")
        after = chance.uniform(0, usual)
        time.sleep(after)
        end(worker)
        if state_of(packet) == "built":
            usual = min(usual, after)
            continue
        hits += 1
        say(f"  {hits}: killed after {after:.1f} s, {whole(packet, file)}")
        if hits == KILLS:
            break
    assert hits == KILLS
