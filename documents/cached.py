"""Prints that are kept: found by the hash of what they hold, made where they are missing.

HTML is formed while pages are printed, and what is printed is written down many at a time:
a worker has other things to do than to wait for either.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Self

import pikepdf
from django.core.files.base import ContentFile

from core import clock
from documents.models import CachedPiece, note_used
from documents.printing import paper
from documents.printing.renderers import render_many
from documents.storage import files, keep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from documents.printing.paper import Printable

KEEP_UNUSED: Final = timedelta(days=30)
TOGETHER: Final = 25
"""Prints that are written down at a time; as many are made again after a power cut."""
ONLY_COUNTED: Final = "counted"


@dataclass(frozen=True, slots=True)
class Print:
    """A cached print, and whether it was made just now."""

    row: CachedPiece
    is_new: bool

    @property
    def page_count(self) -> int:
        """How many pages it is."""
        return self.row.page_count


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be printed, or only counted; ``size`` is that of its values."""

    what: Printable
    digest: str
    size: int
    is_counted: bool


def printed[Key](
    printables: Mapping[Key, Printable],
    *,
    counted: Mapping[Key, Printable],
    tell: Callable[[int], None],
) -> tuple[dict[Key, Print], dict[Key, int]]:
    """Give the print of each, and the pages of those that are only counted.

    What is missing is made: the longest first, or one process would be at work on it when
    all else is done. One or two queries, and one for every 25 that are made.

    Args:
        counted: what is laid out and not written; its pages are kept without a file.
        tell: told how many of the printables are ready, as they become so.
    """
    wanted = {
        key: _wanted(what, is_counted=False) for key, what in printables.items()
    } | {key: _wanted(what, is_counted=True) for key, what in counted.items()}
    found = _found(wanted)
    missing = {
        each.digest: each for each in wanted.values() if each.digest not in found
    }
    done = sum(each.digest in found for each in wanted.values() if not each.is_counted)
    tell(done)
    with _Rows() as rows:
        for digest, made in render_many(_formed(missing)):
            found[digest] = rows.take(digest, made)
            if not missing[digest].is_counted:
                done += 1
                tell(done)
    return (
        {
            key: Print(found[wanted[key].digest], wanted[key].digest in missing)
            for key in printables
        },
        {key: found[wanted[key].digest].page_count for key in counted},
    )


def sweep() -> int:
    """Forget pieces unused for 30 days, and their files; give how many."""
    old = CachedPiece.objects.filter(used_at__lt=clock.now() - KEEP_UNUSED)
    names = set(old.exclude(file="").values_list("file", flat=True))
    gone, _ = old.delete()
    still = set(
        CachedPiece.objects.filter(file__in=names).values_list("file", flat=True)
    )
    for name in sorted(names - still):
        files().delete(name)
    return gone


def _wanted(what: Printable, *, is_counted: bool) -> _Wanted:
    digest, size = paper.identity_of(what, *((ONLY_COUNTED,) if is_counted else ()))
    return _Wanted(what, digest, size, is_counted)


def _found[Key](wanted: Mapping[Key, _Wanted]) -> dict[str, CachedPiece]:
    """Give the cached pieces that are whole, and note that they are used."""
    counted = {each.digest for each in wanted.values() if each.is_counted}
    digests = {each.digest for each in wanted.values()}
    rows = {
        row.digest: row
        for row in CachedPiece.objects.filter(digest__in=digests)
        if row.digest in counted or files().exists(row.file)
    }
    note_used(rows.values())
    return rows


def _formed(missing: Mapping[str, _Wanted]) -> Iterator[tuple[str, str, bool]]:
    """Form the HTML of each when its turn comes."""
    for digest, each in sorted(missing.items(), key=lambda item: -item[1].size):
        yield digest, paper.html_of(each.what), each.is_counted


class _Rows:
    """Stores prints at once and their rows many at a time; at the end, or when it fails."""

    def __init__(self) -> None:
        self.waiting: list[CachedPiece] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._write()

    def take(self, digest: str, made: bytes | int) -> CachedPiece:
        """Store a print, or a count without one; give its row."""
        if isinstance(made, int):
            row = CachedPiece(digest=digest, file="", page_count=made)
        else:
            name = keep(ContentFile(made))
            row = CachedPiece(digest=digest, file=name, page_count=_pages(made))
        self.waiting.append(row)
        if len(self.waiting) >= TOGETHER:
            self._write()
        return row

    def _write(self) -> None:
        """Write the rows in the order of their hashes: two who do so wait for each other."""
        rows, self.waiting = sorted(self.waiting, key=lambda row: row.digest), []
        if rows:
            CachedPiece.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["digest"],
                update_fields=["file", "page_count", "used_at"],
            )


def _pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return len(opened.pages)
