"""What a joined PDF depends on besides its parts: our code, the library, the fonts."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from documents.fonts import fonts_digest

_HERE: Final = Path(__file__).resolve().parent
_PLACING: Final = ("adopt.py", "content.py", "moves.py", "place.py", "sheet.py")
_JOINING: Final = (
    *_PLACING,
    "carry.py",
    "graft.py",
    "outline.py",
    "packet.py",
    "stamp.py",
    "structure.py",
    "typeface.py",
)


@lru_cache(maxsize=1)
def placing() -> str:
    """Give the hash of what sets a foreign page on its sheet."""
    return _hash(_PLACING)


@lru_cache(maxsize=1)
def joining() -> str:
    """Give the hash of what joins and stamps; equal hashes and parts: equal bytes."""
    return _hash(_JOINING, fonts_digest())


def _hash(names: tuple[str, ...], *more: str) -> str:
    sha = hashlib.sha256(f"pikepdf {version('pikepdf')}".encode())
    for name in names:
        sha.update(f"\0{name}\0".encode() + (_HERE / name).read_bytes())
    for part in more:
        sha.update(f"\0{part}".encode())
    return sha.hexdigest()
