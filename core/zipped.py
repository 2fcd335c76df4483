"""A zip that is sent as it is made: the same files give the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CHUNK: Final = 256 * 1024
# No clock: the earliest moment that the format knows.
_WHEN: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_MODE: Final = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a zip: its path inside, its bytes' number, and how it is opened."""

    path: str
    size: int
    open: Callable[[], IO[bytes]]


class _Out:
    """Takes what the zip writes until somebody fetches it; it can only go forward."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def take(self) -> bytes:
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken


def stream(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Give the zip in pieces; at most one chunk of one file is in memory.

    Files are stored as they are, so that no version of a compressor changes a byte.
    """
    out: Any = _Out()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for entry in entries:
            info = ZipInfo(entry.path, _WHEN)
            info.create_system, info.external_attr = _UNIX, _MODE
            info.file_size = entry.size
            with entry.open() as source, archive.open(info, "w") as target:
                while chunk := source.read(CHUNK):
                    target.write(chunk)
                    yield out.take()
    yield out.take()
