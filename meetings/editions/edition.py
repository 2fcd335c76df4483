"""What is read of a meeting, as a value: a sent version, or the latest packet.

Both are one value, the :class:`Edition`; the pages that show it need not know which.
Files in which something stands struck through that is taken down are closed.

Source: docs/rules.md R-49.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from documents import codec
from documents.numbering import all_spans
from meetings.choices import Fate
from meetings.names import KKR_MEETING, meeting_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from documents.tree import Document
    from meetings.agenda import Agenda, AgendaAppendix, AgendaItem, AgendaSection
    from meetings.editions.announced import Announced
    from meetings.editions.decided import DecidedLine
    from meetings.editions.withdrawn import Withdrawn

    type Line = tuple[AgendaAppendix, Part | None]
    type ItemRow = tuple[AgendaItem, tuple[Line, ...], Announced | None]


@dataclass(frozen=True)
class Part:
    """One appendix in its place in a packet.

    Attributes:
        first_page, last_page: sheets of the packet, from 1; its separator's come first.
        own_pages: without the separator.
        document: JSON of a generated one's Document; "" for a file from outside.
        labels: what its sheets are called in the packet: "41", "41a".
        own_labels: what they are called in the appendix, the separator left out.
        pages: section key → page of the packet, as it is called.
    """

    appendix: AgendaAppendix
    item: AgendaItem
    first_page: int
    last_page: int
    own_pages: int
    file: str
    size: int
    document: str
    labels: tuple[str, ...]
    own_labels: tuple[str, ...]
    pages: Mapping[str, str]

    @property
    def span(self) -> str:
        """The pages in the packet, "2–21", "4–9 med 8a"."""
        return all_spans(self.labels)

    @cached_property
    def sheets(self) -> Mapping[str, int]:
        """Section key → sheet of the packet, from 1."""
        at = {label: sheet for sheet, label in enumerate(self.labels, self.first_page)}
        return {key: at[label] for key, label in self.pages.items()}

    @cached_property
    def within(self) -> Mapping[str, str]:
        """Section key → page of the appendix, as it is called."""
        first = self.first_own_page
        return {key: self.own_labels[at - first] for key, at in self.sheets.items()}

    @property
    def is_closed(self) -> bool:
        """It lies in the closed packet: only some may read it."""
        return bool(self.appendix.closed)

    @property
    def first_own_page(self) -> int:
        """The first sheet after its separator."""
        return self.last_page - self.own_pages + 1

    @cached_property
    def tree(self) -> Document | None:
        """The Document; None for a file from outside, or where it was not fetched."""
        tree: Document | None = codec.loads(self.document) if self.document else None
        return tree


@dataclass(frozen=True, slots=True)
class Newest:
    """The version that holds, as the reader of an older one is told of it.

    Attributes:
        items, appendices: places in addresses of all that it holds.
        labels: what its pages are called.
        is_closed: it took the place of another, and is closed itself.
    """

    number: int
    slug: str
    kkr: str
    items: frozenset[str]
    appendices: frozenset[str]
    labels: frozenset[str]
    version: str = ""
    is_closed: bool = False


@dataclass(frozen=True)
class Edition:
    """A meeting with its packet, as it was published or as it was last built.

    Attributes:
        at: when it was sent; of a packet, when it was built.
        number: which version; 0 for a packet that is not sent.
        is_as_published: a packet says the same as what everybody reads.
        council_slug: of the council whose meeting it is.
        slug: the meeting's place in addresses, as it is now.
        kkr: the council where an address must say it, else "".
        numbers: key of what has pages → every number it was ever given.
        sent_at: when it was sent, None before that.
        version: the number where the reader asked for this very version, else "".
        newest: the version that took its place; None while it holds.
        is_public: everybody may read it, not only the council's own people.
        opens: when everybody may read it: "åbner 15. november 2023 kl. 12.00".
        announced: what was told of the meeting since, oldest first.
        volume: "lukket" of a closed packet, which addresses then say; else "".
        closed_parts: the appendices that this reader reads besides: they lie in the
            closed packet, and their pages are its.
        closed: the closed packet, where the reader may read all of it.
        withdrawn: what is taken down of the meeting, oldest first.
        taken: the parts that lie in the packet and are taken down: names and files only.
        decided: item's key → the decision of minutes that are approved.
        awaits_minutes: the meeting was held, and its minutes are not approved.
        minutes_down: they, or something in them, are taken down.
        may_follow: a next version may be sent without what is down; not of a cancelled one.
        reason: why there is this version after the first; "" where nobody has said.
        papers: what is made besides, agenda, whole and bundle: pages, size in bytes,
            SHA-256.
        has_data: the PDFs carry the rows of what is formed from data.
    """

    agenda: Agenda
    parts: tuple[Part, ...]
    file: str
    size: int
    page_count: int
    labels: tuple[str, ...]
    reasons: tuple[Mapping[str, str], ...]
    at: datetime
    number: int
    council_slug: str
    slug: str
    kkr: str = ""
    is_as_published: bool = True
    numbers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sent_at: datetime | None = None
    version: str = ""
    newest: Newest | None = None
    is_public: bool = True
    opens: str = ""
    announced: tuple[Announced, ...] = ()
    volume: str = ""
    closed_parts: tuple[Part, ...] = ()
    closed: Edition | None = None
    withdrawn: tuple[Withdrawn, ...] = ()
    taken: tuple[Part, ...] = ()
    reason: str = ""
    decided: Mapping[str, DecidedLine] = field(default_factory=dict)
    awaits_minutes: bool = False
    minutes_down: bool = False
    may_follow: bool = True
    papers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    has_data: bool = False

    @property
    def _told(self) -> tuple[Withdrawn, ...]:
        """What is taken down of the packet that this is an edition of."""
        is_own = bool(self.number)
        return tuple(
            w for w in self.withdrawn if is_own and (self.volume or not w.is_closed)
        )

    @property
    def seals(self) -> tuple[Withdrawn, ...]:
        """What is closed of this very version: files of the whole are closed with it."""
        return tuple(each for each in self._told if each.holds_for(self.number))

    @property
    def traces(self) -> tuple[Withdrawn, ...]:
        """What stands struck through in this version's files: they are closed, too.

        The pages are marked anew each time, and show nothing of it.
        """
        is_closed = bool(self.volume)
        return tuple(w for w in self._told if self._marks(w, is_closed=is_closed))

    def _marks(self, each: Withdrawn, *, is_closed: bool) -> bool:
        if not is_closed:
            return each.marks(self.number, self.sent_at)
        # A closed packet is marked against the last one, however long ago that was.
        is_before = each.version < self.number
        return is_before and self.sent_at is not None and each.at > self.sent_at

    @property
    def whole_seal(self) -> Withdrawn | None:
        """What closes the whole version, pages and all; None if nothing."""
        return next((each for each in self.seals if each.is_version), None)

    @property
    def seal(self) -> Withdrawn | None:
        """What closes the whole version, else what closes its files; None if nothing."""
        return self.whole_seal or next(iter((*self.seals, *self.traces)), None)

    @cached_property
    def sealed_files(self) -> Mapping[str, Withdrawn]:
        """The appendices that are read as pages alone: place → what their files hold."""
        return {
            place: each
            for place, part in self.by_slug.items()
            for each in self.withdrawn
            if self._is_struck(each, part)
            or (each.holds_for(self.number) and each.is_named_in(part.item))
        }

    def _is_struck(self, each: Withdrawn, part: Part) -> bool:
        """Whether something stands struck through in the file of an appendix."""
        is_own = each.is_version or each.place == part.appendix.slug
        is_told = part.is_closed or not each.is_closed
        marks = self._marks(each, is_closed=part.is_closed)
        return bool(part.document) and is_own and is_told and marks

    @property
    def closed_seals(self) -> tuple[Withdrawn, ...]:
        """What its reader is told to be taken down of the closed packet."""
        if self.volume:
            return ()
        own = (each for each in self.withdrawn if each.is_closed)
        return tuple(each for each in own if each.holds_for(self.number))

    @property
    def taken_bilag(self) -> tuple[AgendaAppendix, ...]:
        """The appendices that are taken down: they stay in the list, without a link."""
        return tuple(part.appendix for part in self.taken)

    def taken_at(self, place: str) -> Withdrawn | None:
        """Give what is taken down at a place in addresses, and does not stand there again."""
        if place in self.by_slug:
            return None
        own = [each for each in self.withdrawn if each.place == place]
        standing = self.item(place)
        if standing is not None:
            own = [each for each in own if each.holds_for(self.number)]
        return own[-1] if own else self._closed_with_all(place)

    def _closed_with_all(self, place: str) -> Withdrawn | None:
        """Give what takes the closed packet down, if that held what has this place."""
        own = (each for each in self.closed_seals if each.is_version)
        closed = {item.slug for item in self.agenda.items if item.is_closed}
        closed |= {bilag.slug for bilag in self.agenda.appendices if bilag.closed}
        return next(own, None) if place in closed else None

    def decision_on(self, item: AgendaItem) -> DecidedLine | None:
        """Give what was decided on an item, once the minutes are approved."""
        return self.decided.get(item.key)

    @property
    def kind(self) -> str:
        """What such a meeting is called where everybody reads, "Møde"."""
        return self.agenda.kind_of_meeting or "Møde"

    @property
    def name(self) -> str:
        """The meeting's name, "KKR-møde 22. november 2023"."""
        return f"{self.agenda.kind_of_meeting or KKR_MEETING} {self.day}"

    @property
    def held_name(self) -> str:
        """The same by the day that it was really held."""
        kind = self.agenda.kind_of_meeting or KKR_MEETING
        return f"{kind} {meeting_day(self.slug, self.really_on)}"

    @property
    def notice(self) -> Announced | None:
        """What was announced of the meeting, unless this version says so itself."""
        found = self._announced_of("")
        is_told = found is not None and found.to_day == self.held_on
        # Only what has a day is sent: a later version says what day that is.
        if found is not None and self.sent_at is not None:
            is_told = is_told or found.at < self.sent_at
        return None if is_told else found

    def notice_of(self, item: AgendaItem) -> Announced | None:
        """What was announced of an item since it was sent."""
        return self._announced_of(item.key)

    def _announced_of(self, key: str) -> Announced | None:
        own = [each for each in self.announced if each.item_key == key]
        return own[-1] if own and own[-1].fate != Fate.STANDS else None

    @property
    def silent_pages(self) -> int:
        """How many pages lie in the packet as pictures, with words in their stead."""
        silent = (part for part in self.parts if part.appendix.is_silent)
        return sum(part.own_pages for part in silent)

    @property
    def generated(self) -> tuple[Part, ...]:
        """The appendices that are formed from records."""
        return tuple(part for part in self.parts if part.document)

    @property
    def checksum(self) -> str:
        """The beginning of the packet's SHA-256, in groups of four."""
        groups = [self.file[at : at + 4] for at in range(0, 32, 4)]
        return f"{' '.join(groups)} …"

    @property
    def is_published(self) -> bool:
        """Everybody may read it."""
        return self.number > 0

    @property
    def held_on(self) -> date:
        """The day of the meeting, as it was printed."""
        return date.fromisoformat(self.agenda.held_on)

    @property
    def really_on(self) -> date:
        """The day that it is held: the one it was put off to since, else the printed."""
        notice = self.notice
        return (notice.to_day if notice else None) or self.held_on

    @property
    def day(self) -> str:
        """The same in words, "22. november 2023"; a day's second meeting says so."""
        return meeting_day(self.slug, self.held_on)

    @cached_property
    def by_slug(self) -> Mapping[str, Part]:
        """The parts by their place in addresses, those of the closed packet with them."""
        both = (*self.parts, *self.closed_parts)
        return {part.appendix.slug: part for part in both}

    @property
    def rows(self) -> tuple[tuple[AgendaSection, tuple[ItemRow, ...]], ...]:
        """The agenda as it is listed: sections, with items, their appendices and notices."""
        return tuple(
            (
                section,
                tuple(
                    (item, self.lines_of(item), self.notice_of(item))
                    for item in section.items
                ),
            )
            for section in self.agenda.sections
        )

    def lines_of(self, item: AgendaItem) -> tuple[Line, ...]:
        """Give the appendices of one item; one that is withdrawn has no part."""
        return tuple((bilag, self.by_slug.get(bilag.slug)) for bilag in item.appendices)

    def parts_of(self, item: AgendaItem) -> tuple[Part, ...]:
        """Give the parts of one item, in order."""
        return tuple(part for part in self.parts if part.item.number == item.number)

    def item(self, slug: str) -> AgendaItem | None:
        """Give the item that addresses call ``slug``, "2-1"."""
        return next((item for item in self.agenda.items if item.slug == slug), None)

    def part_at(self, page: int) -> Part | None:
        """Give the part that a sheet of the packet belongs to; None for the contents."""
        return next(
            (p for p in self.parts if p.first_page <= page <= p.last_page), None
        )

    def label(self, page: int) -> str:
        """Give what a sheet of the packet is called: "41a" of the 43rd."""
        return self.labels[page - 1]
