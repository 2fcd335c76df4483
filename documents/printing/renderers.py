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
    from collections.abc import Iterator, Mapping
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


def render_many[Key](pages: Mapping[Key, str]) -> Iterator[tuple[Key, bytes]]:
    """Print HTML pages side by side.

    Args:
        pages: any key → HTML of a whole page.

    Yields:
        Each key with its PDF, in the order they are finished.

    Raises:
        RenderError: a page is refused, takes too long, or ends its process.
    """
    # The longest first, or one process would be at work on it when all else is done.
    waiting = iter(sorted(pages.items(), key=lambda page: len(page[1]), reverse=True))
    running: dict[Future[bytes], Key] = {}
    try:
        while True:
            for key, html in waiting:
                running[_running().submit(_print, html)] = key
                if len(running) >= AHEAD:
                    break
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
    signal.alarm(SECONDS_A_PIECE)
    try:
        return pdf.print_html(html)
    finally:
        signal.alarm(0)
