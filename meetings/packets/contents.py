"""The reader's list of contents, and what a page of the packet is called. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.numbering import spans, total
from documents.tree import anchor, walk
from meetings.editions.gone import gone_pages
from meetings.packets.paper import ChangesPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.tree import Section
    from meetings.editions.edition import Edition, Part

# How many records are shown before and after the one that is read.
_BEFORE, _AFTER = 2, 1
RECORDS = {"record", "long-record"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: number, title, page; ``below`` the records around the current page.

    ``page`` is as it is called, "41a"; "" for an appendix that is withdrawn or hidden.
    """

    number: str
    title: str
    page: str
    is_current: bool = False
    below: tuple[Entry, ...] = ()
    more: str = ""
    more_slug: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class ContentsGroup:
    """The appendices of one item; without a title the lines in front."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A section of a generated appendix, and the page of the packet it begins on.

    ``sheet`` counts, ``page`` is what that is called.
    """

    section: Section
    sheet: int
    page: str

    @property
    def number(self) -> str:
        """The number in its label: "7" of "Forslag 7"; "" if it has none."""
        last = self.section.label.rpartition(" ")[2]
        return last if last.isdigit() else ""


def contents(edition: Edition, page: int) -> tuple[ContentsGroup, ...]:
    """List what is in the packet, opened around sheet ``page``."""
    groups = [ContentsGroup("", _front(edition, page))]
    for item in edition.agenda.items:
        lines = edition.lines_of(item)
        entries = tuple(
            _entry(part, page)
            if part
            else Entry(bilag.number, bilag.title, "", is_hidden=bilag.is_hidden)
            for bilag, part in lines
            if part or not bilag.has_pages
        )
        if entries:
            groups.append(ContentsGroup(f"{item.number} {item.heading}", entries))
    return tuple(groups)


def _entry(part: Part, page: int) -> Entry:
    is_open = part.first_page <= page <= part.last_page
    below = _around(part, page) if is_open else ()
    return Entry(
        number=part.appendix.number,
        title=part.appendix.title,
        page=part.labels[0],
        is_current=is_open and not any(entry.is_current for entry in below),
        below=below,
        more=f"Alle {part.appendix.made_of}" if below else "",
        more_slug=part.appendix.slug if below else "",
    )


def _around(part: Part, page: int) -> tuple[Entry, ...]:
    """Give the records on the pages around; nothing for a file from outside."""
    records = [r for r in sections(part) if r.section.look in RECORDS and r.number]
    if not records:
        return ()
    current = max((n for n, r in enumerate(records) if r.sheet <= page), default=None)
    near = current or 0
    start = max(0, min(near - _BEFORE, len(records) - _BEFORE - _AFTER - 1))
    shown = list(enumerate(records))[start : start + _BEFORE + _AFTER + 1]
    here = section_at(part, page)
    return tuple(
        Entry(
            number=record.number,
            title=record.section.title,
            page=record.page,
            is_current=n == current
            and here is not None
            and here.section == record.section,
        )
        for n, record in shown
    )


def sections(part: Part) -> tuple[Record, ...]:
    """Give the sections of a generated appendix with their pages, in reading order."""
    tree = part.tree
    if tree is None:
        return ()
    return tuple(
        Record(section, part.sheets[section.key], part.pages[section.key])
        for _, section in walk(tree)
        if section.key in part.pages
    )


def section_at(part: Part, page: int) -> Record | None:
    """Give the section that is read on a sheet; None on the separator and in files."""
    before = [record for record in sections(part) if record.sheet <= page]
    return before[-1] if before else None


@dataclass(frozen=True, slots=True)
class PageName:
    """What a page is called aloud, and where the same is read as a web page."""

    words: str
    slug: str = ""
    fragment: str = ""


def _front(edition: Edition, page: int) -> tuple[Entry, ...]:
    """Give the pages before the first appendix: the list itself, and what changed."""
    is_front = edition.part_at(page) is None
    is_changes = is_front and edition.label(page) in _changes(edition)
    listed = Entry(
        "",
        "Indholdsfortegnelse",
        edition.label(1),
        is_current=is_front and not is_changes,
    )
    first = [label for label in edition.labels if label in _changes(edition)][:1]
    told = (Entry("", "Ændringer", label, is_current=is_changes) for label in first)
    return (listed, *told)


def _changes(edition: Edition) -> Sequence[str]:
    """Give the numbers of the page that shows what changed; none in a first version."""
    return edition.numbers.get(ChangesPage.key, ())


def page_name(edition: Edition, page: int) -> PageName:
    """Name a sheet: "Side 41, forslag 7: Varighed på virksomhedspraktik …"."""
    part, called = edition.part_at(page), f"Side {edition.label(page)}"
    if part is None:
        is_changes = edition.label(page) in _changes(edition)
        what = (
            "ændringer siden sidste udsendelse" if is_changes else "indholdsfortegnelse"
        )
        return PageName(f"{called}, {what}")
    bilag = part.appendix
    if page < part.first_own_page:
        words = f"{called}, skilleblad til {bilag.label}, {bilag.title}"
        return PageName(words, bilag.slug)
    record = section_at(part, page)
    if record is None:
        number = part.own_labels[page - part.first_own_page]
        own = f"bilagets side {number} af {total(part.own_labels)}"
        return PageName(f"{called}, {bilag.label}, {bilag.title}, {own}", bilag.slug)
    section = record.section
    label = f"{section.label[:1].lower()}{section.label[1:]}: " if section.label else ""
    words = f"{called}, {label}{section.title}"
    return PageName(words, bilag.slug, anchor(section.key))


def page_of_words(edition: Edition, words: str) -> int | None:
    """Give the sheet that a reader asks for: "41", "s. 71a" or "2.1 Bilag 3".

    None if there is no such page.
    """
    asked, number = _asked(words)
    labels = [label.casefold() for label in edition.labels]
    if number in labels:
        return labels.index(number) + 1
    found = [p for p in edition.parts if p.appendix.label.casefold() == asked]
    return found[0].first_page if found else None


def gone_words(edition: Edition, words: str) -> str:
    """Say that the page asked for is gone: "Side 115–117 er udgået (2.6 Bilag 2)."; or "".

    Args:
        words: as for :func:`page_of_words`, which found nothing.
    """
    asked, number = _asked(words)
    for bilag, numbers in gone_pages(edition):
        is_named = bilag.is_withdrawn and bilag.label.casefold() == asked
        if is_named or number in [each.casefold() for each in numbers]:
            if not numbers:
                return f"{bilag.label} er udgået."
            return f"Side {spans(numbers)} er udgået ({bilag.label})."
    return ""


def _asked(words: str) -> tuple[str, str]:
    """Give what a reader wrote as it is compared: a name, and the number it may be."""
    asked = " ".join(words.casefold().replace("\u00a0", " ").split())
    for prefix in ("side ", "s. "):
        asked = asked.removeprefix(prefix)
    return asked, asked.lstrip("0")
