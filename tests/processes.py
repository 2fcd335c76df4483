"""Real processes beside the tests: a worker on the test database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable

CODE = Path(__file__).resolve().parent.parent
QUICK = {
    "KKR_WORKER_HEARTBEAT": "0.3",
    "KKR_WORKER_STALLED_AFTER": "1.2",
    "KKR_WORKER_LOOK_EVERY": "0.3",
}


def start_worker(*words: str, **environment: str) -> subprocess.Popen[str]:
    """Start ``manage.py worker`` as the plain role, with quick heartbeats.

    Args:
        words: of the command line, e.g. ``--once``.
        environment: further variables.
    """
    return subprocess.Popen(
        # Checking the settings is a second of each start; script/check does it.
        [sys.executable, "manage.py", "worker", "--skip-checks", *words],
        cwd=CODE,
        env={
            **os.environ,
            **QUICK,
            "DJANGO_SETTINGS_MODULE": "tests.process_settings",
            "KKR_DATABASE_ROLE": "app",
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for(claim: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until a claim holds.

    Raises:
        AssertionError: it does not in that time.
    """
    until = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def forget_jobs() -> None:
    """Empty the queue: flushing the test database leaves procrastinate's tables."""
    place = connection.settings_dict
    assert place["NAME"] == place["TEST"]["NAME"], "this is no test's database"
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_workers, "
            "procrastinate_periodic_defers"
        )
