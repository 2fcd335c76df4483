"""Child processes that end with the one they work for, however it ends."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
from threading import Thread
from typing import Final

PR_SET_PDEATHSIG: Final = 1


def die_with_parent(by: signal.Signals = signal.SIGKILL) -> None:
    """Ask the kernel to end this process when its parent dies.

    The parent of a fork server's child is the fork server: there use
    :func:`die_with`. Only Linux knows it; elsewhere nothing happens.
    """
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, by)
    if os.getppid() != parent:
        os.kill(os.getpid(), by)


def die_with(pid: int) -> None:
    """End this process when another one ends that is not its parent.

    Fit as the ``initializer`` of a pool of processes: a worker that is killed leaves no
    orphan. A fork server does not help here: its children keep it alive, and it them.
    Only Linux knows it; elsewhere nothing happens.
    """
    if sys.platform != "linux":
        return
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        os.kill(os.getpid(), signal.SIGKILL)

    def wait() -> None:
        select.select([watched], [], [])
        os.kill(os.getpid(), signal.SIGKILL)

    Thread(target=wait, name=f"dies with {pid}", daemon=True).start()
