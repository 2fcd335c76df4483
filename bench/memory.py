"""How much memory a process and all its descendants hold together."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PROC: Final = Path("/proc")
EVERY_SECONDS: Final = 0.05
_PSS: Final = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
_PARENT: Final = re.compile(r"^PPid:\s+(\d+)", re.MULTILINE)


class Peak:
    """The highest sum seen, in bytes; shared pages are counted once."""

    def __init__(self) -> None:
        self.bytes = 0

    @property
    def megabytes(self) -> float:
        """The same in MB (1,048,576 bytes)."""
        return self.bytes / 1024**2


@contextmanager
def watch(pid: int) -> Iterator[Peak]:
    """Look at a process and its descendants every 50 ms while the block runs."""
    peak, ended = Peak(), Event()

    def look() -> None:
        while not ended.wait(EVERY_SECONDS):
            peak.bytes = max(peak.bytes, sum(map(share, family(pid))))

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()


def family(pid: int) -> list[int]:
    """The process and all that descend from it."""
    parents = {
        int(entry.name): int(found[1])
        for entry in PROC.iterdir()
        if entry.name.isdecimal()
        and (found := _PARENT.search(read(entry / "status"))) is not None
    }
    members = [pid]
    for member in members:
        members += [child for child, parent in parents.items() if parent == member]
    return members


def share(pid: int) -> int:
    """The memory of one process in bytes, what it shares divided among those who do."""
    found = _PSS.search(read(PROC / str(pid) / "smaps_rollup"))
    return int(found[1]) * 1024 if found else 0


def read(path: Path) -> str:
    """A file of ``/proc``; "" when its process has just ended."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
