"""The worker: takes jobs from the queue until it is told to end.

It ends by itself, with an exit code that makes the supervisor start another, when
PostgreSQL restarts: its connections, and what they listen to, are gone.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING, Any, Final, cast

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.utils.module_loading import import_string
from procrastinate import PsycopgConnector
from procrastinate.contrib.django.utils import connector_params

from core.jobs import app, tell_of_last_failure
from core.roles import refuse_superuser
from core.stalled import take_up_stalled

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from datetime import datetime

    from procrastinate import App

log = logging.getLogger(__name__)

ENDED: Final = 0
BROKEN: Final = 1
DEFAULT_QUEUE: Final = "default"
POLL_SECONDS: Final = 1.0
"""New jobs are heard of at once; this is for those that wait for their time."""
KEEP_FINISHED_HOURS: Final = 7 * 24
LOOKS_BETWEEN_CLEARING: Final = 360
LEFT: Final = """
SELECT EXISTS(SELECT FROM procrastinate_jobs
              WHERE (status = 'doing'
                     OR (status = 'todo' AND coalesce(scheduled_at, now()) <= now()))
                AND (%s::text[] IS NULL OR queue_name = ANY(%s)))
"""


class DatabaseRestartedError(Exception):
    """PostgreSQL was restarted under the worker."""


def run(*, once: bool, concurrency: int, queues: list[str] | None = None) -> int:
    """Work through the queue.

    Args:
        once: end when no job waits or runs; otherwise go on until SIGTERM or SIGINT.
        concurrency: jobs at the same time, >= 1.
        queues: only these; None takes all.

    Returns:
        The exit code: 0 after it was asked to end, 1 when it broke off.
    """
    if queues is None or DEFAULT_QUEUE in queues:
        for path in settings.WORKER_FIRST:
            # Rendering processes are forked here, while there is one thread and no pool.
            import_string(path)()
    refuse_superuser()
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    take_up_stalled()
    connections.close_all()
    return asyncio.run(work(once=once, concurrency=concurrency, queues=queues))


def worker_app() -> App:
    """The jobs' app with a pool of its own.

    The tasks stay with the app that defers on Django's connection: a job that defers
    another inside a transaction writes both or neither.
    """
    connector = PsycopgConnector(
        kwargs=connector_params(DEFAULT_DB_ALIAS), min_size=1, max_size=4
    )
    return app.with_connector(connector)


async def work(*, once: bool, concurrency: int, queues: list[str] | None = None) -> int:
    """Run procrastinate's worker beside the one that looks for stalled jobs."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, ended.set)
    ours = worker_app()
    async with ours.open_async():
        own = queue(ours, concurrency=concurrency, queues=queues)
        worker = asyncio.create_task(own)
        others: tuple[asyncio.Task[Any], ...] = (
            asyncio.create_task(look_for_stalled(ours)),
            asyncio.create_task(ended.wait()),
            *([asyncio.create_task(end_of_queue(ended, queues))] if once else []),
        )
        _, waiting = await asyncio.wait(
            {worker, *others}, return_when=asyncio.FIRST_COMPLETED
        )
        for task in waiting:
            task.cancel()
        results = await asyncio.gather(worker, *others, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            log.error("The worker breaks off: %r", result)
    broken = any(isinstance(result, Exception) for result in results)
    return ENDED if ended.is_set() and not broken else BROKEN


async def end_of_queue(ended: asyncio.Event, queues: list[str] | None) -> None:
    """Say that it is the end when no job waits for now and none is being done."""
    while await asyncio.to_thread(jobs_are_left, queues):
        await asyncio.sleep(POLL_SECONDS / 4)
    ended.set()


def jobs_are_left(queues: list[str] | None = None) -> bool:
    """Whether there is work, now, for a worker that takes these queues; None: all."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(LEFT, [queues, queues])
            (left,) = cursor.fetchone()
    finally:
        connections.close_all()
    return bool(left)


def queue(
    ours: App, *, concurrency: int, queues: list[str] | None = None
) -> Coroutine[None, None, None]:
    """Take jobs and run them, with a heartbeat that tells others we live.

    Asked to end, it gives its jobs a time of grace; the next worker takes up what was
    cut off. There is no heartbeat in that time, so it is shorter than what makes a
    worker count as dead; and for the same reason nobody asks it not to wait for jobs.
    """
    only: Any = {"queues": queues} if queues else {}
    return ours.run_worker_async(
        concurrency=concurrency,
        fetch_job_polling_interval=POLL_SECONDS,
        install_signal_handlers=False,
        shutdown_graceful_timeout=settings.WORKER_GRACE,
        update_heartbeat_interval=settings.WORKER_HEARTBEAT,
        stalled_worker_timeout=settings.WORKER_STALLED_AFTER,
        task_middleware=[
            *(ours.worker_defaults.get("task_middleware") or []),
            tell_of_last_failure,
        ],
        **only,
    )


async def look_for_stalled(ours: App) -> None:
    """Every few seconds take up the jobs of workers that died; clear old ones away.

    Raises:
        DatabaseRestartedError: PostgreSQL is not the one we began with. What our jobs
            had to say may be lost; the next worker takes them up.
    """
    began = await asyncio.to_thread(look, None)
    while True:
        await ours.job_manager.delete_old_jobs(nb_hours=KEEP_FINISHED_HOURS)
        for _ in range(LOOKS_BETWEEN_CLEARING):
            await asyncio.sleep(settings.WORKER_LOOK_EVERY)
            await asyncio.to_thread(look, began)


def look(began: datetime | None) -> datetime:
    """Take up stalled jobs, on a connection of this moment.

    Args:
        began: when PostgreSQL was started, as far as we know.

    Returns:
        When it was started.

    Raises:
        DatabaseRestartedError: it was started since.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_postmaster_start_time()")
            (started,) = cursor.fetchone()
        if began and started != began:
            raise DatabaseRestartedError
        take_up_stalled()
    finally:
        connections.close_all()
    return cast("datetime", started)
