"""Pictures of a stored PDF's pages, for the reader on screen; made by poppler.

A page is drawn in a child with little memory and time; a page that cannot be drawn has
no picture, and the others go on.
"""

from __future__ import annotations

import logging
import subprocess
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pikepdf
from PIL import Image

from documents.foreign import path_of
from documents.models import PagePicture
from documents.storage import keep_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

log = logging.getLogger(__name__)

# Dots an inch: an A4 page is 910 × 1287, sharp in the reader's 600 px column.
RESOLUTION: Final = 110
PAGES_AT_A_TIME: Final = 8
# A sheet that poppler finds too large comes out as a picture of one dot.
SMALLEST_SIDE: Final = 16
MEMORY_BYTES: Final = 1024**3
SECONDS_A_BATCH: Final = 60


def make_pictures(name: str) -> None:
    """Draw every page of a stored PDF that has no picture yet; safe to repeat."""
    after: int | None = 0
    while after is not None:
        after = make_some(name, after=after)


def make_some(name: str, *, after: int = 0) -> int | None:
    """Draw the next few pages that have no picture yet.

    Args:
        name: of the PDF in storage.
        after: the last page that was tried before, from 1; 0 begins.

    Returns:
        The last page that was tried now, or None where none is left to try.
    """
    there = set(PagePicture.objects.filter(of=name).values_list("page", flat=True))
    path = path_of(name)
    with pikepdf.open(path) as pdf:
        left = range(after + 1, len(pdf.pages) + 1)
    pages = list(islice((page for page in left if page not in there), PAGES_AT_A_TIME))
    rows = [row for run in _runs(pages) for row in _drawn(path, name, run)]
    PagePicture.objects.bulk_create(rows, ignore_conflicts=True)
    return pages[-1] if pages else None


def _runs(pages: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Give first and last of each run of pages that follow each other."""
    first = last = 0
    for page in pages:
        if page != last + 1 or not first:
            if first:
                yield first, last
            first = page
        last = page
    if first:
        yield first, last


def _drawn(path: Path, name: str, run: tuple[int, int]) -> list[PagePicture]:
    """Draw one run; where that fails, draw its pages one by one and leave out the bad."""
    first, last = run
    with tempfile.TemporaryDirectory(prefix="kkr-pages-") as folder:
        if _poppler(path, Path(folder), first, last):
            rows = (_row(name, drawn) for drawn in sorted(Path(folder).iterdir()))
            return [row for row in rows if row is not None]
    if first == last:
        log.warning("page %s of %s cannot be drawn", first, name)
        return []
    ones = ((page, page) for page in range(first, last + 1))
    return [row for one in ones for row in _drawn(path, name, one)]


def _poppler(path: Path, folder: Path, first: int, last: int) -> bool:
    command = [
        "prlimit", f"--as={MEMORY_BYTES}", f"--cpu={SECONDS_A_BATCH}", "--core=0", "--",
        "pdftoppm", "-png", "-r", str(RESOLUTION), "-f", str(first), "-l", str(last),
        str(path), str(folder / "page"),
    ]  # fmt: skip
    try:
        subprocess.run(  # noqa: S603 -- fixed programs, our own paths
            command, check=True, capture_output=True, timeout=SECONDS_A_BATCH
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return False
    return True


def _row(name: str, drawn: Path) -> PagePicture | None:
    with Image.open(drawn) as picture:
        width, height = picture.size
    if min(width, height) < SMALLEST_SIDE:
        log.warning("%s of %s is no picture of a page", drawn.name, name)
        return None
    return PagePicture(
        of=name,
        page=int(drawn.stem.rpartition("-")[2]),
        file=keep_path(drawn),
        width=width,
        height=height,
    )
