"""Secret keys: kept in a private file, or read from the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from django.core.management.utils import get_random_secret_key

if TYPE_CHECKING:
    from pathlib import Path


def kept_key(path: Path) -> str:
    """Return the key in ``path``; the first call writes one, readable by its owner only."""
    try:
        descriptor = os.open(
            _folder(path) / path.name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600
        )
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(get_random_secret_key())
    return path.read_text(encoding="ascii")


def _folder(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.parent
