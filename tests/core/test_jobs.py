"""The queue as others see it, and jobs whose worker is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from core.jobs import last_sign_of_life, queue_stands_still_since
from core.stalled import take_up_stalled

pytestmark = pytest.mark.django_db

JOB = """INSERT INTO procrastinate_jobs
             (queue_name, task_name, status, worker_id, attempts, queueing_lock,
              scheduled_at)
         VALUES ('default', 'tests.none', %s::procrastinate_job_status, %s, %s, %s,
                 now() + %s * interval '1 second')
         RETURNING id"""


def add_worker(silent_seconds: float) -> int:
    return one(
        """INSERT INTO procrastinate_workers (last_heartbeat)
           VALUES (now() - %s * interval '1 second') RETURNING id""",
        silent_seconds,
    )


def add_job(
    status: str = "todo",
    worker: int | None = None,
    attempts: int = 0,
    queueing_lock: str | None = None,
    wait: int | None = None,
) -> int:
    """Write a job; ``wait`` is in how many seconds it may begin, if it is to wait."""
    return one(JOB, status, worker, attempts, queueing_lock, wait)


def one(query: str, *values: float | str | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return int(cursor.fetchone()[0])


def state(job: int) -> tuple[str, int]:
    with connection.cursor() as cursor:
        query = "SELECT status, attempts FROM procrastinate_jobs WHERE id = %s"
        cursor.execute(query, [job])
        status, attempts = cursor.fetchone()
    return status, attempts


def test_no_worker_has_given_no_sign_of_life() -> None:
    assert last_sign_of_life() is None


def test_the_latest_of_all_workers_counts() -> None:
    add_worker(silent_seconds=500)
    add_worker(silent_seconds=3)

    found = last_sign_of_life()

    assert found is not None
    assert timedelta(seconds=2) < datetime.now(UTC) - found < timedelta(seconds=60)


def test_a_queue_without_jobs_stands_still_for_nobody() -> None:
    add_worker(silent_seconds=500)

    assert queue_stands_still_since() is None


@pytest.mark.parametrize(("silent", "still"), [(3, False), (59, False), (61, True)])
def test_a_waiting_job_and_silence_for_a_minute_is_a_queue_that_stands_still(
    silent: int,
    still: bool,  # noqa: FBT001
) -> None:
    add_worker(silent_seconds=silent)
    add_job()

    since = queue_stands_still_since()

    assert since == (last_sign_of_life() if still else None)


@pytest.mark.parametrize(("wait", "still"), [(60, False), (-60, True)])
def test_a_job_for_later_waits_for_nobody(wait: int, still: bool) -> None:  # noqa: FBT001
    add_worker(silent_seconds=500)
    add_job(wait=wait)

    assert (queue_stands_still_since() is not None) == still


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_job_that_a_test_commits_is_gone_when_the_next_begins(turn: int) -> None:
    assert (queue_stands_still_since(), last_sign_of_life()) == (None, None)

    add_worker(silent_seconds=500)
    add_job()


def test_with_no_worker_ever_it_stands_still_since_the_job_was_written() -> None:
    add_job()
    now = datetime.now(UTC)

    assert queue_stands_still_since(now) is None
    since = queue_stands_still_since(now + timedelta(seconds=61))
    assert since is not None
    assert abs(now - since) < timedelta(seconds=30)


def test_a_job_of_a_living_worker_is_left_alone() -> None:
    job = add_job("doing", add_worker(silent_seconds=1))

    assert take_up_stalled() == 0
    assert state(job) == ("doing", 0)


@pytest.mark.parametrize("silent", [30, None])
def test_a_job_of_a_dead_or_forgotten_worker_waits_again(silent: int | None) -> None:
    job = add_job("doing", None if silent is None else add_worker(silent))

    assert take_up_stalled() == 1
    assert state(job) == ("todo", 1)


def test_the_third_time_it_is_given_up() -> None:
    job = add_job("doing", attempts=2)

    take_up_stalled()

    assert state(job) == ("failed", 3)


def test_a_stalled_job_whose_twin_waits_gives_way() -> None:
    stalled = add_job("doing", queueing_lock="pieces")
    twin = add_job("todo", queueing_lock="pieces")

    take_up_stalled()

    assert (state(stalled)[0], state(twin)[0]) == ("aborted", "todo")
