"""Content-addressed storage: a file is named by its SHA-256 and written once.

Written under a temporary name, synced, renamed, and the folder synced: after a crash a
name either holds the whole file or does not exist. Names say nothing; modes are private.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File as DjangoFile
from django.core.files.storage import FileSystemStorage, storages
from django.utils.deconstruct import deconstructible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.base import File

_HEX = frozenset("0123456789abcdef")


@deconstructible(path="documents.storage.ContentStorage")
class ContentStorage(FileSystemStorage):
    """Files under ``ab/cd/abcd…``, private to the portal, never rewritten."""

    def __init__(self, location: str | None = None) -> None:
        super().__init__(location, None, 0o600, 0o700)

    def path(self, name: str) -> str:
        """Give the file's place; only a hash is a name.

        Raises:
            SuspiciousFileOperation: ``name`` is not a SHA-256 in hexadecimal.
        """
        if len(name) != 64 or not set(name) <= _HEX:  # noqa: PLR2004
            msg = f"not a content address: {name!r}"
            raise SuspiciousFileOperation(msg)
        return str(Path(self.location) / name[:2] / name[2:4] / name)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002
        return name

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        if target.exists():
            return name
        for folder in (target.parent.parent, target.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        waiting = target.with_name(f".{name}.{secrets.token_hex(8)}")
        try:
            _write(waiting, content.chunks())
            waiting.rename(target)
        except BaseException:
            waiting.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        return name


def _write(path: Path, chunks: Iterator[bytes]) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def files() -> Any:
    """Give the storage all files of the portal live in."""
    return storages["default"]


def keep(content: File[Any]) -> str:
    """Store ``content`` under its SHA-256 and give that name."""
    sha = hashlib.sha256()
    for chunk in content.chunks():
        sha.update(chunk)
    content.seek(0)
    return str(files().save(sha.hexdigest(), content))


def keep_path(path: Path) -> str:
    """Store the file at ``path`` under its SHA-256 and give that name."""
    with path.open("rb") as opened:
        return keep(DjangoFile(opened))


def forget_damaged(path: Path) -> bool:
    """Remove a stored file that is no longer what its name says; whether it was one.

    Only for what can be made again: a name that is gone is written anew, one that is
    there never.
    """
    with path.open("rb") as opened:
        if hashlib.file_digest(opened, "sha256").hexdigest() == path.name:
            return False
    path.unlink()
    return True
