"""The commands one must know, as far as they can be run inside the tests."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import urllib.request
from http import HTTPStatus
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from psycopg import sql
from supervisor.options import ServerOptions

from accounts.choices import Role
from accounts.models import User
from kkr.database import database_settings
from kkr.serve import ServeError, free_port
from kkr.supervisor import write_config
from tests.processes import wait_for
from tests.template import template

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = Path(__file__).resolve().parents[2]
LAST_LINE = "Logs in var/log. Ctrl-C ends web and worker.\n"
SCRIPTS = ("bootstrap", "check", "server", "test")


@pytest.fixture(scope="module")
def installation(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, str]]:
    """The environment of another installation: database and folder of its own.

    It holds the register, and the tests go on from there in the order they stand.
    """
    name = f"{os.environ.get('KKR_TEST_DATABASE', 'test_kkr')}_server"
    run_as_owner(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    run_as_owner(f"CREATE DATABASE {name} TEMPLATE {template()}")
    environment = {
        **{key: value for key, value in os.environ.items() if "KKR_" not in key},
        "DATABASE_URL": url("app", name),
        "DATABASE_OWNER_URL": url("owner", name),
        "KKR_VAR": str(tmp_path_factory.mktemp("var")),
        "KKR_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "kkr.settings.dev",
    }
    manage(environment, "load_register")
    yield environment
    run_as_owner(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def url(role: Any, name: str) -> str:
    where = database_settings(role)
    host = quote(where["HOST"], safe="")
    login = quote(where["USER"]) + (f":{where['PASSWORD']}" * bool(where["PASSWORD"]))
    return f"postgresql://{login}@/{name}?host={host}&port={where['PORT'] or 5432}"


def run_as_owner(statement: str) -> None:
    with psycopg.connect(url("owner", database_settings("owner")["NAME"])) as opened:
        opened.autocommit = True
        opened.execute(statement.encode())


def name_of(installation: dict[str, str]) -> str:
    """The name of its database."""
    return installation["DATABASE_URL"].partition("@/")[2].partition("?")[0]


def manage(
    environment: dict[str, str], *words: str, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words, "--skip-checks"],
        cwd=CODE,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )


def count(environment: dict[str, str], table: str) -> int:
    with psycopg.connect(environment["DATABASE_OWNER_URL"]) as opened:
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
        found = opened.execute(query).fetchone()
    assert found is not None
    return int(found[0])


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_script_can_be_run_and_is_sound_shell(name: str) -> None:
    path = CODE / "script" / name

    assert os.access(path, os.X_OK)
    subprocess.run(["bash", "-n", path], check=True)


def test_a_reset_wants_the_databases_name_typed(installation: dict[str, str]) -> None:
    name = name_of(installation)

    refused = manage(installation, "prepare", "--reset", typed="kkr_other\n")

    assert refused.stdout.index("Host:") < refused.stdout.index(name)
    assert refused.returncode == 1
    assert count(installation, "accounts_council") == 5


# Each run migrates an empty database once, for its template.
@pytest.mark.drill
def test_a_reset_makes_the_database_ready_anew(installation: dict[str, str]) -> None:
    typed = f"{name_of(installation)}\n"

    taken = manage(installation, "prepare", "--reset", typed=typed)

    assert taken.returncode == 0, taken.stderr
    assert count(installation, "accounts_council") == 0
    assert Path(installation["KKR_VAR"], "static", "build").is_dir()


def test_supervisor_reads_what_is_written_for_it(tmp_path: Path) -> None:
    clone = tmp_path / "min klon på ø"
    (clone / "deploy").mkdir(parents=True)
    template = (CODE / "deploy" / "supervisor.conf").read_text()
    (clone / "deploy" / "supervisor.conf").write_text(template)

    options = ServerOptions()
    options.realize(["-c", str(write_config(clone, 8123))])

    programs = {
        group.name: group.process_configs[0] for group in options.process_group_configs
    }
    assert sorted(programs) == ["web", "worker"]
    assert programs["web"].environment == {"KKR_BIND": "127.0.0.1:8123"}
    assert programs["worker"].directory == str(clone)
    assert all(program.autorestart for program in programs.values())


def test_a_wanted_port_that_is_taken_is_said_and_another_found() -> None:
    import socket  # noqa: PLC0415

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(ServeError, match=str(port)):
            free_port(port)
        assert free_port(None) != port


def processes() -> Iterator[tuple[int, int, str]]:
    """All processes: number, parent's number, command line."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            yield int(folder.name), int(stat[1]), (folder / "cmdline").read_text()
        except OSError:
            continue


def children(parent: int) -> dict[str, int]:
    """The processes of one parent: the word that tells what it is → its number."""
    return {
        word: pid
        for pid, above, command in processes()
        for word in ("supervisord", "gunicorn", "worker")
        if above == parent and word in command
    }


def descendants(ancestor: int) -> Iterator[int]:
    """The numbers of a process's children, and of theirs."""
    for pid, above, _ in processes():
        if above == ancestor:
            yield pid
            yield from descendants(pid)


def started(installation: dict[str, str]) -> tuple[subprocess.Popen[str], str]:
    """A server that is ready, and what it said until then."""
    server = subprocess.Popen(
        [sys.executable, "-m", "kkr.serve"],
        cwd=CODE,
        env=installation,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    return server, "".join(takewhile(LAST_LINE.__ne__, server.stdout))


def files_of(address: str) -> list[str]:
    """The files that the first page names: each is there."""
    with urllib.request.urlopen(f"{address}moeder/") as answer:  # noqa: S310
        named = re.findall(r'(?:href|src)="/(static/[^"#]+)', answer.read().decode())
    for file in named:
        with urllib.request.urlopen(f"{address}{file}") as answer:  # noqa: S310
            assert answer.status == HTTPStatus.OK
    return named


def test_the_server_serves_restarts_a_killed_worker_and_ends_both(
    installation: dict[str, str],
) -> None:
    server, said = started(installation)
    address = re.search(r"http://localhost:\d+/", said)
    assert address is not None
    assert said.count("@kkr.example") == 8
    supervisor = children(server.pid)["supervisord"]
    worker = children(supervisor)["worker"]
    wait_for(lambda: any(descendants(worker)))
    printing = [*descendants(worker)]

    with urllib.request.urlopen(f"{address[0]}healthz") as answer:  # noqa: S310
        assert answer.status == HTTPStatus.OK
    assert any("htmx" in file for file in files_of(address[0]))
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: children(supervisor).get("worker", worker) != worker)
    server.terminate()

    assert server.wait(60) == 0
    assert children(supervisor) == {}
    assert printing
    wait_for(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in printing))


@pytest.mark.django_db
def test_the_first_real_administrator_is_made_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def make(typed: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        said = io.StringIO()
        words = ("create_administrator", "Nye@Kkr.example", "--council", "hovedstaden")
        call_command(*words, stdout=said)
        return said.getvalue()

    with pytest.raises(CommandError, match="load_register"):
        make("et kodeord på mindst femten\n")
    call_command("load_register", verbosity=0)
    with pytest.raises(CommandError):
        make("kort\n")
    said = make("et kodeord på mindst femten\n")
    with pytest.raises(CommandError, match="already"):
        make("et kodeord på mindst femten\n")

    assert "nye@kkr.example" in said
    user = User.objects.get()
    assert user.check_password("et kodeord på mindst femten")
    assert user.memberships.get().role == Role.ADMINISTRATOR
