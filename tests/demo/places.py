"""Other places to build the same packet: databases and clones of the code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
from psycopg import sql

from kkr.database import database_settings
from tests.template import template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CODE = Path(__file__).resolve().parents[2]
LEFT_BEHIND = (
    ".git",
    ".venv",
    "node_modules",
    "var",
    "docs",
    "__pycache__",
    ".*_cache",
)
RESTART = """
DO $$
DECLARE found record;
BEGIN
  FOR found IN SELECT schemaname, sequencename FROM pg_sequences LOOP
    EXECUTE format('ALTER SEQUENCE %I.%I RESTART WITH %s', found.schemaname,
                   found.sequencename, 1000 + abs(hashtext(found.sequencename)) % 9000);
  END LOOP;
END $$
"""
FORMED_OF = (
    "accounts_council",
    "documents_foreignfile",
    "meetings_agendaitem",
    "meetings_appendix",
    "meetings_meeting",
    "proposals_catalogue",
    "proposals_cooperationunit",
    "proposals_point",
    "proposals_proposal",
)


def copy_code(to: Path) -> Path:
    """Copy the project's code to another folder, without what a set-up makes."""
    shutil.copytree(CODE, to, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
    (to / "node_modules").symlink_to(CODE / "node_modules")
    return to


def addresses(database: str) -> dict[str, str]:
    """Environment by which a process finds a database, as the plain role and as owner."""
    return {
        "DATABASE_URL": _address(database, "app"),
        "DATABASE_OWNER_URL": _address(database, "owner"),
    }


def _address(database: str, role: str) -> str:
    where = database_settings("owner" if role == "owner" else "app")
    user, password, host = (
        quote(where[name], safe="") for name in ("USER", "PASSWORD", "HOST")
    )
    return f"postgresql://{user}:{password}@{host}:{where['PORT']}/{database}"


@contextmanager
def database(name: str) -> Iterator[str]:
    """Make a database with every table and no row, and drop it in the end."""
    address = _address("postgres", "owner")
    named = sql.Identifier(name)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named)
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(drop)
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(copy.format(named, sql.Identifier(template())))
        try:
            yield name
        finally:
            server.execute(drop)


def let_ids_differ(database: str) -> None:
    """Let every table count its rows from a number of its own, above 1000."""
    with psycopg.connect(_address(database, "owner"), autocommit=True) as connection:
        connection.execute(RESTART)


def lowest_ids(database: str) -> list[int]:
    """The lowest id of each table that a packet is formed of."""
    query = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT min(id) FROM {}").format(sql.Identifier(name))
        for name in FORMED_OF
    )
    with psycopg.connect(_address(database, "owner")) as connection:
        return [lowest for (lowest,) in connection.execute(query)]


def install(database: str, folder: Path) -> Callable[..., str]:
    """Install the demo in ``folder`` and a database of no row, with ids of its own.

    Returns:
        What runs a command of ``manage.py`` there, as the plain role.
    """
    code = copy_code(folder / "another clone")
    environment = {
        **addresses(database),
        "DJANGO_SETTINGS_MODULE": "kkr.settings.dev",
        "KKR_DATABASE_ROLE": "app",
        "KKR_VAR": str(folder / "var"),
        "KKR_DEMO": "1",
    }

    def manage(*words: str) -> str:
        return run("manage.py", *words, folder=code, code=code, **environment)

    let_ids_differ(database)
    manage("load_demo")
    return manage


def run(*words: str, folder: Path, code: Path = CODE, **environment: str) -> str:
    """Run Python on ``code`` in ``folder``; give what it prints.

    Raises:
        AssertionError: it fails; the text is what it had to say.
    """
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(code), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
