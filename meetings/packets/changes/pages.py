"""Which pages differ between two packets, by what they are called. Pure.

A page is the same when what it shows is: the stamp and the foot, which name the
version, are left out. All pages of a record that differs count as changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from documents.compare.edits import section_edits
from documents.numbering import order, spans
from documents.page_numbers import with_pages
from documents.tree import Section, pieces
from meetings.packets.paper import ChangesPage, ContentsPage
from meetings.words import remark_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from documents.tree import Document
    from meetings.editions.edition import Edition, Part

    type Printed = tuple[Section, str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a packet.

    Attributes:
        number: its place in the file, from 1; ``label`` is what it is called.
        unit: key of what it belongs to, and its place in that.
        shows: equal for two pages that show the same.
    """

    number: int
    label: str
    unit: tuple[str, int]
    shows: object


@dataclass(frozen=True)
class PageChanges:
    """The pages of two packets, as they are called, in order.

    Attributes:
        changed, new: of the newer packet; ``gone`` of the older one only.
        same: how many are as before.
        moved: something that both show is called otherwise in the newer one.
        sheets: places of ``changed`` and ``new`` in the newer file, from 1.
    """

    changed: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    same: int
    moved: bool
    sheets: tuple[int, ...]

    @cached_property
    def touched(self) -> frozenset[str]:
        """Pages that a reader of the older version must look at."""
        return frozenset((*self.changed, *self.new))

    @property
    def changed_span(self) -> str:
        """As people write them: "1, 32, 41–44"."""
        return spans(self.changed)

    @property
    def new_span(self) -> str:
        """As people write them: "71a–71b"."""
        return spans(self.new)

    @property
    def gone_span(self) -> str:
        """As people write them: "41–44"."""
        return spans(self.gone)


def page_changes(
    old: Edition, new: Edition, alike: Mapping[str, Container[int]]
) -> PageChanges:
    """Compare two packets page by page.

    Args:
        alike: prefix of a file that was replaced → its pages, from 0, that look and
            read as before.
    """
    before = {sheet.label: sheet for sheet in _sheets(old)}
    after = {sheet.label: sheet for sheet in _sheets(new)}
    there = {sheet.unit: label for label, sheet in before.items()}
    changed = [
        label
        for label, sheet in after.items()
        if label in before and not _is_same(before[label], sheet, alike)
    ]
    fresh = [label for label in after if label not in before]
    return PageChanges(
        changed=tuple(sorted(changed, key=order)),
        new=tuple(sorted(fresh, key=order)),
        gone=tuple(sorted((x for x in before if x not in after), key=order)),
        same=len(after) - len(changed) - len(fresh),
        moved=any(
            there.get(sheet.unit, label) != label for label, sheet in after.items()
        ),
        sheets=tuple(sorted(after[label].number for label in (*changed, *fresh))),
    )


def prefix_of(part: Part) -> str:
    """Give what is the same for one appendix in all versions: keys, never numbers."""
    return f"{part.item.key}-{part.appendix.key}"


def label_at(part: Part, at: int) -> str:
    """Give what the packet calls an appendix's own page, from 0."""
    return part.labels[part.first_own_page - part.first_page + at]


def _is_same(old: Sheet, new: Sheet, alike: Mapping[str, Container[int]]) -> bool:
    if old.shows == new.shows or _reads_the_same(old.shows, new.shows):
        return True
    prefix, at = new.unit
    return old.unit == new.unit and at in alike.get(prefix, ())


def _reads_the_same(old: object, new: object) -> bool:
    """Whether two records differ in nothing that can be seen, such as a kind of space."""
    match old, new:
        case (Section() as before, *head), (Section() as after, *other):
            return head == other and section_edits(before, after) is None
    return False


def _sheets(edition: Edition) -> Iterator[Sheet]:
    # What is taken down lies in the older packet all the same.
    parts = sorted((*edition.parts, *edition.taken), key=lambda part: part.first_page)
    first = parts[0].first_page if parts else edition.page_count + 1
    listed, told = _contents(edition), edition.numbers.get(ChangesPage.key, ())
    for number in range(1, first):
        label = edition.label(number)
        is_changes = label in told
        key = ChangesPage.key if is_changes else ContentsPage.key
        shows = edition.number if is_changes else listed
        yield Sheet(number, label, (key, number), shows)
    for part in parts:
        prefix, shows = prefix_of(part), _separator(edition, part)
        for at, number in enumerate(range(part.first_page, part.first_own_page)):
            label = part.labels[at]
            yield Sheet(number, label, (f"{prefix}/skilleblad", at), shows)
        yield from _own(part, prefix)


def _own(part: Part, prefix: str) -> Iterator[Sheet]:
    tree = part.tree
    if tree is None:
        file = (part.appendix.file, part.appendix.digest)
        for at in range(part.own_pages):
            number = part.first_own_page + at
            yield Sheet(number, label_at(part, at), (prefix, at), (*file, at))
    else:
        yield from _records(part, tree, prefix)


def _records(part: Part, tree: Document, prefix: str) -> Iterator[Sheet]:
    """Give a generated appendix's pages; each record runs on until the next begins."""
    cut = {piece.section.key: piece for piece in pieces(tree)}
    starts = {at: key for key, at in part.sheets.items() if key in cut}
    shows: Printed | None = None
    key, first = "", part.first_own_page
    for number in range(part.first_own_page, part.last_page + 1):
        if number in starts:
            key, first = starts[number], number
            piece = cut[key]
            section = with_pages(piece.section, part.within)
            shows = (section, piece.running, piece.language)
        label = label_at(part, number - part.first_own_page)
        yield Sheet(number, label, (f"{prefix}/{key}", number - first), shows)


def _contents(edition: Edition) -> object:
    """Give all that the contents list prints."""
    agenda = edition.agenda
    items = tuple(
        (
            item.number,
            item.kind,
            item.title,
            tuple(
                (
                    bilag.label,
                    bilag.title,
                    part.span if part else "",
                    remark_words(bilag) if part else "",
                )
                for bilag, part in edition.lines_of(item)
            ),
        )
        for item in agenda.items
    )
    head = (agenda.council, agenda.held_on, agenda.hours, agenda.note)
    return (head, edition.page_count, items)


def _separator(edition: Edition, part: Part) -> object:
    """Give all that the page before an appendix prints."""
    bilag, item = part.appendix, part.item
    beside = tuple((other.appendix.label, other.appendix.title, other.span)
                   for other in edition.parts_of(item))  # fmt: skip
    of_item = (item.number, item.kind, item.heading, beside)
    own = (bilag.title, bilag.sender, bilag.status, bilag.own_name, bilag.summary)
    return (of_item, own, bilag.made_of, part.own_pages)
