"""Jobs whose worker died: taken up again, or given up after three attempts."""

from __future__ import annotations

import json
import logging
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from core.jobs import ATTEMPTS, KILLED, tell_given_up

log = logging.getLogger(__name__)

# Joins on nothing that is deleted: a worker's row goes when the next one starts, and
# the job is no less stalled for it.
STALLED: Final = """
SELECT job.id, job.task_name, job.args, job.attempts,
       EXISTS(SELECT FROM procrastinate_jobs twin
              WHERE twin.queueing_lock = job.queueing_lock AND twin.status = 'todo')
FROM procrastinate_jobs job
WHERE job.status = 'doing'
  AND NOT EXISTS(SELECT FROM procrastinate_workers worker
                 WHERE worker.id = job.worker_id
                   AND worker.last_heartbeat > now() - %s * interval '1 second')
ORDER BY job.id
LIMIT 1
FOR UPDATE OF job SKIP LOCKED
"""
RETRY: Final = "SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)"
FINISH: Final = "SELECT procrastinate_finish_job_v1(%s, %s, false)"
NOTIFY: Final = (
    "SELECT pg_notify('procrastinate_any_queue_v1', "
    """'{"type": "job_inserted", "job_id": ' || %s || '}')"""
)


def take_up_stalled() -> int:
    """Put the jobs of dead workers back in the queue, each in its own transaction.

    Returns:
        How many jobs were dealt with.
    """
    dealt_with = 0
    while take_up_one():
        dealt_with += 1
    return dealt_with


def take_up_one() -> bool:
    """Deal with the oldest stalled job; give whether there was one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STALLED, [settings.WORKER_STALLED_AFTER])
        row = cursor.fetchone()
        if row is None:
            return False
        job_id, task_name, arguments, attempts, has_twin = row
        if has_twin:
            # The same work waits already, and the queue takes it only once.
            cursor.execute(FINISH, [job_id, "aborted"])
        elif attempts + 1 >= ATTEMPTS:
            cursor.execute(FINISH, [job_id, "failed"])
            tell_given_up(task_name, decoded(arguments), KILLED)
        else:
            cursor.execute(RETRY, [job_id])
            cursor.execute(NOTIFY, [job_id])
            log.warning("Job %s (%s) taken up again", job_id, task_name)
    return True


def decoded(arguments: Any) -> dict[str, Any]:
    """A job's arguments, which Django's cursor may give as JSON text."""
    found = json.loads(arguments) if isinstance(arguments, str) else arguments
    return dict(found)
