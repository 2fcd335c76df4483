"""The child process a foreign file is read in: little memory, little time, no network."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from documents.intake.verdict import Limits

ROOT = Path(__file__).resolve().parent.parent.parent
# Isolated mode (-I) reads no environment and no user packages; the project's folder is
# therefore named here, and nothing of the parent's environment is passed on.
_START = "import sys; sys.path.insert(0, {root!r}); from {module} import main; main()"
_NAMESPACES = os.CLONE_NEWUSER | os.CLONE_NEWNET | os.CLONE_NEWIPC


class ChildFailedError(Exception):
    """The child gave no answer; ``code`` is the refusal that this amounts to."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def command(module: str, *arguments: str) -> list[str]:
    """The command line that runs ``module.main()`` in a clean interpreter."""
    start = _START.format(root=str(ROOT), module=module)
    return [sys.executable, "-I", "-X", "utf8", "-c", start, *arguments]


def run(
    module: str,
    *arguments: str,
    source: BinaryIO,
    out: BinaryIO | None = None,
    limits: Limits,
) -> bytes:
    """Run ``module.main()`` in a child: reads ``source``, writes ``out`` if there is one.

    The child gets the file as standard input, ``out`` as the descriptor named by its
    last argument, and an empty folder to stand in.

    Returns:
        What it printed.

    Raises:
        ChildFailedError: it took too long, crashed or was stopped by a limit.
    """
    passed = () if out is None else (out.fileno(),)
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        _furnish(Path(folder))
        process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
            command(module, *arguments, *map(str, passed)),
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=passed,
            cwd=folder,
            env={"LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        try:
            printed, _ = process.communicate(timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired:
            raise ChildFailedError("too_heavy") from None
        finally:
            _end(process)
    if process.returncode:
        raise ChildFailedError(_meaning(process.returncode))
    return printed


def _furnish(folder: Path) -> None:
    """Lay out what a child needs when ``folder`` is its whole file system.

    The PDF library will not open a protected file where there is no source of chance,
    though reading needs none.
    """
    (folder / "dev").mkdir()
    (folder / "dev" / "urandom").write_bytes(os.urandom(4096))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the child if it runs, and what it started, if it went without ending that."""
    if process.poll() == 0:
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _meaning(returncode: int) -> str:
    """The refusal that a child's end by ``returncode`` amounts to."""
    spent = {signal.SIGXCPU, signal.SIGKILL, signal.SIGABRT, signal.SIGALRM}
    return "too_heavy" if -returncode in spent else "damaged"


def confine(limits: Limits) -> bool:
    """Bind the calling process, for good; only a child may call this.

    Returns:
        Whether the network is out of reach too; some kernels do not allow it.
    """
    cut = _leave_network()
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, 3 * limits.max_bytes)
    _limit(resource.RLIMIT_NOFILE, 64)
    _limit(resource.RLIMIT_CORE, 0)
    # The child ends even if nobody is left to end it.
    signal.alarm(int(limits.wall_seconds) + 2)
    return cut


def _limit(kind: int, amount: int) -> None:
    _, hard = resource.getrlimit(kind)
    allowed = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    resource.setrlimit(kind, (allowed, allowed))


def _leave_network() -> bool:
    """Move into a name space of its own, where there is no network."""
    try:
        os.unshare(_NAMESPACES)
    except OSError:
        return False
    return True


def leave_files() -> bool:
    """Make the empty working folder the whole file system, if the kernel allows it.

    Everything that is to be imported must be imported before.
    """
    try:
        os.chroot(".")
    except OSError:
        return False
    return True


@lru_cache(maxsize=1)
def network_is_cut() -> bool:
    """Whether children of this machine run without a network; asked once a process."""
    try:
        finished = subprocess.run(  # noqa: S603 -- our own interpreter and module
            command("documents.intake.probe"),
            env={},
            capture_output=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return finished.stdout.strip() == b"cut"
