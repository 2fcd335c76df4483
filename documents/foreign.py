"""Files from outside, placed on their sheets once and kept."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import clock
from documents import engine, parts
from documents.models import CachedPiece
from documents.outside.place import place_file
from documents.storage import files, keep_path

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    values: dict[str, Any] = {"used_at": clock.now()}
    if row is None or is_new:
        values |= {"file": _place(foreign), "page_count": len(facts["pages"])}
    row, _ = CachedPiece.objects.update_or_create(digest=digest, defaults=values)
    ready = replace(foreign, path=path_of(row.file), is_placed=True)
    return PlacedFile(ready, row.page_count, is_new)


def path_of(name: str) -> Path:
    """Give the place of a stored file on this machine."""
    return Path(files().path(name))


def _place(foreign: parts.ForeignFile) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "placed.pdf"
        path.write_bytes(place_file(foreign))
        return keep_path(path)
