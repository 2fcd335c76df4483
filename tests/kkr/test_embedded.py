"""The embedded PostgreSQL: one a clone, safe to start from anywhere, closed to others."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from kkr import embedded, embedded_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kkr.embedded_place import Place

CODE = Path(embedded.__file__).resolve().parent.parent
START = "import sys, pathlib, kkr.embedded as e; e.start(pathlib.Path(sys.argv[1]))"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty work tree in a folder that only its owner can enter."""
    closed = tmp_path_factory.mktemp("closed")
    closed.chmod(0o700)
    folder = closed / "klon med mellemrum"
    folder.mkdir()
    yield folder
    embedded.stop(folder)
    if os.geteuid() == 0:
        shutil.rmtree(embedded_place.place_for(folder).folder)


@pytest.fixture(scope="module")
def place(clone: Path) -> Place:
    return embedded.start(clone)


def ask(
    place: Place, query: str, user: str = embedded.OWNER
) -> list[tuple[object, ...]]:
    with connect(place, user) as connection:
        return connection.execute(query.encode()).fetchall()


def connect(place: Place, user: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(host=str(place.sockets), user=user, dbname="kkr")


def pid(place: Place) -> int:
    return int(embedded.pid_lines(place)[0])


def test_it_listens_on_no_network_and_acknowledges_only_what_is_on_disk(
    place: Place,
) -> None:
    names = "listen_addresses fsync full_page_writes synchronous_commit data_checksums"

    found = [ask(place, f"SHOW {name}")[0][0] for name in names.split()]

    assert found == ["", "on", "on", "on", "on"]


def test_it_knows_danish_letters_whatever_the_machine_speaks(place: Place) -> None:
    assert ask(place, "SELECT lower('ÆØÅ'), upper('blåbærgrød')") == [
        ("æøå", "BLÅBÆRGRØD")
    ]


def test_the_plain_role_is_plain_and_the_owner_no_superuser(place: Place) -> None:
    query = """SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles
               WHERE rolname LIKE 'kkr%' ORDER BY 1"""

    assert ask(place, query) == [
        (embedded.APP, False, False, False),
        (embedded.OWNER, False, True, False),
    ]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(place, "CREATE TABLE mine (id int)", user=embedded.APP)


def test_only_its_user_may_enter_the_folders_of_data_and_socket(place: Place) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (place.data, place.sockets)}

    assert modes == {0o700}


def test_starting_changes_the_mode_of_no_folder_above(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    clone = tmp_path / "clone"
    clone.mkdir()
    before = [path.stat().st_mode for path in (clone, *clone.parents)]

    place = embedded_place.place_for(clone)

    assert [path.stat().st_mode for path in (clone, *clone.parents)] == before
    shutil.rmtree(place.folder)


def test_starting_again_finds_the_same_server(clone: Path, place: Place) -> None:
    before = pid(place)

    assert embedded.start(clone) == place
    assert pid(place) == before


def test_processes_that_start_it_at_once_share_one_server(
    clone: Path, place: Place
) -> None:
    embedded.stop(clone)
    command = [sys.executable, "-c", START, str(clone)]

    started = [subprocess.Popen(command, cwd=CODE) for _ in range(4)]

    assert [process.wait(60) for process in started] == [0, 0, 0, 0]
    assert embedded.is_ready(place)


def test_what_was_committed_survives_a_killed_server(clone: Path, place: Place) -> None:
    with connect(place, embedded.OWNER) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
        connection.execute("INSERT INTO kept VALUES (41)")
    killed = pid(place)
    os.kill(killed, signal.SIGKILL)
    while embedded.is_alive(place):
        time.sleep(0.05)

    embedded.start(clone)

    assert pid(place) != killed
    assert ask(place, "SELECT id FROM kept") == [(41,)]


def test_a_pid_file_that_names_a_stranger_is_stale(clone: Path, place: Place) -> None:
    embedded.stop(clone)
    lines = [str(os.getpid()), str(place.data), "1", "5432", str(place.sockets)]
    text = "\n".join([*lines, "", "1 1", "ready   ", ""])
    (place.data / "postmaster.pid").write_text(text)

    assert not embedded.is_ready(place)
    embedded.start(clone)

    assert pid(place) != os.getpid()


def test_it_is_not_stopped_under_somebody_who_uses_it(
    clone: Path, place: Place
) -> None:
    with connect(place, embedded.APP):
        assert embedded.stop(clone, only_if_idle=True) is False
        assert embedded.is_ready(place)

    assert embedded.stop(clone, only_if_idle=True) is True
    assert not embedded.is_alive(place)
    embedded.start(clone)


def test_an_initdb_that_was_cut_off_is_set_aside(tmp_path: Path) -> None:
    place = embedded_place.place_for(tmp_path)
    place.data.mkdir()
    (place.data / "base").touch()

    embedded.start(tmp_path)

    assert len(list(place.folder.glob("data.unfinished-*/base"))) == 1
    embedded.stop(tmp_path)
    shutil.rmtree(place.folder)


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["en-lang-mappe-til-projekter"] * 4)
    deep.mkdir(parents=True)

    sockets = embedded_place.socket_folder(deep)

    assert len(str(sockets / ".s.PGSQL.5432")) <= embedded_place.LONGEST_SOCKET
    assert embedded_place.socket_folder(deep) == sockets
    sockets.rmdir()


def test_a_socket_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run").chmod(0o755)

    with pytest.raises(embedded_place.EmbeddedError, match="mode 700"):
        embedded_place.socket_folder(tmp_path)


@pytest.fixture
def clusters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the place of the one that root keeps all clusters in."""
    (tmp_path / "clusters").mkdir()
    monkeypatch.setattr(embedded_place, "ROOT_FOLDER", tmp_path)
    return tmp_path


def test_roots_clusters_follow_a_moved_clone_and_not_a_copied_one(
    clusters: Path,
) -> None:
    first = embedded_place.root_cluster(clusters / "a")
    shutil.copytree(clusters / "a", clusters / "copy")
    shutil.move(clusters / "a", clusters / "b")

    moved = embedded_place.root_cluster(clusters / "b")
    copied = embedded_place.root_cluster(clusters / "copy")

    assert moved == first
    assert copied != first
    assert embedded_place.root_cluster(clusters / "copy") == copied


def test_a_new_clone_at_an_old_path_begins_empty(clusters: Path) -> None:
    old = embedded_place.root_cluster(clusters / "a")
    shutil.rmtree(clusters / "a")

    assert embedded_place.root_cluster(clusters / "a") != old
