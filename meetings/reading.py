"""What is read: a published meeting, or for its editors the latest packet they built.

Both are one value, the :class:`Edition`; the pages that show it need not know which.
A published edition is made of publication rows and of nothing else. A packet counts only
when it is built whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, OuterRef, Q, Subquery, TextField, Value, When

from documents import codec
from documents.models import PagePicture
from documents.numbering import all_spans
from meetings.agenda import Agenda
from meetings.announced import announced
from meetings.choices import Fate, PacketState, PartKind
from meetings.models import Packet, PacketPart, Publication
from meetings.names import KKR_MEETING, meeting_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from accounts.models import Membership
    from documents.tree import Document
    from meetings.agenda import AgendaAppendix, AgendaItem, AgendaSection
    from meetings.announced import Announced
    from meetings.models import Meeting, PublishedAppendix

    type Line = tuple[AgendaAppendix, Part | None]
    type ItemRow = tuple[AgendaItem, tuple[Line, ...], Announced | None]

# Whose meeting an outsider is shown where two councils meet on one day.
FIRST_COUNCIL = "sjaelland"


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
    """

    number: int
    slug: str
    kkr: str
    items: frozenset[str]
    appendices: frozenset[str]
    labels: frozenset[str]
    version: str = ""


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

    @property
    def kind(self) -> str:
        """What such a meeting is called where everybody reads, "Møde"."""
        return self.agenda.kind_of_meeting or "Møde"

    @property
    def name(self) -> str:
        """The meeting's name, "KKR-møde 22. november 2023"."""
        return f"{self.agenda.kind_of_meeting or KKR_MEETING} {self.day}"

    @property
    def notice(self) -> Announced | None:
        """What was announced of the meeting, unless this version says so itself."""
        found = self._announced_of("")
        is_told = found is not None and found.to_day == self.held_on
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
    def day(self) -> str:
        """The same in words, "22. november 2023"; a day's second meeting says so."""
        return meeting_day(self.slug, self.held_on)

    @cached_property
    def by_slug(self) -> Mapping[str, Part]:
        """The parts by their place in addresses."""
        return {part.appendix.slug: part for part in self.parts}

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


def own_council(seat: Membership | None) -> str:
    """Give the council whose meetings a reader is shown without asking: its slug."""
    return seat.council.slug if seat else FIRST_COUNCIL


def said_council(council_slug: str, own: str) -> str:
    """Give what addresses say of the council: nothing where everybody comes to it anyway."""
    return "" if council_slug == own == FIRST_COUNCIL else council_slug


def of_publication(
    row: Publication,
    own: str = FIRST_COUNCIL,
    *,
    newest: Publication | None = None,
    is_asked_for: bool = False,
) -> Edition:
    """Read one publication, its meeting and council loaded: one query.

    Args:
        own: the reader's council, as :func:`own_council` gives it.
        newest: the meeting's latest publication where that is another.
        is_asked_for: the address names this very version.
    """
    kkr = said_council(row.meeting.council.slug, own)
    agenda = Agenda.from_json(row.agenda)
    return Edition(
        agenda=agenda,
        parts=_parts(agenda, row.appendices.all()),
        file=row.file,
        size=row.size,
        page_count=row.page_count,
        labels=tuple(row.labels),
        numbers=row.numbers.get("packet", {}),
        reasons=tuple(row.reasons),
        at=row.published_at,
        number=row.number,
        council_slug=row.meeting.council.slug,
        slug=row.meeting.slug,
        kkr=kkr,
        sent_at=row.published_at,
        version=str(row.number) if is_asked_for else "",
        newest=_newest(newest, kkr) if newest else None,
        is_public=row.meeting.is_public,
        opens=row.meeting.opens,
        announced=tuple(map(announced, getattr(row, "announced", ()))),
    )


def _newest(row: Publication, kkr: str) -> Newest:
    """Tell of the version that holds; no query."""
    agenda = Agenda.from_json(row.agenda)
    standing = (bilag for bilag in agenda.appendices if not bilag.is_withdrawn)
    return Newest(
        number=row.number,
        slug=row.meeting.slug,
        kkr=kkr,
        items=frozenset(item.slug for item in agenda.items),
        appendices=frozenset(bilag.slug for bilag in standing),
        labels=frozenset(row.labels),
    )


def built_edition(meeting: Meeting) -> Edition | None:
    """Read the meeting's latest whole packet: two queries; None if there is none."""
    packet = _packets(meeting).filter(state=PacketState.BUILT).first()
    return of_packet(packet, meeting, packet.parts.all()) if packet else None


