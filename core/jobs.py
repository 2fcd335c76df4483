"""Background jobs: three attempts, a word to whoever waits when the last has failed.

A task is declared in an app's ``tasks.py`` and deferred inside the transaction whose
change needs it, on Django's own connection, so that both are there or neither::

    @app.task(name="meetings.build_packet", retry=THREE_ATTEMPTS, pass_context=False)
    def build_packet(packet_id: int) -> None: ...


    @given_up("meetings.build_packet")
    def build_given_up(cause: str, *, packet_id: int) -> None: ...


    build_packet.configure(lock=f"packet-{packet_id}").defer(packet_id=packet_id)

A job may run again after its worker was killed: it must be safe to repeat.

Source: docs/rules.md R-16.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import connection
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from procrastinate import JobContext
    from procrastinate.jobs import Job
    from procrastinate.middleware import SyncCallNext
    from procrastinate.worker import Worker

    type WhenGivenUp = Callable[..., None]

__all__ = [
    "THREE_ATTEMPTS",
    "HopelessError",
    "Waiting",
    "app",
    "given_up",
    "last_sign_of_life",
    "queue_stands_still_since",
    "waiting",
]

log = logging.getLogger(__name__)

POST: Final = "post"
"""The queue of mails: only a worker that takes it needs a way out to a mail server."""

ATTEMPTS: Final = 3
KILLED: Final = "Behandlingen blev afbrudt tre gange, før den var færdig."

_when_given_up: dict[str, WhenGivenUp] = {}


class HopelessError(Exception):
    """A job cannot succeed however often it is tried; the text is Danish, for users."""


class ThreeAttempts(BaseRetryStrategy):
    """Try three times, one and two seconds apart; a hopeless job only once."""

    def get_retry_decision(
        self, *, exception: BaseException, job: Job
    ) -> RetryDecision | None:
        if is_last_attempt(exception, job.attempts):
            return None
        return RetryDecision(retry_in={"seconds": 2**job.attempts})


THREE_ATTEMPTS: Final = ThreeAttempts()


def is_last_attempt(exception: BaseException, attempts_before: int) -> bool:
    """Whether this failure ends the job."""
    return isinstance(exception, HopelessError) or attempts_before + 1 >= ATTEMPTS


def given_up(task_name: str) -> Callable[[WhenGivenUp], WhenGivenUp]:
    """Register who is told when a job of this task has failed for good.

    The function gets the cause, a Danish sentence, and the job's own arguments. It may
    be told more than once.
    """

    def register(function: WhenGivenUp) -> WhenGivenUp:
        _when_given_up[task_name] = function
        return function

    return register


def tell_given_up(task_name: str, arguments: Mapping[str, Any], cause: str) -> None:
    """Tell whoever registered that a job has failed for good."""
    log.error("Job %s %s given up: %s", task_name, dict(arguments), cause)
    if function := _when_given_up.get(task_name):
        function(cause, **arguments)


def tell_of_last_failure(
    call_next: SyncCallNext,
    context: JobContext,
    worker: Worker,  # noqa: ARG001
) -> Any:
    """Run a job; when its last attempt fails, tell whoever registered, then fail."""
    try:
        return call_next()
    except Exception as error:
        if is_last_attempt(error, context.job.attempts):
            tell_given_up(
                context.job.task_name, context.job.task_kwargs, cause_of(error)
            )
        raise


def cause_of(error: Exception) -> str:
    """One sentence for users; only a hopeless job's own text is fit to be shown."""
    if isinstance(error, HopelessError):
        return str(error)
    return f"Behandlingen mislykkedes tre gange ({type(error).__name__})."


def last_sign_of_life() -> datetime | None:
    """The latest heartbeat of any worker, in real time; None: there is none. 1 query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        (latest,) = cursor.fetchone()
    return latest if isinstance(latest, datetime) else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a worker, in real time, not the demo's clock.

    Attributes:
        since: when the oldest unfinished job that was asked about was written; None
            where all of them are done.
        silent_since: since when jobs wait and no worker has given a sign of life; None
            while nothing waits or a worker lives.
    """

    since: datetime | None = None
    silent_since: datetime | None = None


_WAITING: Final = """
SELECT (SELECT max(last_heartbeat) FROM procrastinate_workers),
       min(event.at) FILTER (WHERE job.status = 'doing'
                             OR coalesce(job.scheduled_at <= now(), true)),
       min(event.at) FILTER (WHERE job.lock = ANY(%s))
FROM procrastinate_jobs job JOIN procrastinate_events event ON event.job_id = job.id
WHERE event.type = 'deferred' AND job.status IN ('todo', 'doing')
"""


def waiting(locks: Iterable[str], now: datetime | None = None) -> Waiting:
    """Look at the queue: 1 query.

    A change defers its job in its own transaction, so there is none without a job: what
    a page shows is worked out when no job under its lock is left.

    Args:
        locks: of the jobs that are asked about.
        now: real time; the present when left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [list(locks)])
        heartbeat, oldest, own = cursor.fetchone()
    if oldest is None:
        return Waiting(own)
    silent: datetime = heartbeat or oldest
    silence = timedelta(seconds=settings.QUEUE_SILENT_AFTER)
    is_still = (now or datetime.now(UTC)) - silent >= silence
    return Waiting(own, silent if is_still else None)


def queue_stands_still_since(now: datetime | None = None) -> datetime | None:
    """Since when jobs wait and no worker has given a sign of life. 1 query.

    Args:
        now: real time, not the demo's clock; the present when left out.

    Returns:
        The last heartbeat, or when the oldest waiting job was written if no worker is
        known; None while nothing waits or a worker lives.
    """
    return waiting((), now).silent_since
