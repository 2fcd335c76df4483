"""Files from outside, placed on their sheets once and kept."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile

from core import clock
from documents import engine, parts
from documents.models import CachedPiece, note_used
from documents.outside.place import UnusableFileError, place_file
from documents.storage import files, keep, keep_path

__all__ = [
    "PlacedFile",
    "UnusableFileError",
    "keep_texts",
    "path_of",
    "placed",
    "texts",
]

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from documents.models import ForeignFile


@dataclass(frozen=True, slots=True)
class PlacedFile:
    """A file from outside, ready to be joined; ``is_new``: placed just now."""

    file: parts.ForeignFile
    page_count: int
    is_new: bool


def placed(cleaned: str, facts: Mapping[str, Any], alternative: str) -> PlacedFile:
    """Give the cleaned file placed on its sheets, from the cache if it is there.

    Args:
        cleaned: name of the cleaned copy in storage.
        facts: what the intake found in it (``documents.intake.Facts`` as JSON).
        alternative: what stands for its pages where they carry no tags.

    Raises:
        UnusableFileError: it cannot be read, however often that is tried.
    """
    foreign = parts.ForeignFile(
        path=path_of(cleaned),
        alternative=alternative,
        language=facts["language"],
        is_tagged=facts["tagged"],
        problems=tuple(facts["problems"]),
        depth=1,
    )
    spoken = "" if foreign.is_tagged else alternative
    key = f"{engine.placing()}\0{cleaned}\0{foreign.is_tagged}\0{spoken}"
    digest = hashlib.sha256(key.encode()).hexdigest()
    row = CachedPiece.objects.filter(digest=digest).first()
    is_new = row is None or not files().exists(row.file)
    if row is None or is_new:
        made = {"file": _place(foreign), "page_count": len(facts["pages"])}
        row, _ = CachedPiece.objects.update_or_create(
            digest=digest, defaults={**made, "used_at": clock.now()}
        )
    else:
        note_used([row])
    ready = replace(foreign, path=path_of(row.file), is_placed=True)
    return PlacedFile(ready, row.page_count, is_new)


def texts(file: ForeignFile) -> tuple[str, ...]:
    """Give the text of each page, in order; "" for a page without.

    One "" a page for a file whose text has not been read. One file is opened.

    Raises:
        OSError: the stored text cannot be opened.
    """
    if not file.text:
        return ("",) * file.page_count
    with files().open(file.text) as stored:
        return tuple(json.load(stored))


def keep_texts(pages: Sequence[str]) -> str:
    """Store the text of each page, and give the name it is stored under."""
    content = json.dumps(list(pages), ensure_ascii=False, separators=(",", ":"))
    return keep(ContentFile(content.encode()))


def path_of(name: str) -> Path:
    """Give the place of a stored file on this machine."""
    return Path(files().path(name))


def _place(foreign: parts.ForeignFile) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "placed.pdf"
        path.write_bytes(place_file(foreign))
        return keep_path(path)
