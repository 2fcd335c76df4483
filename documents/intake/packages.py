"""Office files as zips of parts: sums first, then the XML.

Nothing is unpacked before the directory of the zip has been added up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

MIB: Final = 1024 * 1024
MOST_PARTS: Final = 5000
MOST_BYTES: Final = 200 * MIB
MOST_XML: Final = 40 * MIB
# Less than so much may unfold as far as it likes: empty tables fold very well.
FOLDED: Final = 200
SMALL: Final = 4 * MIB
_ENTITY: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class RefusedError(Exception):
    """The file cannot be used; ``code`` is a key of the reader's ``REFUSALS``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def add_up(archive: zipfile.ZipFile) -> None:
    """Refuse what unfolds too far, hides its content or names a place outside."""
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or len({e.filename for e in entries}) < len(entries):
        raise RefusedError("too_heavy" if len(entries) > MOST_PARTS else "damaged")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise RefusedError("too_heavy")
    for entry in entries:
        if entry.file_size > max(SMALL, FOLDED * entry.compress_size):
            raise RefusedError("too_heavy")
        if entry.flag_bits & 1:
            raise RefusedError("old")
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise RefusedError("paths")


def trees(archive: zipfile.ZipFile) -> Iterator[tuple[str, ET.Element]]:
    """Read all XML, and refuse any that defines its own words."""
    total = 0
    for entry in archive.infolist():
        if not entry.filename.casefold().endswith((".xml", ".rels")):
            continue
        total += entry.file_size
        if total > MOST_XML:
            raise RefusedError("too_heavy")
        data = archive.read(entry)
        if _ENTITY.search(data.replace(b"\0", b"")):
            raise RefusedError("entities")
        yield entry.filename, ET.fromstring(data)  # noqa: S314 -- no entity is in it
