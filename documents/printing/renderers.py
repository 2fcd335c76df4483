"""Two printing processes: started before any thread or pool, and dead with their worker.

They get HTML as text and give bytes; they know no Django and no database. A fork server
imports WeasyPrint once, so a process that must be replaced costs next to nothing.

Source: docs/rules.md R-130 (how much time and memory a page may take).
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from threading import Lock
from typing import TYPE_CHECKING, Final

from core.processes import die_with
from documents.printing import pdf
from documents.printing.pdf import RenderError, TooHeavyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

PROCESSES: Final = 2
SECONDS_A_PIECE: Final = 120
"""A page that takes longer is given up."""
SECONDS_OF_GRACE: Final = 10
"""A process that does not give up by itself then is ended, and a new one is started."""
BYTES_A_BUILD: Final = 1536 * 1024**2
"""What all printing processes may use together: each as much as the others."""
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
        TooHeavyError: a page would take too long, or too much memory.
        RenderError: a page is refused, or ends its process.
    """
    waiting = iter(pages)
    running: dict[Future[bytes | int], Key] = {}
    try:
        while True:
            while len(running) < AHEAD and (page := next(waiting, None)) is not None:
                key, html, is_counted = page
                do = _count if is_counted else _print
                running[_running().submit(do, html, SECONDS_A_PIECE)] = key
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
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = BYTES_A_BUILD // PROCESSES
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _ready() -> int:
    return os.getpid()


def _print(html: str, seconds: float) -> bytes:
    return _within(pdf.print_html, html, seconds)


def _count(html: str, seconds: float) -> int:
    return _within(pdf.count_pages, html, seconds)


def _within[Asked, Made](
    do: Callable[[Asked], Made], asked: Asked, seconds: float
) -> Made:
    """Do it in so much time, and in the memory that the process has.

    Raises:
        TooHeavyError: that is not enough.
    """
    signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return do(asked)
    except MemoryError:
        msg = "a page would take more memory than it may"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    gc.collect()
    raise TooHeavyError(msg)


def _give_up(signum: int, _frame: object) -> None:
    """Interrupt what takes too long; what goes on all the same is ended by the next one."""
    signal.signal(signum, signal.SIG_DFL)
    signal.alarm(SECONDS_OF_GRACE)
    msg = "a page would take more time than it may"
    raise TooHeavyError(msg)
