"""A PostgreSQL of the tests' own, in memory: what it holds need not outlive the run.

Tests make and remove databases by the hundred, each a thousand files: on a disk that is a
fifth of a run's work. ``python -m tests.server start`` starts it, unless it runs, and says
where it is in lines for a shell; where ``DATABASE_URL`` names a server, that one is taken
and nothing said. ``stop`` removes it, unless somebody is connected.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from kkr import embedded
from kkr.embedded_place import place_for, socket_folder

if TYPE_CHECKING:
    from kkr.embedded_place import Place

CODE: Final = Path(__file__).resolve().parents[1]
MEMORY: Final = Path("/dev/shm")  # noqa: S108 -- in a folder of mode 700
NEEDED: Final = 3 * 1024**3
"""Bytes that must be free in memory, or it lies on the disk; a run uses about a third."""
CONFIG: Final = """
# Nothing here is to be kept.
fsync = off
full_page_writes = off
synchronous_commit = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 256MB
# A database lives for minutes.
autovacuum = off
"""


def place() -> Place:
    """Where the server of this clone's tests lies; its folders are there afterwards."""
    clones = place_for(CODE)
    folder = in_memory()
    # What is there stays the place: its own databases may have used up what was free.
    if not folder.is_dir() and not has_room():
        folder = clones.folder / "tests"
    folder.mkdir(mode=0o700, exist_ok=True)
    where = replace(clones, folder=folder, sockets=socket_folder(folder))
    for ours in (where.folder, where.sockets):
        os.chown(ours, where.owner.pw_uid, where.owner.pw_gid)
    return where


def in_memory() -> Path:
    """The folder of this clone's server, where there is room for it in memory."""
    digest = hashlib.sha256(os.fsencode(CODE)).hexdigest()[:12]
    return MEMORY / f"kkr-tests-{os.geteuid()}-{digest}"


def has_room() -> bool:
    """Whether a run fits into memory now."""
    return MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > NEEDED


def start() -> str:
    """Start the server, made afresh unless it runs; give the lines that name it."""
    with embedded.locked(CODE):
        where = place()
        if not embedded.is_ready(where):
            shutil.rmtree(where.data, ignore_errors=True)
            embedded.make_cluster(where)
            with (where.data / "postgresql.conf").open("a", encoding="utf-8") as file:
                file.write(CONFIG)
            embedded.launch(where)
            embedded.provision(where)
    host = quote(str(where.sockets), safe="")
    roles = {"DATABASE_URL": embedded.APP, "DATABASE_OWNER_URL": embedded.OWNER}
    return "".join(
        f"export {name}=postgresql://{role}@{host}/{embedded.DATABASE}\n"
        for name, role in roles.items()
    )


def stop() -> None:
    """Stop the server and remove all it held, unless somebody is connected."""
    with embedded.locked(CODE):
        where = place()
        if embedded.is_alive(where):
            if embedded.in_use(where):
                return
            stopping = ("pg_ctl", "stop", "-D", str(where.data), "-m", "fast", "-w")
            embedded.run(where, *stopping)
        shutil.rmtree(where.folder, ignore_errors=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["stop"]:
        stop()
    elif not os.environ.get("DATABASE_URL"):
        sys.stdout.write(start())
