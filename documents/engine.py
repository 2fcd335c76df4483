"""What a joined PDF depends on besides its parts: our code, the library, the fonts."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from documents.fonts import fonts_digest

_HERE: Final = Path(__file__).resolve().parent
_PLACING: Final = ("objects.py", "outside/*.py")
_JOINING: Final = (
    *_PLACING,
    "parts.py",
    "joining/*.py",
    "attached.py",
    "data.py",
    "records.py",
)


@lru_cache(maxsize=1)
def placing() -> str:
    """Give the hash of what sets a foreign page on its sheet."""
    return _hash(_PLACING)


@lru_cache(maxsize=1)
def joining() -> str:
    """Give the hash of what joins and stamps; equal hashes and parts: equal bytes."""
    return _hash(_JOINING, fonts_digest())


def _hash(patterns: tuple[str, ...], *more: str) -> str:
    sha = hashlib.sha256(f"pikepdf {version('pikepdf')}".encode())
    for path in sorted(path for pattern in patterns for path in _HERE.glob(pattern)):
        sha.update(f"\0{path.relative_to(_HERE)}\0".encode() + path.read_bytes())
    for part in more:
        sha.update(f"\0{part}".encode())
    return sha.hexdigest()
