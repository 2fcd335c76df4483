"""L7: a change and its job are written together, whenever the process dies."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from meetings.models import AgendaItem, Packet
from proposals.models import Point
from tests.drill.saver import ACTS, AFTER, ANY, BEFORE, save_and_die
from tests.drill.say import say
from tests.processes import wait_for

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext

    from meetings.models import Meeting

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 100
# A save in a fresh process takes some 50 ms.
LONGEST_SECONDS = 0.1
KINDS = tuple(ACTS)
MOMENTS = (BEFORE, AFTER, ANY)


@pytest.fixture
def server() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.drill.ready", "tests.drill.saver"])
    return context


def kill_one(
    server: ForkServerContext, act: str, moment: str, text: str, delay: float
) -> None:
    """Let a process save and die; ``delay`` in seconds counts at any moment only."""
    ours, theirs = server.Pipe()
    process = server.Process(target=save_and_die, args=(act, moment, text, theirs))
    process.start()
    theirs.close()
    ours.recv()
    if moment == ANY:
        time.sleep(delay)
        process.kill()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    wait_for(nobody_else_is_connected)


def nobody_else_is_connected() -> bool:
    """The dead process's transaction has ended, one way or the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return bool(cursor.fetchone() == (0,))


def changes() -> int:
    """How many changes of the three kinds were ever committed."""
    item = AgendaItem.objects.get(section__meeting__slug="2023-11-22", position=3)
    gain = Point.objects.get(proposal__number=7, kind="gain", position=2)
    return item.version + gain.version + Packet.objects.count()


def jobs() -> int:
    """How many there are; that a change is indexed as well is a job beside its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name <> 'core.index'"
        )
        return int(cursor.fetchone()[0])


@pytest.mark.timeout(600)
def test_a_hundred_kills_leave_as_many_jobs_as_changes(
    meeting: Meeting, server: ForkServerContext
) -> None:
    seed = int(os.environ.get("KKR_DRILL_SEED", time.time_ns()))
    chance = random.Random(seed)  # noqa: S311 -- of moments, not of secrets
    say(f"\nL7: {KILLS} kills around a commit; KKR_DRILL_SEED={seed}")
    seen: Counter[tuple[str, int, int]] = Counter()

    for turn in range(KILLS):
        moment, act = MOMENTS[turn % 3], KINDS[turn // 3 % 3]
        before = (changes(), jobs())
        delay = chance.uniform(0, LONGEST_SECONDS)
        kill_one(server, act, moment, f"Gang {turn}", delay)
        changed, written = changes() - before[0], jobs() - before[1]
        assert changed == written, (turn, moment, act)
        seen[moment, changed, written] += 1
        Packet.objects.all().delete()

    for (moment, changed, written), times in sorted(seen.items()):
        say(f"  {moment}: {changed} change and {written} job, {times} times")
    assert seen[BEFORE, 1, 1] == seen[AFTER, 0, 0] == 0
