"""A file and the one that took its place, page by page beside each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from django.db.models import Q

from core import formats
from documents.models import PagePicture
from meetings.packets.changes.files import file_change
from meetings.packets.changes.pages import label_at, prefix_of
from meetings.packets.changes.versions import known_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meetings.editions.edition import Edition, Part
    from meetings.packets.changes.files import FileChange, FilePage

    type Pictures = Mapping[int, PagePicture]


@dataclass(frozen=True, slots=True)
class Side:
    """One page of one of the two files.

    Attributes:
        label: what its packet calls it; ``sheet`` its place there, from 1.
        picture: None where nobody has drawn it, or its file is closed.
    """

    label: str
    sheet: int
    picture: PagePicture | None


@dataclass(frozen=True, slots=True)
class Beside:
    """The pages that have the same place in both files.

    Attributes:
        old, new: None where the file is shorter.
        words: how they differ, a Danish sentence; ``is_same`` where they do not, and
            ``is_unsure`` where nobody has looked at what has no words.
        text: what reads otherwise, where the text does.
    """

    old: Side | None
    new: Side | None
    words: str
    is_same: bool = False
    is_unsure: bool = False
    text: FilePage | None = None

    @property
    def label(self) -> str:
        """What the pair is called: the newer page's label, else the older one's."""
        side = self.new or self.old
        return side.label if side else ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two files that took the same place.

    Attributes:
        change: what differs between them as a whole.
        differing, alike: their pages, in order.
    """

    old: Part
    new: Part
    change: FileChange
    differing: tuple[Beside, ...]
    alike: tuple[Beside, ...]

    @property
    def verdict(self) -> str:
        """How many pages differ, and of how many nobody knows."""
        unsure = sum(page.is_unsure for page in self.differing)
        changed = len(self.differing) - unsure
        if not unsure:
            return (
                formats.counted(changed, "side", "sider", "Ingen sider") + " er ændret"
            )
        rest = "er ikke undersøgt"
        if not changed:
            return f"{formats.counted(unsure, 'side', 'sider')} {rest}"
        own = formats.counted(changed, "side", "sider")
        return f"{own} er ændret, og {formats.number(unsure)} {rest}"


def files_beside(old: Edition, new: Edition, bilag: str) -> Compared | None:
    """Compare the two files of one appendix: two queries; None if it has no two files.

    Args:
        bilag: its place in the newer edition's addresses.
    """
    after = next((part for part in new.parts if part.appendix.slug == bilag), None)
    before = _same(old, after) if after else None
    if after is None or before is None or not _is_replaced(before, after):
        return None
    known = known_of(old, new)
    change = file_change(before, after, (old.file, new.file), known)
    rows = PagePicture.objects.filter(_own(old, before) | _own(new, after))
    drawn = {(row.of, row.page): row for row in rows}
    both = zip_longest(_sides(old, before, drawn), _sides(new, after, drawn))
    told = {page.label: page for page in change.pages}
    pages = [_beside(at, *pair, change, told) for at, pair in enumerate(both)]
    return Compared(
        before,
        after,
        change,
        differing=tuple(page for page in pages if not page.is_same),
        alike=tuple(page for page in pages if page.is_same),
    )


def _same(old: Edition, after: Part) -> Part | None:
    key = prefix_of(after)
    return next((part for part in old.parts if prefix_of(part) == key), None)


def _is_replaced(before: Part, after: Part) -> bool:
    """Whether both are files from outside, and not the same one."""
    names = (before.appendix.file, after.appendix.file)
    return all(names) and names[0] != names[1]


def _own(edition: Edition, part: Part) -> Q:
    return Q(of=edition.file, page__range=(part.first_own_page, part.last_page))


def _sides(
    edition: Edition, part: Part, drawn: Mapping[tuple[str, int], PagePicture]
) -> list[Side]:
    own = {} if edition.seal else drawn
    sheets = range(part.first_own_page, part.last_page + 1)
    return [
        Side(label_at(part, at), sheet, own.get((edition.file, sheet)))
        for at, sheet in enumerate(sheets)
    ]


def _beside(
    at: int,
    old: Side | None,
    new: Side | None,
    change: FileChange,
    told: Mapping[str, FilePage],
) -> Beside:
    if old is None or new is None:
        word = "Siden er ny." if old is None else "Siden er ikke med længere."
        return Beside(old, new, word)
    if at in change.alike:
        return Beside(old, new, "Siden er som før.", is_same=True)
    text = None if change.are_rearranged else told.get(new.label)
    if text is not None:
        return Beside(old, new, "Teksten er ændret.", text=text)
    if new.label in told:
        return Beside(old, new, "Teksten læses i en anden rækkefølge.")
    return _looking(at, Beside(old, new, ""), change)


def _looking(at: int, page: Beside, change: FileChange) -> Beside:
    """Say of a page whose words are the same, or unknown, how it looks."""
    is_read = at not in change.unread
    text = "Teksten er som før" if is_read else "Siden er et billede uden tekst"
    if at not in change.looked:
        words = f"{text}. Om siden ser ud som før, er ikke undersøgt."
        return replace(page, words=words, is_unsure=True)
    own = f"{text}, men siden" if is_read else "Siden"
    return replace(page, words=f"{own} ser anderledes ud.")
