"""The intake's children, forked from a process that has imported what they are made of.

Importing is nine tenths of what a child does with a small file, and the tests give it
hundreds. It begins as in ``documents.intake.sandbox``: alone in an empty folder, with the file as its
standard input, and then it confines itself. ``test_intake.py`` has the real ones.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from documents.intake import sandbox
from documents.intake.gate import CHILD, READER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.intake.verdict import Limits

MESSAGE: Final = 1 << 20
START: Final = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from tests.documents.warm import serve; serve({socket})"
)


class Warm:
    """The process that forks, and ``run`` in the place of ``sandbox.run``.

    Attributes:
        memory: the most that a child held, in MiB.
        seconds: of the processor, of all children.
    """

    def __init__(self) -> None:
        self.memory = self.seconds = 0.0
        self.ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
        with theirs:
            words = START.format(root=str(sandbox.ROOT), socket=theirs.fileno())
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", "-c", words],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env={"LC_ALL": "C.UTF-8"},
            )

    def end(self) -> None:
        """Let it end: nobody asks any more."""
        self.ours.close()
        self.process.wait(timeout=30)

    def run(
        self,
        module: str,
        *arguments: str,
        source: BinaryIO,
        out: BinaryIO | None = None,
        limits: Limits,
    ) -> bytes:
        """Do as ``sandbox.run`` does.

        Raises:
            ChildFailedError: it took too long, crashed or was stopped by a limit.
        """
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="intake-"))
            sandbox._furnish(Path(folder))
            read, write = os.pipe()
            stack.callback(os.close, read)
            files = [source.fileno(), write, *([out.fileno()] if out else [])]
            asked = json.dumps([module, folder, arguments]).encode()
            socket.send_fds(self.ours, [asked], files)
            os.close(write)
            pid = int(self.ours.recv(MESSAGE))
            printed = all_of(read, limits.wall_seconds)
            if printed is None:
                os.kill(pid, signal.SIGKILL)
            code, memory, seconds = json.loads(self.ours.recv(MESSAGE))
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        self.memory = max(self.memory, memory)
        self.seconds += seconds
        if printed is None:
            raise sandbox.ChildFailedError("too_heavy")
        if code:
            raise sandbox.ChildFailedError(sandbox._meaning(code))
        return printed


def all_of(descriptor: int, seconds: float) -> bytes | None:
    """What is written until the other end is closed; None if that takes too long."""
    until, found = time.monotonic() + seconds, b""
    while True:
        left = max(until - time.monotonic(), 0)
        if not select.select([descriptor], [], [], left)[0]:
            return None
        some = os.read(descriptor, 1 << 16)
        if not some:
            return found
        found += some


def serve(descriptor: int) -> None:
    """Fork a child for each that is asked, and say its number and how it ended."""
    mains = {name: import_module(name).main for name in (CHILD, READER)}
    with socket.socket(fileno=descriptor) as asking:
        while True:
            asked, files, *_ = socket.recv_fds(asking, MESSAGE, 3)
            if not asked:
                return
            module, folder, arguments = json.loads(asked)
            pid = os.fork()
            if not pid:
                asking.close()
                os.setsid()
                os.chdir(folder)
                be(mains[module], arguments, files)
            for file in files:
                os.close(file)
            asking.send(str(pid).encode())
            _, status, used = os.wait4(pid, 0)
            code = os.waitstatus_to_exitcode(status)
            took = used.ru_maxrss / 1024, used.ru_utime + used.ru_stime
            asking.send(json.dumps([code, *took]).encode())


def be(main: object, arguments: Sequence[str], files: Sequence[int]) -> None:
    """Be the child, and end."""
    try:
        for place, file in enumerate(files[:2]):
            os.dup2(file, place)
            os.close(file)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
        sys.argv = ["-c", *arguments, *map(str, files[2:])]
        main()  # type: ignore[operator]
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001 -- as at the end of an interpreter
        os._exit(1)
    os._exit(0)
