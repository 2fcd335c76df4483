"""Prints each page once a run: many tests make the same meeting, and print it again.

Equal HTML gives equal bytes (docs/rules.md R-11), whoever prints it. The pages of a run
lie in a folder, under the hash of their HTML, for the tests and the processes that they
start. Tests of the printing itself, and those that compare two prints, do without it.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from documents.printing import renderers
from fixtures.uploads import press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER: Final = "KKR_TEST_PRINTED"
"""The variable that names the folder; empty where every page is printed anew."""
_pool: Final = renderers._running
_press: Final = press.print_bytes


class Kept:
    """Stands for the printing processes, which are started for the first unknown page."""

    def submit(self, function: Callable[..., Any], *given: object) -> Future[Any]:
        """Give what was printed from the same page, or have it printed and keep that."""
        folder = os.environ.get(FOLDER)
        if not folder:
            return _pool().submit(function, *given)
        if function is renderers._ready:
            return done(os.getpid())
        if function is renderers._count:
            return _pool().submit(function, *given)
        kept = place(folder, *given)
        if kept.exists():
            return done(kept.read_bytes())
        printing = _pool().submit(function, *given)
        printing.add_done_callback(lambda future: keep_result(kept, future))
        return printing

    def __getattr__(self, name: str) -> Any:
        """Whatever else is asked of the processes."""
        return getattr(_pool(), name)


def done(result: object) -> Future[Any]:
    """A result that is there already."""
    future: Future[Any] = Future()
    future.set_result(result)
    return future


def place(folder: str, *given: object) -> Path:
    """Where the print of these words is kept."""
    return Path(folder, hashlib.sha256("\0".join(map(str, given)).encode()).hexdigest())


def keep_result(path: Path, printed: Future[bytes]) -> None:
    """Keep a page, unless it could not be printed."""
    if not printed.cancelled() and not printed.exception():
        keep(path, printed.result())


def keep(path: Path, content: bytes) -> None:
    """Keep a page, whole or not at all."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.write_bytes(content)
    new.replace(path)


def stand_in(html: str, css: str, *, tagged: bool) -> bytes:
    """Give the pages of a stand-in file, printed once."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return _press(html, css, tagged=tagged)
    kept = place(folder, "stand-in", html, css, str(tagged))
    if not kept.exists():
        keep(kept, _press(html, css, tagged=tagged))
    return kept.read_bytes()


def begin() -> None:
    """Keep pages from now on, if there is a folder for them."""
    if os.environ.get(FOLDER):
        kept: Any = Kept()
        renderers._running = lambda: kept
        press.print_bytes = stand_in


def make_folder() -> None:
    """Make a folder for this process and those it starts, unless there is one."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="kkr-printed-")
        atexit.register(shutil.rmtree, os.environ[FOLDER], ignore_errors=True)


@contextmanager
def anew() -> Iterator[None]:
    """Have every page printed, in this process and those it starts."""
    before = os.environ.get(FOLDER)
    os.environ[FOLDER] = ""
    yield
    os.environ[FOLDER] = before or ""
