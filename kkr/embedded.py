"""An embedded PostgreSQL 18 of the clone's own, started when somebody asks for it.

It listens on a socket in a folder that only its user may enter, and on no network.
Starting is idempotent, safe for several processes at once, and costs a look at a file
when the server runs. By hand: ``python -m kkr.embedded start|stop|status|path|socket``.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql

from kkr.embedded_place import EmbeddedError, Place, place_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["EmbeddedError", "is_ready", "start", "stop"]

DATABASE: Final = "kkr"
OWNER: Final = "kkr_owner"
APP: Final = "kkr_app"
SUPERUSER: Final = "postgres"
PORT: Final = "5432"
START_SECONDS: Final = 60
CRASH_SECONDS: Final = 10
"""How long a start may fail after a server was killed."""
PROVISIONED: Final = "provisioned-1"
"""Name of the mark that roles and database are there; a new number makes them anew."""

CONFIG: Final = """\
# Written at each start by kkr/embedded.py.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
port = {port}
# Nothing acknowledged is lost: these stay on.
fsync = on
full_page_writes = on
synchronous_commit = on
max_connections = 200
logging_collector = on
log_directory = 'log'
log_filename = 'postgres-%a.log'
log_rotation_age = 1d
log_truncate_on_rotation = on
log_timezone = 'UTC'
timezone = 'UTC'
"""
ACCESS: Final = """\
# Written at each start by kkr/embedded.py: no network, and only the server's own user
# (and root, when root started it) through the socket.
local all all peer map=kkr
"""


def start(clone: Path) -> Place:
    """Make the clone's server if need be, start it, and give its place.

    Raises:
        EmbeddedError: it cannot be made or does not start; the text says why.
    """
    clone = clone.resolve()
    with locked(clone):
        place = place_for(clone)
        if not (is_ready(place) and (place.folder / PROVISIONED).exists()):
            if not (place.data / "PG_VERSION").exists():
                make_cluster(place)
            launch(place)
            provision(place)
    return place


def stop(clone: Path, *, only_if_idle: bool = False) -> bool:
    """Stop the clone's server; give whether it is down afterwards.

    Args:
        clone: the work tree.
        only_if_idle: leave it alone while anybody is connected.
    """
    clone = clone.resolve()
    with locked(clone):
        place = place_for(clone)
        if not is_alive(place):
            return True
        if only_if_idle and in_use(place):
            return False
        run(place, "pg_ctl", "stop", "-D", str(place.data), "-m", "fast", "-w")
    return True


@contextlib.contextmanager
def locked(clone: Path) -> Iterator[None]:
    """Hold the clone's lock: one process at a time makes, starts or stops."""
    folder = clone / "var" / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def pid_lines(place: Place) -> list[str]:
    """The lines of the server's pid file; none when there is no such file."""
    try:
        return (place.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def is_alive(place: Place) -> bool:
    """Whether the process that the pid file names runs, and is this cluster's."""
    lines = pid_lines(place)
    if not lines:
        return False
    try:
        words = Path(f"/proc/{int(lines[0])}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(place.data) in words


def is_ready(place: Place) -> bool:
    """Whether the server runs and takes connections on the socket we would use."""
    lines = [line.strip() for line in pid_lines(place)]
    return lines[4:5] == [str(place.sockets)] and "ready" in lines and is_alive(place)


def in_use(place: Place) -> bool:
    """Whether anybody but the asker is connected."""
    query = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    try:
        with superuser(place) as connection:
            found = connection.execute(query).fetchone()
    except psycopg.OperationalError:
        return True
    return found is None or found[0] > 0


def make_cluster(place: Place) -> None:
    """Run initdb; an earlier attempt that was cut off is set aside first.

    The locale is PostgreSQL's own C.UTF-8: the same on every machine, with upper and
    lower case for Danish letters.
    """
    if place.data.exists() and any(place.data.iterdir()):
        place.data.rename(place.folder / f"data.unfinished-{time.time_ns()}")
    run(
        place,
        *("initdb", "-D", str(place.data), "-U", SUPERUSER, "-E", "UTF8"),
        *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *("--data-checksums", "--no-instructions", "-A", "peer"),
    )
    include = "\ninclude 'kkr.conf'\n"
    with (place.data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(include)


def launch(place: Place) -> None:
    """Start the server, or wait for one that is just starting.

    Raises:
        EmbeddedError: it was not ready within a minute.
    """
    users = {place.owner.pw_name, "root"} if place.user else {place.owner.pw_name}
    names = "".join(f'kkr "{name}" all\n' for name in sorted(users))
    write(place, "kkr.conf", CONFIG.format(sockets=place.sockets, port=PORT))
    write(place, "pg_hba.conf", ACCESS)
    write(place, "pg_ident.conf", names)
    if is_alive(place):
        wait_until_ready(place)
        return
    forget_stranger(place)
    crashed = bool(pid_lines(place))
    until = time.monotonic() + (CRASH_SECONDS if crashed else 0)
    while True:
        try:
            run(
                place,
                *("pg_ctl", "start", "-D", str(place.data), "-l", str(place.log)),
                *("-w", "-t", str(START_SECONDS)),
            )
        except EmbeddedError:
            # Children of a killed server hold its memory until they notice.
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def forget_stranger(place: Place) -> None:
    """Remove lock files whose process is another program now, or a dead one unburied.

    PostgreSQL does this itself where no such process is left, but takes the file at
    its word for one that only seems to live. It still looks whether its memory is in
    use.
    """
    locks = (
        place.data / "postmaster.pid",
        place.sockets / f".s.PGSQL.{PORT}.lock",
    )
    for lock in locks:
        if lock.exists():
            number = lock.read_text().partition("\n")[0]
            if Path("/proc", number).exists():
                lock.unlink()


def wait_until_ready(place: Place) -> None:
    """Wait for a server that somebody else starts.

    Raises:
        EmbeddedError: it was not ready within a minute.
    """
    until = time.monotonic() + START_SECONDS
    while not is_ready(place):
        if time.monotonic() > until or not is_alive(place):
            message = f"the embedded PostgreSQL does not get ready; see {place.data}"
            raise EmbeddedError(message)
        time.sleep(0.05)


def write(place: Place, name: str, text: str) -> None:
    """Write a file of the cluster, whole or not at all, owned by the server's user."""
    new = place.data / f"{name}.new"
    new.write_text(text, encoding="utf-8")
    new.chmod(0o600)
    if place.user:
        os.chown(new, place.owner.pw_uid, place.owner.pw_gid)
    new.replace(place.data / name)


def run(place: Place, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as the server's user.

    Raises:
        EmbeddedError: it failed; the text holds its last words.
    """
    # A temporary file and no pipe: the server inherits the output and lives on.
    with (place.folder / "run.log").open("w+", encoding="utf-8") as log:
        done = subprocess.run(  # noqa: S603  (our own words, no shell)
            [str(place.programs / "bin" / program), *arguments],
            check=False,
            cwd="/",
            env={"LC_ALL": "C", "PATH": os.defpath, "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            timeout=START_SECONDS * 2,
            umask=0o077,
            **identity(place),
        )
        log.seek(0)
        said = log.read().strip()
    if done.returncode:
        message = f"{program} failed ({done.returncode}): {said}\n{last_words(place)}"
        raise EmbeddedError(message)


def last_words(place: Place) -> str:
    """The end of what the server wrote last, for an error's text."""
    logs = sorted(place.data.glob("log/*"), key=lambda path: path.stat().st_mtime)
    written = [path for path in (place.log, *logs[-1:]) if path.exists()]
    return "".join(path.read_text(errors="replace")[-1000:] for path in written)


def identity(place: Place) -> dict[str, Any]:
    """The words that make ``subprocess`` take the server's user on."""
    if place.user is None:
        return {}
    owner = place.owner
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def superuser(place: Place) -> psycopg.Connection[tuple[Any, ...]]:
    """Connect as the cluster's superuser, which only this module uses."""
    return psycopg.connect(
        host=str(place.sockets),
        port=PORT,
        user=SUPERUSER,
        dbname="postgres",
        autocommit=True,
        connect_timeout=10,
    )


def provision(place: Place) -> None:
    """Make the two roles and the database; safe to repeat.

    The owner owns the database and may create others, for tests. The app's role owns
    nothing; ``core.roles`` grants it what it may do with each table.
    """
    with superuser(place) as connection:
        made = {
            name
            for (name,) in connection.execute(
                "SELECT rolname FROM pg_roles UNION ALL SELECT datname FROM pg_database"
            )
        }
        for role, extra in ((OWNER, "CREATEDB"), (APP, "")):
            if role not in made:
                statement = f"CREATE ROLE {{}} LOGIN NOSUPERUSER NOCREATEROLE {extra}"
                connection.execute(sql.SQL(statement).format(sql.Identifier(role)))
        names = {"db": sql.Identifier(DATABASE), "owner": sql.Identifier(OWNER)}
        if DATABASE not in made:
            create = sql.SQL("CREATE DATABASE {db} OWNER {owner}")
            connection.execute(create.format(**names))
        revoke = sql.SQL("REVOKE ALL ON DATABASE {db} FROM PUBLIC")
        connection.execute(revoke.format(**names))
        grant = sql.SQL("GRANT CONNECT ON DATABASE {db} TO {app}")
        connection.execute(grant.format(app=sql.Identifier(APP), **names))
    (place.folder / PROVISIONED).touch()


def main(arguments: Sequence[str] | None = None) -> int:
    """Start, stop or describe the server of the work tree this file lies in.

    Returns:
        0; 1 where it could not be done, or ``status`` finds no running server.
    """
    parser = argparse.ArgumentParser(prog="python -m kkr.embedded")
    parser.add_argument("verb", choices=("start", "stop", "status", "path", "socket"))
    parser.add_argument("--if-idle", action="store_true")
    given = parser.parse_args(arguments)
    clone = Path(__file__).resolve().parent.parent
    try:
        return perform(given.verb, clone, only_if_idle=given.if_idle)
    except EmbeddedError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def perform(verb: str, clone: Path, *, only_if_idle: bool) -> int:
    """Do what the command line asks; give the exit code."""
    if verb == "stop":
        return 0 if stop(clone, only_if_idle=only_if_idle) else 1
    place = start(clone) if verb == "start" else place_for(clone)
    if verb == "path":
        sys.stdout.write(f"{place.programs / 'bin'}\n")
        return 0
    if verb == "socket":
        sys.stdout.write(f"{place.sockets}\n")
        return 0
    runs = is_ready(place)
    sys.stdout.write(f"{'running' if runs else 'stopped'} {place.sockets}\n")
    return 0 if runs else 1


if __name__ == "__main__":
    raise SystemExit(main())
