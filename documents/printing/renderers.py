"""Two printing processes: started before any thread or pool, and dead with their worker.

They get HTML as text and give bytes; they know no Django and no database. A fork server
imports WeasyPrint once, so a process that must be replaced costs next to nothing.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from threading import Lock
from typing import TYPE_CHECKING, Final

from core.processes import die_with
from documents.printing import pdf
from documents.printing.pdf import RenderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

PROCESSES: Final = 2
# A page that takes longer is given up: its process ends, and a new one is started.
SECONDS_A_PIECE: Final = 120
# Jobs handed over at a time; the rest waits here, where a failure can still drop it.
AHEAD: Final = 2 * PROCESSES
# A page is many small objects that all go at once: looking for rubbish among them while
# it is laid out costs an eighth of the time, and saves 10 MB.
GARBAGE: Final = (50_000, 20, 100)

_lock: Final = Lock()
_pool: ProcessPoolExecutor | None = None


def start_renderers() -> None:
    """Start the printing processes now; call it before threads, pools and connections."""
    pool = _running()
    for future in [pool.submit(_ready) for _ in range(PROCESSES)]:
        future.result()


def stop_renderers() -> None:
    """End the printing processes; the next print starts new ones."""
    global _pool
    with _lock:
        pool, _pool = _pool, None
    if pool is not None:
        pool.shutdown(cancel_futures=True)


def render_many[Key](
    pages: Iterable[tuple[Key, str, bool]],
) -> Iterator[tuple[Key, bytes | int]]:
    """Print HTML pages side by side, in the order they come.

    A page is asked for when there is room for it, so that it may be formed while others
    are printed.

    Args:
        pages: any key, the HTML of a whole page, and whether it is only counted.

    Yields:
        Each key with its PDF, or with its count of pages, in the order they are finished.

    Raises:
        RenderError: a page is refused, takes too long, or ends its process.
    """
    waiting = iter(pages)
    running: dict[Future[bytes | int], Key] = {}
    try:
        while True:
            while len(running) < AHEAD and (page := next(waiting, None)) is not None:
                key, html, is_counted = page
                do = _count if is_counted else _print
                running[_running().submit(do, html)] = key
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future.result()
    except BrokenProcessPool as error:
        stop_renderers()
        msg = "a printing process ended before its page was done"
        raise RenderError(msg) from error
    finally:
        for future in running:
            future.cancel()


def _running() -> ProcessPoolExecutor:
    global _pool  # noqa: PLW0603 -- one pool a process
    with _lock:
        if _pool is None:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["documents.printing.pdf", "weasyprint"])
            _pool = ProcessPoolExecutor(
                PROCESSES,
                mp_context=context,
                initializer=_begin,
                initargs=(os.getpid(),),
            )
        return _pool


def _begin(worker: int) -> None:
    """Make a fresh process ready: it dies with its worker and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with(worker)
    pdf.load()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


def _ready() -> int:
    return os.getpid()


def _print(html: str) -> bytes:
    return _in_time(pdf.print_html, html)


def _count(html: str) -> int:
    return _in_time(pdf.count_pages, html)


def _in_time[Made](do: Callable[[str], Made], html: str) -> Made:
    signal.alarm(SECONDS_A_PIECE)
    try:
        return do(html)
    finally:
        signal.alarm(0)
