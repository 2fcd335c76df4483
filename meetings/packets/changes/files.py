"""A file from outside that was replaced: which of its pages read and look otherwise.

What cannot be compared is said: a page without text has nothing to compare but its
picture, and a picture may not be drawn yet.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops

from core.wordmarks import compared, plain_lines
from documents.pictures import RESOLUTION
from documents.storage import files
from meetings.packets.changes.pages import label_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.wordmarks import MarkedLine
    from meetings.editions.edition import Part

# The stamp's zone at the top of a page belongs to the packet, not to the file.
_STAMP_MM: Final = 15
_MM_AN_INCH: Final = 25.4
# More pages than these are not looked at one by one while somebody waits.
MOST_LOOKED_AT: Final = 24
# Two pages have the same words when so many of them are: a page number may differ.
_SAME_WORDS: Final = 0.98
# A text that was rewritten is not read line by line on a page of changes.
MOST_LINES: Final = 40


@dataclass(frozen=True)
class Known:
    """What is stored about the files of two packets.

    Attributes:
        texts: cleaned copy → the text of each page; a file that was not read is absent.
        pictures: (packet file, sheet from 1) → the picture's name in storage.
    """

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pictures: Mapping[tuple[str, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilePage:
    """One page that reads otherwise; ``label`` is what the packet calls it.

    ``left_out`` is how many more lines differ than are shown.
    """

    label: str
    lines: tuple[MarkedLine, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class FileChange:
    """What differs between a file and the one that took its place.

    Attributes:
        old_pages, new_pages: how many pages each has.
        pages: those whose text differs.
        unread: pages that neither file has text for, from 0.
        alike: pages that read and look as before, from 0.
        looks: "same" or "other", of the pages both have; "" where nobody can say.
        are_rearranged: the pages read the same, in another order.
        looked: page from 0 → whether it looks as before; absent where nobody can say.
    """

    old_pages: int
    new_pages: int
    pages: tuple[FilePage, ...]
    unread: frozenset[int]
    alike: frozenset[int]
    looks: str
    are_rearranged: bool
    looked: Mapping[int, bool] = field(default_factory=dict)


def file_change(
    old: Part, new: Part, packets: tuple[str, str], known: Known
) -> FileChange:
    """Compare two files that took the same place.

    Args:
        packets: names of the packets' files, of the older and the newer one.
    """
    before = known.texts.get(old.appendix.file, ("",) * old.own_pages)
    after = known.texts.get(new.appendix.file, ("",) * new.own_pages)
    both = range(min(old.own_pages, new.own_pages))
    read = {at for at in both if _words(before, at) or _words(after, at)}
    same_text = {at for at in read if _words(before, at) == _words(after, at)}
    look = {at: _looks(old, new, at, packets, known) for at in both}
    said = set(look.values())
    looks = "other" if False in said else "same" if said == {True} else ""
    return FileChange(
        old_pages=old.own_pages,
        new_pages=new.own_pages,
        pages=tuple(
            _page(label_at(new, at), before[at], after[at])
            for at in sorted(read - same_text)
        ),
        unread=frozenset(set(both) - read),
        alike=frozenset(
            at for at in both if look[at] and (at in same_text or at not in read)
        ),
        looks=looks,
        are_rearranged=bool(read - same_text)
        and _are_rearranged(before, after, read - same_text),
        looked={at: said for at, said in look.items() if said is not None},
    )


def _are_rearranged(
    before: tuple[str, ...], after: tuple[str, ...], differ: set[int]
) -> bool:
    """Whether every page that differs reads as another page, or another order, did."""
    counted = [Counter(page.split()) for page in before]
    return all(
        any(_share(old, Counter(after[at].split())) >= _SAME_WORDS for old in counted)
        for at in differ
    )


def _share(one: Counter[str], other: Counter[str]) -> float:
    """Give how much two pages have in common, from 0 to 1, whatever the order."""
    most = max(one.total(), other.total())
    return (one & other).total() / most if most else 0.0


def _words(pages: tuple[str, ...], at: int) -> list[str]:
    return pages[at].split() if at < len(pages) else []


def _page(label: str, before: str, after: str) -> FilePage:
    found = compared(plain_lines(before), plain_lines(after))
    lines = tuple(line for line in found if line.is_changed)
    return FilePage(label, lines[:MOST_LINES], max(len(lines) - MOST_LINES, 0))


def _looks(
    old: Part, new: Part, at: int, packets: tuple[str, str], known: Known
) -> bool | None:
    """Tell whether a page looks as before; None where nobody has drawn it."""
    if at >= MOST_LOOKED_AT:
        return None
    names = [
        known.pictures.get((packet, part.first_own_page + at))
        for packet, part in zip(packets, (old, new), strict=True)
    ]
    if names[0] is None or names[1] is None:
        return None
    try:
        return _is_same_picture(names[0], names[1])
    except OSError:
        return None


@lru_cache(maxsize=512)
def _is_same_picture(one: str, other: str) -> bool:
    """Compare two stored pictures below the stamp; what is stored never changes."""
    if one == other:
        return True
    with files().open(one) as first, files().open(other) as second:
        pictures = [_below_stamp(Image.open(stored)) for stored in (first, second)]
    if pictures[0].size != pictures[1].size:
        return False
    return ImageChops.difference(pictures[0], pictures[1]).getbbox() is None


def _below_stamp(picture: Image.Image) -> Image.Image:
    top = round(_STAMP_MM / _MM_AN_INCH * RESOLUTION)
    return picture.convert("L").crop((0, top, picture.width, picture.height))
