"""What ``script/server`` does: prepare the database, start web and worker, wait.

Web and worker run under supervisor, which starts a dead one again at once. Their logs
lie in ``var/log``. Ctrl-C, or SIGTERM, ends all of it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, LiteralString

import django
import psycopg

from core.processes import die_with_parent
from kkr.database import database_settings
from kkr.embedded import EmbeddedError, is_ready, start, stop
from kkr.embedded_place import place_for
from kkr.supervisor import write_config

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CLONE: Final = Path(__file__).resolve().parent.parent
MANAGE: Final = (sys.executable, str(CLONE / "manage.py"))
FAVOURITE_PORT: Final = 8000
READY_SECONDS: Final = 60
LATEST_DAY: Final = """
    SELECT to_char(max(at) AT TIME ZONE 'Europe/Copenhagen', 'YYYY-MM-DD')
    FROM (SELECT at FROM meetings_statestep
          UNION ALL SELECT published_at FROM meetings_publication) AS happened(at)
"""


class ServeError(Exception):
    """The portal cannot be started; the text says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the demo until it is told to end.

    Returns:
        0 after Ctrl-C or SIGTERM; 1 when it could not start.
    """
    parser = argparse.ArgumentParser(
        prog="script/server", description="Starts the demo."
    )
    parser.add_argument("--port", type=int, help="8000, or any free one")
    parser.add_argument("--reset", action="store_true", help="load the demo data anew")
    parser.add_argument(
        "--stage", choices=["sent", "held"], help="take the meeting on from its draft"
    )
    given = parser.parse_args(arguments)
    try:
        with embedded_server():
            prepare(reset=given.reset, stage=given.stage)
            # The demo's clock never stands before what has happened in it.
            os.environ["KKR_DEMO_DAY"] = latest_day()
            return serve(free_port(given.port))
    except (ServeError, EmbeddedError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 0


@contextlib.contextmanager
def embedded_server() -> Iterator[None]:
    """Have the embedded server run; leave it as it was found, unless others use it."""
    if "DATABASE_URL" in os.environ or "DATABASE_URL_FILE" in os.environ:
        yield
        return
    ran_before = is_ready(place_for(CLONE))
    start(CLONE)
    try:
        yield
    finally:
        if not ran_before:
            stop(CLONE, only_if_idle=True)


def prepare(*, reset: bool, stage: str | None = None) -> None:
    """Bring database and static files to what the code expects; load an empty one.

    Args:
        stage: how far the demo's meeting is to be taken, "sent" or "held"; None leaves it.

    Raises:
        ServeError: a step failed.
    """
    verbs = ["prepare", "--reset"] if reset else ["prepare"]
    manage(*verbs, role="owner")
    if is_empty():
        sys.stdout.write("Loading the demo data\n")
        sys.stdout.flush()
        manage("load_demo", role="app")
    if stage:
        manage("advance_demo", stage, role="app")


def is_empty() -> bool:
    """Whether nobody has an account yet."""
    return asked("SELECT NOT EXISTS(SELECT FROM accounts_user)") is True


def latest_day() -> str:
    """The last day on which a meeting was sent or took a step, "2023-11-15"; "" if none."""
    return asked(LATEST_DAY) or ""


def asked(query: LiteralString) -> Any:
    """The one value that a query gives. Without Django: it would take a second."""
    where = database_settings("app")
    with psycopg.connect(
        host=where["HOST"] or None,
        port=where["PORT"] or None,
        user=where["USER"] or None,
        password=where["PASSWORD"] or None,
        dbname=where["NAME"],
    ) as connection:
        found = connection.execute(query).fetchone()
    return found[0] if found else None


def manage(*words: str, role: str) -> None:
    """Run a command of ``manage.py`` as one of the two roles.

    Raises:
        ServeError: it failed; it has said why itself.
    """
    environment = {**os.environ, "KKR_DATABASE_ROLE": role}
    done = subprocess.run(  # noqa: S603
        [*MANAGE, *words], check=False, env=environment, cwd=CLONE
    )
    if done.returncode:
        message = f"manage.py {words[0]} failed ({done.returncode})."
        raise ServeError(message)


def free_port(wanted: int | None) -> int:
    """The wanted port, or 8000, or any that is free.

    Raises:
        ServeError: the wanted one is taken.
    """
    for port in (wanted,) if wanted else (FAVOURITE_PORT, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                continue
            return int(probe.getsockname()[1])
    message = f"Port {wanted} cannot be used; leave --port out to take any free one."
    raise ServeError(message)


def serve(port: int) -> int:
    """Run web and worker until told to end; give the exit code.

    Raises:
        ServeError: the portal did not answer within a minute.
    """
    # Links in mails lead here.
    os.environ.setdefault("KKR_ADDRESS", f"http://localhost:{port}")
    config = write_config(CLONE, port)
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(config)],
        cwd=CLONE,
        preexec_fn=end_with_parent,  # noqa: PLW1509  (no thread runs yet)
    )
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        django.setup()
        wait_until_ready(child, port)
        tell(port)
        child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()
        config.unlink(missing_ok=True)
    return 0


def end_with_parent() -> None:
    """Have the supervisor end in good order should this process be killed."""
    die_with_parent(signal.SIGTERM)


def wait_until_ready(child: subprocess.Popen[bytes], port: int) -> None:
    """Wait for the portal's own word that it can serve.

    Raises:
        ServeError: the supervisor ended, or there was no such word in a minute.
    """
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and child.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    message = f"The portal does not answer. Its logs: {CLONE / 'var' / 'log'}"
    raise ServeError(message)


def tell(port: int) -> None:
    """Print the address and who may sign in."""
    from kkr.demo.people import ACCOUNTS, PASSWORD  # noqa: PLC0415  (needs Django)

    width = max(len(account.email) for account in ACCOUNTS)
    lines = [
        "",
        f"KKR-portalen:  http://localhost:{port}/",
        "",
        f"Demo accounts, all with the password  {PASSWORD}",
        *(
            f"  {account.email:<{width}}  {account.role.label}: {account.name}"
            for account in ACCOUNTS
        ),
        "",
        "Logs in var/log. Ctrl-C ends web and worker.",
        "",
    ]
    sys.stdout.write("\n".join(lines))
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
