"""The worker, as a process of its own: what it is given, it finishes or gives up."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from core.worker import DatabaseRestartedError, look
from tests.core import worker_tasks
from tests.processes import start_worker, wait_for

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "notes").touch()
    return str(tmp_path)


def folder_in(tmp_path: Path, name: str) -> Path:
    """A folder for the notes of one job."""
    made = tmp_path / name
    made.mkdir()
    (made / "notes").touch()
    return made


def notes(tmp_path: Path) -> list[str]:
    return (tmp_path / "notes").read_text().splitlines()


def statuses() -> list[str]:
    # A worker that runs soon after the hour of a nightly job does that, too.
    own = "SELECT status FROM procrastinate_jobs WHERE task_name LIKE 'tests.%' ORDER BY id"
    with connection.cursor() as cursor:
        cursor.execute(own)
        return [status for (status,) in cursor.fetchall()]


def finish(worker_words: tuple[str, ...] = ("--once",)) -> int:
    worker = start_worker(*worker_words)
    worker.communicate(timeout=60)
    return worker.returncode


def test_a_job_is_there_if_and_only_if_its_change_is(folder: str) -> None:
    with transaction.atomic():
        worker_tasks.write.defer(folder=folder, word="never")
        transaction.set_rollback(True)
    with transaction.atomic():
        worker_tasks.write.defer(folder=folder, word="kept")

    assert statuses() == ["todo"]


def test_once_does_what_waits_in_its_queue_and_ends(
    folder: str, tmp_path: Path
) -> None:
    for word in ("one", "two"):
        worker_tasks.write.defer(folder=folder, word=word)
    worker_tasks.write.configure(queue="post").defer(folder=folder, word="other")
    hopeless, taken_back = (folder_in(tmp_path, name) for name in ("none", "back"))
    worker_tasks.hopeless.defer(folder=str(hopeless))
    worker_tasks.defer_and_fail.defer(folder=str(taken_back))

    assert finish(("--once", "--queue", "default")) == 0
    assert sorted(notes(tmp_path)) == ["one", "two"]
    # What is hopeless is tried once and its reason told.
    assert notes(hopeless) == ["hopeless", "Filen findes ikke."]
    # A job that takes its change back takes back what it deferred.
    assert notes(taken_back) == []
    assert statuses() == ["succeeded", "succeeded", "todo", "failed", "failed"]


def test_once_does_not_take_its_own_long_job_for_stalled(
    folder: str, tmp_path: Path
) -> None:
    worker_tasks.slow.defer(folder=folder, seconds=4)
    worker = start_worker("--once")
    said, _ = worker.communicate(timeout=60)

    assert worker.returncode == 0
    assert notes(tmp_path) == ["begun", "done"]
    assert statuses() == ["succeeded"]
    assert "taken up again" not in said


def test_a_job_cut_off_at_the_end_of_grace_is_done_by_the_next(
    folder: str, tmp_path: Path
) -> None:
    worker_tasks.slow.defer(folder=folder, seconds=4)
    asked = start_worker(KKR_WORKER_GRACE="0.2")
    wait_for(lambda: notes(tmp_path) == ["begun"])
    asked.send_signal(signal.SIGTERM)
    asked.communicate(timeout=30)

    assert finish() == 0
    assert notes(tmp_path)[-1] == "done"
    assert statuses() == ["succeeded"]


def test_a_job_whose_worker_was_killed_is_done_by_the_next(
    folder: str, tmp_path: Path
) -> None:
    worker_tasks.slow.defer(folder=folder, seconds=2)
    killed = start_worker()
    wait_for(lambda: notes(tmp_path) == ["begun"])
    killed.kill()
    killed.communicate()
    assert statuses() == ["doing"]

    other = start_worker()
    wait_for(lambda: statuses() == ["succeeded"])

    other.terminate()
    other.communicate(timeout=30)
    assert notes(tmp_path) == ["begun", "begun", "done"]


def test_a_job_that_kills_its_worker_three_times_is_given_up(
    folder: str, tmp_path: Path
) -> None:
    worker_tasks.kill.defer(folder=folder)
    while statuses() != ["failed"]:
        worker = start_worker()
        wait_for(lambda: worker.poll() is not None or statuses() == ["failed"])  # noqa: B023
        worker.kill()
        worker.communicate()
        assert len(notes(tmp_path)) <= 4

    cause = "Behandlingen blev afbrudt tre gange, før den var færdig."
    assert notes(tmp_path) == ["kill", "kill", "kill", cause]


def test_a_failing_job_is_tried_three_times(folder: str, tmp_path: Path) -> None:
    worker_tasks.fail.defer(folder=folder)
    worker = start_worker()

    wait_for(lambda: statuses() == ["failed"], seconds=40)

    worker.terminate()
    worker.communicate(timeout=30)
    told = "Behandlingen mislykkedes tre gange (ValueError)."
    assert notes(tmp_path) == ["fail", "fail", "fail", told]


def test_asked_to_end_it_finishes_what_it_does(folder: str, tmp_path: Path) -> None:
    worker_tasks.slow.defer(folder=folder, seconds=1)
    worker = start_worker()
    wait_for(lambda: notes(tmp_path) == ["begun"])

    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=30)

    assert worker.returncode == 0
    assert notes(tmp_path) == ["begun", "done"]
    assert statuses() == ["succeeded"]


def test_it_does_not_go_on_under_another_database_server() -> None:
    began = look(None)

    assert look(began) == began
    with pytest.raises(DatabaseRestartedError):
        look(began.replace(year=2001))