def _packets(meeting: Meeting) -> QuerySet[Any]:
    """The meeting's packets, newest first, with what they are to the public.

    ``published_as`` is the number of the publication that is this very packet and
    ``sent_at`` its time, else NULL; ``published_digest`` is of what everybody reads now,
    NULL before the first time.
    """
    sent = Publication.objects.filter(meeting=meeting).order_by("-number")
    own = sent.filter(packet=OuterRef("pk"))
    return Packet.objects.filter(meeting=meeting).annotate(
        published_as=Subquery(own.values("number")[:1]),
        sent_at=Subquery(own.values("published_at")[:1]),
        published_digest=Subquery(sent.values("packet__digest")[:1]),
    )


def latest_packets(meeting: Meeting) -> tuple[Any, ...]:
    """Give the latest built packet and the newest of all: none, one or two. 1 query."""
    rows = _packets(meeting)
    built = rows.filter(state=PacketState.BUILT).values("pk")[:1]
    newest = rows.values("pk")[:1]
    return tuple(rows.filter(Q(pk__in=built) | Q(pk__in=newest)))


def parts_of(packets: Iterable[Packet], page: str = "") -> list[PacketPart]:
    """Give the parts of some packets, in order: one query.

    Documents are large: only that of the appendix which holds ``page`` is fetched.
    """
    rows = PacketPart.objects.filter(packet__in=[packet.pk for packet in packets])
    here = Q(labels__contains=[page])
    text = Case(
        When(here, then=F("document")), default=Value(""), output_field=TextField()
    )
    found = rows.defer("document").annotate(text=text)
    for part in found:
        part.document = part.text
    return list(found)


def running_packet(meeting: Meeting) -> Packet | None:
    """Give the build that somebody waits for."""
    running = (PacketState.QUEUED, PacketState.BUILDING)
    return meeting.packets.filter(state__in=running).first()


def of_packet_row(packet: Packet, meeting: Meeting) -> Edition:
    """Read one built packet, whichever it is: two queries."""
    row = _packets(meeting).get(pk=packet.pk)
    return of_packet(row, meeting, row.parts.all())


def of_packet(packet: Any, meeting: Meeting, parts: Iterable[PacketPart]) -> Edition:
    """Read one built packet of those that :func:`latest_packets` gave; no query."""
    agenda = Agenda.from_json(packet.contents)
    return Edition(
        agenda=agenda,
        parts=_parts(agenda, parts),
        file=packet.file,
        size=packet.size,
        page_count=packet.page_count,
        labels=tuple(packet.labels),
        numbers=packet.numbers.get("packet", {}),
        reasons=tuple(packet.reasons),
        at=packet.built_at or packet.asked_at,
        number=packet.published_as or 0,
        sent_at=packet.sent_at,
        is_as_published=packet.digest == packet.published_digest,
        council_slug=meeting.council.slug,
        slug=meeting.slug,
        kkr=said_council(meeting.council.slug, meeting.council.slug),
    )


def _parts(
    agenda: Agenda, rows: Iterable[PublishedAppendix | PacketPart]
) -> tuple[Part, ...]:
    """Put each row beside its appendix; the contents page has none.

    Raises:
        LookupError: the agenda has no such appendix.
    """
    known = {b.slug: (b, item) for item in agenda.items for b in item.appendices}
    kind = PartKind.CONTENTS
    own = [row for row in rows if getattr(row, "kind", "") != kind]
    if missing := [row.slug for row in own if row.slug not in known]:
        raise LookupError(f"no appendix in the agenda is called {missing}")
    return tuple(_part(row, *known[row.slug]) for row in own)


def _part(
    row: PublishedAppendix | PacketPart, appendix: AgendaAppendix, item: AgendaItem
) -> Part:
    return Part(
        appendix=appendix,
        item=item,
        first_page=row.first_page,
        last_page=row.last_page,
        own_pages=row.own_pages,
        file=row.file,
        size=row.size,
        document=row.document,
        labels=tuple(row.labels),
        own_labels=tuple(row.own_labels),
        pages=row.pages,
    )


def picture(edition: Edition, page: int, begins: str = "") -> PagePicture | None:
    """Give the picture of a page, if the worker has made it already: one query.

    Args:
        begins: what the picture's name begins with, as the page that shows it said. Of
            editors that may be a packet which another has followed since.
    """
    if not begins or edition.is_published:
        return PagePicture.objects.filter(of=edition.file, page=page).first()
    own = Packet.objects.filter(
        meeting__slug=edition.slug, meeting__council__slug=edition.council_slug
    )
    rows = PagePicture.objects.filter(page=page, of__in=own.values("file"))
    return rows.filter(file__startswith=begins).first()
