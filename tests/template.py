"""An empty database with every table, of which each database of the tests is a copy.

Migrating is twenty seconds of a processor's work, copying is a moment: a run migrates once,
and the next run not at all, as long as no migration has changed. ``python -m
tests.template`` makes it before several runs begin beside each other: a test that waited
for it would use up its own time.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql

from kkr.database import database_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE: Final = Path(__file__).resolve().parents[1]
BEGINS: Final = "kkr_tests_of_"
LOCK: Final = 70_117
"""Whoever finds no template makes it; those beside it wait for that under this number."""
KEPT: Final = timedelta(days=1)
"""How long a template of other migrations stays: another clone may be copying it."""
MADE_OF: Final = ("*/migrations/*.py", "requirements/dev.txt")
NOT_OURS: Final = {"node_modules", "__pycache__"}
"""Folders that are none of the code: what Python compiled comes and goes."""
SAID: Final = """
SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database
 WHERE starts_with(datname, %s)
"""


def as_owner() -> psycopg.Connection[tuple[Any, ...]]:
    """Connect as the role that may make databases."""
    where = database_settings("owner")
    return psycopg.connect(
        host=where["HOST"] or None,
        port=where["PORT"] or None,
        user=where["USER"],
        password=where["PASSWORD"] or None,
        dbname=where["NAME"],
        autocommit=True,
    )


def files(*patterns: str) -> Iterator[Path]:
    """The files of the code that match, in a fixed order."""
    for pattern in patterns:
        for path in sorted(CODE.glob(pattern)):
            if path.is_file() and NOT_OURS.isdisjoint(path.parts):
                yield path


def template() -> str:
    """Give the template's name; it is made if no run has made it.

    Raises:
        CalledProcessError: the migrations fail.
    """
    found = hashlib.sha256()
    for path in files(*MADE_OF):
        found.update(path.read_bytes())
    name = BEGINS + found.hexdigest()[:16]
    with as_owner() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        there = dict(server.execute(SAID, [BEGINS]).fetchall())
        if there.get(name) is None:
            make(server, name, there)
    return name


def make(
    server: psycopg.Connection[tuple[Any, ...]], name: str, there: dict[str, str | None]
) -> None:
    """Make the template afresh, and remove old ones; its comment says it is whole."""
    now = datetime.now(UTC)
    for other, made in there.items():
        if made is None or datetime.fromisoformat(made) < now - KEPT:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            server.execute(drop.format(sql.Identifier(other)))
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        check=True,
        cwd=CODE,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.process_settings",
            "KKR_DATABASE_ROLE": "owner",
            "KKR_TEST_DATABASE": name,
        },
        timeout=600,
    )
    comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
    server.execute(comment.format(sql.Identifier(name), sql.Literal(now.isoformat())))


if __name__ == "__main__":
    template()
