"""Bookmarks and page labels, written in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Final

from pikepdf import Array, Dictionary, Name, Pdf, String

from documents.objects import MOST, flat, page_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CAPITALS: Final = ascii_uppercase


@dataclass(slots=True)
class Bookmark:
    """One bookmark: its text, where it leads (a PDF destination) and those below."""

    title: str
    target: Any
    below: list[Bookmark] = field(default_factory=list)

    def hang(self, title: str, target: Any, depth: int) -> Bookmark:
        """Add a bookmark ``depth`` levels under the last ones, or as deep as it goes."""
        under = self
        while depth > 0 and under.below:
            under, depth = under.below[-1], depth - 1
        under.below.append(Bookmark(title, target))
        return under.below[-1]


def top_of(page: Any) -> Array:
    """A destination: the top of ``page``, the reader's own zoom kept."""
    return Array([page, Name.XYZ, None, page.MediaBox[3], None])


def write_bookmarks(
    pdf: Pdf, bookmarks: Sequence[Bookmark], *, open_to: int = 1
) -> None:
    """Make ``bookmarks`` the outline of ``pdf``.

    Args:
        open_to: levels that a reader shows unfolded from the start.
    """
    if not bookmarks:
        return
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    root.Count = _write(pdf, root, bookmarks, open_to)
    pdf.Root.Outlines = root
    pdf.Root.PageMode = Name.UseOutlines


def _write(pdf: Pdf, parent: Any, bookmarks: Iterable[Bookmark], open_to: int) -> int:
    """Write one level; return how many lines it shows when it is unfolded."""
    shown = 0
    last = None
    for bookmark in bookmarks:
        item = pdf.make_indirect(
            Dictionary(Title=String(bookmark.title), Parent=parent)
        )
        if bookmark.target is not None:
            item.Dest = bookmark.target
        if last is None:
            parent.First = item
        else:
            item.Prev, last.Next = last, item
        shown += 1
        if bookmark.below:
            below = _write(pdf, item, bookmark.below, open_to - 1)
            item.Count = below if open_to > 1 else -below
            shown += below if open_to > 1 else 0
        last = item
    parent.Last = last
    return shown


def write_labels(pdf: Pdf, labels: Sequence[str]) -> None:
    """Let PDF page ``i`` be called ``labels[i]``; runs of whole numbers share an entry."""
    entries: list[tuple[int, Any]] = []
    expected = ""
    for at, label in enumerate(labels):
        lead, number = label[:1] * label[:1].isupper(), label.lstrip(_CAPITALS)
        counts = number.isdecimal() and number == str(int(number)) and number != "0"
        if not counts:
            entries.append((at, Dictionary(P=String(label))))
        elif label != expected:
            entry = Dictionary(S=Name.D, St=int(number))
            if lead:
                entry.P = String(lead)
            entries.append((at, entry))
        expected = f"{lead}{int(number) + 1}" if counts else ""
    pdf.Root.PageLabels = Dictionary(Nums=flat(entries))


def read_bookmarks(source: Pdf, pages: Sequence[Any], prefix: str) -> list[Bookmark]:
    """The bookmarks of ``source``, leading to ``pages``, its copies in another file.

    Args:
        prefix: what its destination names carry in the other file.

    Returns:
        The first level; loops and more than ``MOST`` bookmarks are cut.
    """
    index = {page.obj.objgen: at for at, page in enumerate(source.pages)}
    top = Bookmark("", None)
    seen: set[tuple[int, int]] = set()
    root = source.Root.get("/Outlines")
    todo = [(root.get("/First") if isinstance(root, Dictionary) else None, top)]
    while todo and len(seen) < MOST:
        item, under = todo.pop()
        if not isinstance(item, Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        title = " ".join(str(item.get("/Title", "")).split())
        found = Bookmark(title or "Uden titel", _target(item, index, pages, prefix))
        under.below.append(found)
        todo += [(item.get("/Next"), under), (item.get("/First"), found)]
    return top.below


def _target(
    item: Any, index: dict[tuple[int, int], int], pages: Sequence[Any], prefix: str
) -> Any:
    """Where a bookmark leads in the other file; None when that is nowhere."""
    action = item.get("/A")
    place = item.get("/Dest")
    if place is None and isinstance(action, Dictionary) and action.get("/S") == "/GoTo":
        place = action.get("/D")
    if isinstance(place, (String, Name)):
        return String(f"{prefix}/{str(place).removeprefix('/')}")
    at = page_index(place, index)
    if at is None:
        return None
    return Array([pages[at], *(place[n] for n in range(1, len(place)))])
