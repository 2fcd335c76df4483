"""A whole portal for the browser's tests: databases, web server, worker.

``python -m tests.browser.portal`` makes its states afresh before a run begins: a test that
waited for them would use up its own time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from subprocess import Popen
from typing import TYPE_CHECKING, Final, Literal, get_args

from psycopg import sql

from core.processes import die_with_parent
from tests.template import CODE, as_owner, files, template

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME: Final = f"{os.environ.get('KKR_TEST_DATABASE', 'test_kkr')}_browser"
KEPT: Final = CODE / "var" / "browser-tests"
MADE_OF: Final = ("*/migrations/*.py", "fixtures/**/*", "kkr/demo/*.py")
QUICK: Final = {
    "KKR_QUEUE_SILENT_AFTER": "4",
    "KKR_WORKER_HEARTBEAT": "0.3",
    "KKR_WORKER_STALLED_AFTER": "2",
    "KKR_WORKER_LOOK_EVERY": "0.5",
}

type State = Literal["drafts", "asked", "published", "locked", "held", "approved"]


class Portal:
    """One web server; its database is put back to a known state in a moment.

    States: ``drafts`` is the demo as loaded, nothing built; ``published`` has the packet
    built and published, and version 2 begun; in ``locked`` it is not begun. In ``held``
    the minutes wait for approval; in ``approved`` they have it. A test that writes takes
    the portal ``anew``.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.state: State | None = None
        self.is_touched = False
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{probe.getsockname()[1]}"

    def prepare(self, *, anew: bool) -> None:
        """Make the states, unless those of an earlier run still hold."""
        mark = KEPT / f"{self.name}.digest"
        now = digest()
        is_made = mark.exists() and mark.read_text() == now and self.has_states()
        if is_made and not anew:
            return
        KEPT.mkdir(parents=True, exist_ok=True)
        mark.unlink(missing_ok=True)
        self.create("drafts", template())
        self.run("drafts", "-m", "tests.browser.prepare", "drafts", role="owner")
        self.create("asked", f"{self.name}_drafts")
        self.run("asked", "-m", "tests.browser.prepare", "asked", role="app")
        self.create("published", f"{self.name}_drafts")
        # One goes on from the other: a process of its own for each would only cost time.
        story = ("published", "locked", "held", "approved")
        self.run("published", "-m", "tests.browser.prepare", *story, role="app")
        mark.write_text(now)

    def has_states(self) -> bool:
        """Whether the server has a database of each state: one in memory forgets them."""
        names = [f"{self.name}_{state}" for state in get_args(State.__value__)]
        with as_owner() as connection:
            found = connection.execute(
                "SELECT count(*) FROM pg_database WHERE datname = ANY(%s)", [names]
            ).fetchone()
        return found == (len(names),)

    def create(self, name: str, template: str) -> None:
        """Make a database afresh, a copy of ``template``."""
        made, source = self.identifier(name), sql.Identifier(template)
        with as_owner() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(made))
            copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(made, source)
            connection.execute(copy)

    def forget(self) -> None:
        """Remove the databases; the next run makes them anew."""
        (KEPT / f"{self.name}.digest").unlink(missing_ok=True)
        with as_owner() as connection:
            for name in (*get_args(State.__value__), "live"):
                drop = sql.SQL("DROP DATABASE IF EXISTS {}")
                connection.execute(drop.format(self.identifier(name)))

    def rename(self, name: str, other: str) -> None:
        """Give one of our databases another name; nobody may be connected to it."""
        names = self.identifier(name), self.identifier(other)
        with as_owner() as connection:
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))

    def identifier(self, name: str) -> sql.Identifier:
        """The name of one of our databases, for SQL."""
        return sql.Identifier(f"{self.name}_{name}")

    def be(self, state: State, *, anew: bool) -> None:
        """Have the portal in ``state``; ``anew`` when the test that asks will write."""
        if anew or self.is_touched or self.state != state:
            self.create("live", f"{self.name}_{state}")
        self.state, self.is_touched = state, anew

    def environment(self, database: str, role: str) -> dict[str, str]:
        """The variables of a process that works on one of our databases."""
        return {
            **os.environ,
            **QUICK,
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "KKR_BROWSER_DATABASE": f"{self.name}_{database}",
            "KKR_DATABASE_ROLE": role,
            "KKR_TEST_FILES": str(KEPT / "files"),
        }

    def run(self, database: str, *words: str, role: str) -> None:
        """Run a Python command to its end.

        Raises:
            CalledProcessError: it failed.
        """
        environment = self.environment(database, role)
        subprocess.run(
            [sys.executable, *words], check=True, cwd=CODE, env=environment, timeout=600
        )

    @contextlib.contextmanager
    def process(self, *words: str, end: signal.Signals) -> Iterator[Popen[bytes]]:
        """Have a Python process at work on the live database, as the plain role.

        Args:
            words: of the command line.
            end: the signal it is ended with.
        """
        log = KEPT / f"{self.name}-{words[1]}.log"
        with (
            log.open("wb") as said,
            Popen(
                [sys.executable, *words],
                cwd=CODE,
                env=self.environment("live", "app"),
                stdout=said,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,  # noqa: PLW1509
            ) as process,
        ):
            try:
                yield process
            finally:
                process.send_signal(end)
                process.wait(timeout=30)

    @contextlib.contextmanager
    def working(self) -> Iterator[None]:
        """Have a worker take jobs; its end does not wait for what it is at."""
        words = ("manage.py", "worker", "--skip-checks")
        with self.process(*words, end=signal.SIGKILL):
            yield

    @contextlib.contextmanager
    def without_database(self) -> Iterator[None]:
        """Have the database out of the web server's reach."""
        self.rename("live", "away")
        try:
            yield
        finally:
            self.rename("away", "live")

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        """Answer at ``address``."""
        bind = self.address.removeprefix("http://")
        gunicorn = ("-m", "gunicorn", "--bind", bind, "--worker-class", "gthread")
        few = ("--threads", "6", "--log-level", "warning", "--no-control-socket")
        words = (*gunicorn, *few, "kkr.wsgi:application")
        with self.process(*words, end=signal.SIGTERM) as process:
            until = time.monotonic() + 60
            while not self.answers():
                assert process.poll() is None, "the web server ended"
                assert time.monotonic() < until, "the web server does not answer"
                time.sleep(0.1)
            yield

    def answers(self) -> bool:
        """Whether the web server is up."""
        try:
            where = f"{self.address}/healthz"
            with urllib.request.urlopen(where, timeout=5):  # noqa: S310
                return True
        except OSError:
            return False


def digest() -> str:
    """A hash over what the states are made of."""
    found = hashlib.sha256(Path(__file__).with_name("prepare.py").read_bytes())
    for path in files(*MADE_OF):
        found.update(path.read_bytes())
    return found.hexdigest()


if __name__ == "__main__":
    Portal(NAME).prepare(anew=True)
