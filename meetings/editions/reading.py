"""Which edition is read: one that was sent, or for its editors the latest they built.

A sent edition is made of publication rows and of nothing else. A packet counts only
when it is built whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, OuterRef, Q, Subquery, TextField, Value, When

from documents.models import PagePicture
from meetings.agenda import Agenda
from meetings.choices import MeetingState, PacketState, PartKind
from meetings.editions.announced import announced
from meetings.editions.decided import decided_lines
from meetings.editions.edition import Edition, Newest, Part
from meetings.editions.withdrawn import withdrawals_of, without
from meetings.models import Packet, PacketPart, Publication

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from accounts.models import Membership
    from meetings.agenda import AgendaAppendix, AgendaItem
    from meetings.models import ClosedAppendix, Meeting, PublishedAppendix


# Whose meeting an outsider is shown where two councils meet on one day.
FIRST_COUNCIL = "sjaelland"


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
    withdrawn = withdrawals_of(row)
    agenda = without(Agenda.from_json(row.agenda), row.number, withdrawn)
    parts = parts_in(agenda, row.appendices.all())
    return Edition(
        agenda=agenda,
        parts=tuple(part for part in parts if not part.appendix.is_withdrawn),
        taken=tuple(map(_taken, (p for p in parts if p.appendix.is_withdrawn))),
        withdrawn=withdrawn,
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
        decided=decided_lines(getattr(row, "decided", ())),
        reason=row.reason,
        awaits_minutes=row.meeting.state == MeetingState.HELD,
        minutes_down=getattr(row, "minutes_down", False),
        may_follow=not row.meeting.is_cancelled,
        papers={each["kind"]: each for each in getattr(row, "papers", ())},
        has_data=bool(row.made_with.get("data")),
    )


def _taken(part: Part) -> Part:
    """Leave of a closed part what its receipt names."""
    return replace(part, document="", pages={})


def _newest(row: Publication, kkr: str) -> Newest:
    """Tell of the version that holds; no query."""
    withdrawn = withdrawals_of(row)
    agenda = without(Agenda.from_json(row.agenda), row.number, withdrawn)
    standing = (bilag for bilag in agenda.appendices if bilag.has_pages)
    return Newest(
        number=row.number,
        slug=row.meeting.slug,
        kkr=kkr,
        items=frozenset(item.slug for item in agenda.items),
        appendices=frozenset(bilag.slug for bilag in standing),
        labels=frozenset(row.labels),
        is_closed=any(w.is_version and w.holds_for(row.number) for w in withdrawn),
    )


def built_edition(meeting: Meeting) -> Edition | None:
    """Read the meeting's latest whole packet: two queries; None if there is none."""
    packet = packets_of(meeting).filter(state=PacketState.BUILT).first()
    return of_packet(packet, meeting, packet.parts.all()) if packet else None


def latest_built(meeting: Meeting) -> Packet | None:
    """Give the meeting's latest whole packet itself: one query."""
    built = meeting.packets.filter(state=PacketState.BUILT)
    return built.order_by("-pk").first()


def packets_of(meeting: Meeting) -> QuerySet[Any]:
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
    rows = packets_of(meeting)
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
    row = packets_of(meeting).get(pk=packet.pk)
    return of_packet(row, meeting, row.parts.all())


def of_packet(packet: Any, meeting: Meeting, parts: Iterable[PacketPart]) -> Edition:
    """Read one built packet of those that :func:`latest_packets` gave; no query."""
    agenda = Agenda.from_json(packet.contents)
    return Edition(
        agenda=agenda,
        parts=parts_in(agenda, (part for part in parts if not part.is_closed)),
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
        has_data=bool(packet.made_with.get("data")),
        # Its editors' own, whatever of it is public: no cache keeps what may be closed.
        is_public=False,
    )


def parts_in(
    agenda: Agenda, rows: Iterable[PublishedAppendix | ClosedAppendix | PacketPart]
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
    row: PublishedAppendix | ClosedAppendix | PacketPart,
    appendix: AgendaAppendix,
    item: AgendaItem,
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
    if not begins or edition.is_published or edition.volume:
        return PagePicture.objects.filter(of=edition.file, page=page).first()
    own = Packet.objects.filter(
        meeting__slug=edition.slug, meeting__council__slug=edition.council_slug
    )
    rows = PagePicture.objects.filter(page=page, of__in=own.values("file"))
    return rows.filter(file__startswith=begins).first()
