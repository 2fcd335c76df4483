"""Files: named by what they hold, whole or absent, private."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.base import ContentFile

from documents.storage import ContentStorage, keep, keep_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

TEXT = b"et bilag"
NAME = hashlib.sha256(TEXT).hexdigest()


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "documents.storage.ContentStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    return tmp_path


def everything(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_named_by_its_sha256_and_found_again(folder: Path) -> None:
    assert keep(ContentFile(TEXT)) == NAME
    assert ContentStorage(str(folder)).open(NAME).read() == TEXT


def test_the_same_content_is_kept_once(folder: Path) -> None:
    keep(ContentFile(TEXT))
    keep(ContentFile(TEXT))

    assert len(everything(folder)) == 1


def test_files_and_folders_are_private(folder: Path) -> None:
    keep(ContentFile(TEXT))

    (file,) = everything(folder)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_path_is_kept_and_left_where_it_was(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "kilde.txt"
    source.write_bytes(TEXT)

    assert keep_path(source) == NAME
    assert source.read_bytes() == TEXT


class BreaksHalfway(File[bytes]):
    """A file whose reading ends in an error, as on a broken disk."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # noqa: ARG002
        yield TEXT
        raise OSError("disken er fuld")


def test_a_write_that_breaks_leaves_no_file_behind(folder: Path) -> None:
    with pytest.raises(OSError, match="disken er fuld"):
        ContentStorage(str(folder)).save(NAME, BreaksHalfway(io.BytesIO()))

    assert everything(folder) == []


def test_file_and_folder_are_on_the_disk_before_the_name_is_given(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``fsync`` of the file comes before it has its name, that of its folder after."""
    place, sync = Path(ContentStorage(str(folder)).path(NAME)), os.fsync
    synced: list[tuple[Path, int]] = []

    def noting(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        synced.append((path, path.stat().st_size if path.is_file() else place.exists()))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    keep(ContentFile(TEXT))

    (waiting, written), after = synced
    assert (waiting.parent, waiting != place) == (place.parent, True)
    assert written == len(TEXT)
    assert after == (place.parent, True)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 63, "A" * 64, ""])
def test_only_a_hash_is_a_name(folder: Path, name: str) -> None:
    with pytest.raises(SuspiciousFileOperation):
        ContentStorage(str(folder)).open(name)
