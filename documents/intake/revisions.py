"""Earlier revisions inside a file: programs may append a change and keep what was before."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

# A file that claims more is not asked further.
MAX_REVISIONS = 200
# A table of contents in plain text is not read further: 400,000 objects.
MAX_TABLE = 8 << 20
_TAIL = 2048
# A table of contents is followed by its trailer; where it is a stream, that comes first.
_WINDOW = 4096
_START = re.compile(rb"startxref\s+([0-9]{1,12})")
_PREVIOUS = re.compile(rb"/Prev\s+([0-9]{1,12})")
_LINEARIZED = re.compile(rb"/Linearized\s+[0-9.]+")


def count_revisions(source: BinaryIO) -> int:
    """How many earlier states of itself a file holds; ``source`` is left at its start.

    A file made for the web (linearized) is in two parts from the first; they are one
    state. A broken table of contents holds none.
    """
    size = source.seek(0, io.SEEK_END)
    places = _START.findall(_read(source, max(0, size - _TAIL), _TAIL))
    seen: set[int] = set()
    place = int(places[-1]) if places else 0
    while 0 < place < size and place not in seen and len(seen) < MAX_REVISIONS:
        seen.add(place)
        place = _previous(source, place)
    parts = 2 if _LINEARIZED.search(_read(source, 0, 1024)) else 1
    source.seek(0)
    return max(0, len(seen) - parts)


def _previous(source: BinaryIO, place: int) -> int:
    """Where the table of contents before the one at ``place`` is, 0 if there is none."""
    head = _read(source, place, _WINDOW)
    if head.startswith(b"xref"):
        return _previous_of_table(source, place)
    end = head.find(b"stream")
    found = _PREVIOUS.search(head[:end] if end > 0 else b"")
    return int(found[1]) if found else 0


def _previous_of_table(source: BinaryIO, place: int) -> int:
    """The same for a table in plain text, which may be long: its trailer is sought."""
    source.seek(place)
    before = b""
    while source.tell() - place < MAX_TABLE and (chunk := source.read(1 << 20)):
        window = before + chunk
        at = window.find(b"trailer")
        if at >= 0:
            trailer = window[at:] + source.read(_WINDOW)
            end = trailer.find(b"startxref")
            found = _PREVIOUS.search(trailer[: end if end > 0 else _WINDOW])
            return int(found[1]) if found else 0
        before = chunk[-16:]
    return 0


def _read(source: BinaryIO, place: int, size: int) -> bytes:
    source.seek(place)
    return source.read(size)
