"""Read: all that goes into a packet, as of one moment."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from core.jobs import HopelessError
from documents import codec, pieces
from meetings.agenda import Agenda, contents_digest, records_digest
from meetings.closed.parting import closed_view, has_closed, open_view
from meetings.closed.volumes import CLOSED, OPEN, Volume
from meetings.models import Appendix, ClosedPublication, Meeting, Publication
from meetings.packets.marks import closed_before, sent_before, version_before
from meetings.rows import read_agenda
from meetings.written.forming import form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from documents.tree import Document
    from meetings.agenda import AgendaAppendix
    from meetings.packets.marks import SentBefore


@dataclass(frozen=True, slots=True)
class SentNumbers:
    """The page numbers that were ever sent: key → numbers.

    ``packet`` are the packet's; ``own`` those inside each appendix, by its prefix.
    """

    packet: Mapping[str, Sequence[str]]
    own: Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one packet is made of, and nothing that its readers may not read.

    Attributes:
        documents: of its generated appendices, by the appendix's pk.
        before: the sent version that changes are marked against.
        printed: hash of what both contents pages print of the whole agenda.
    """

    agenda: Agenda
    documents: Mapping[int, Document]
    sent: SentNumbers
    before: SentBefore
    volume: Volume = OPEN
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole agenda, and the packets it makes: the open one, then the closed one."""

    agenda: Agenda
    volumes: tuple[Reading, ...]


def read(meeting_pk: int) -> Whole:
    """Read the agenda and form its documents in one repeatable-read transaction.

    Raises:
        HopelessError: an appendix cannot be formed; the text says which and why.
    """
    with _one_moment():
        agenda = read_agenda(meeting_pk)
        rows = Appendix.objects.filter(
            item__section__meeting=meeting_pk, is_withdrawn=False
        ).present()
        formed = {row.pk: _form(row) for row in rows if row.is_generated}
        documents = {pk: document for pk, (document, _) in formed.items()}
        made_of = {pk: words for pk, (_, words) in formed.items()}
        whole = _with_digests(agenda, documents, made_of)
        whole = replace(whole, version_day=_version_day(meeting_pk, whole))
        return Whole(whole, tuple(_volumes(meeting_pk, whole, documents)))


def _version_day(meeting_pk: int, agenda: Agenda) -> str:
    """Give the day that a later version's pages say: of the version whose records it has."""
    latest = Publication.objects.filter(meeting=meeting_pk).order_by("-number")
    sent = latest.values("packet__digest", "agenda__version_day").first()
    if sent is not None and sent["packet__digest"] == records_digest(agenda):
        return sent["agenda__version_day"] or ""
    begun = Meeting.objects.values_list("version_on", flat=True).get(pk=meeting_pk)
    return begun.isoformat() if begun else ""


def _volumes(
    meeting_pk: int, whole: Agenda, documents: Mapping[int, Document]
) -> Iterator[Reading]:
    printed = contents_digest(whole)
    before = sent_before(meeting_pk, whole)
    agenda, sent = open_view(whole), _sent(meeting_pk)
    yield Reading(agenda, _own(agenda, documents), sent, before, OPEN, printed)
    if has_closed(whole):
        agenda, sent = closed_view(whole), _closed_sent(meeting_pk)
        own = _own(agenda, documents)
        then = closed_before(meeting_pk, before.number)
        yield Reading(agenda, own, sent, then, CLOSED, printed)


def _own(agenda: Agenda, documents: Mapping[int, Document]) -> dict[int, Document]:
    """Give the documents of a packet's own appendices."""
    pks = {bilag.pk for bilag in agenda.appendices if bilag.has_pages}
    return {pk: document for pk, document in documents.items() if pk in pks}


def read_sent(publication: Publication) -> Reading:
    """Read a sent version as it was read for building: from what is stored of it alone.

    Raises:
        LookupError: the data of an appendix that was formed from records is not stored.
    """
    agenda = Agenda.from_json(publication.agenda)
    rows = publication.appendices.exclude(document="")
    stored = dict(rows.values_list("slug", "document"))
    numbers = _sent(publication.meeting_id, before=publication.number)
    before = version_before(publication)
    return Reading(agenda, _loaded(agenda, stored), numbers, before)


def read_closed(closed: ClosedPublication) -> Reading:
    """Read the closed packet of a sent version in the same way.

    Raises:
        LookupError: as :func:`read_sent`.
    """
    sent = closed.publication
    agenda = closed_view(Agenda.from_json(closed.agenda))
    rows = closed.appendices.exclude(document="")
    stored = dict(rows.values_list("slug", "document"))
    numbers = _closed_sent(sent.meeting_id, before=sent.number)
    before = closed_before(sent.meeting_id, sent.number - 1, as_of=sent.published_at)
    return Reading(agenda, _loaded(agenda, stored), numbers, before, CLOSED)


def _loaded(agenda: Agenda, stored: Mapping[str, str]) -> dict[int, Document]:
    return {
        appendix.pk: codec.loads(stored[appendix.slug])
        for appendix in agenda.appendices
        if appendix.is_generated and appendix.has_pages
    }


def _sent(meeting_pk: int, before: int | None = None) -> SentNumbers:
    """Give the numbers that were sent, by the version before another where one is given."""
    latest = Publication.objects.filter(meeting=meeting_pk).order_by("-number")
    if before is not None:
        latest = latest.filter(number__lt=before)
    return _numbers(latest.values_list("numbers", flat=True).first())


def _closed_sent(meeting_pk: int, before: int | None = None) -> SentNumbers:
    """Give the closed packet's, by the last version that had one."""
    rows = ClosedPublication.objects.filter(publication__meeting=meeting_pk)
    if before is not None:
        rows = rows.filter(publication__number__lt=before)
    latest = rows.order_by("-publication__number")
    return _numbers(latest.values_list("numbers", flat=True).first())


def _numbers(stored: Mapping[str, Any] | None) -> SentNumbers:
    own = stored or {}
    return SentNumbers(own.get("packet", {}), own.get("own", {}))


def _form(row: Appendix) -> tuple[Document, str]:
    try:
        return form(row)
    except LookupError as error:
        raise HopelessError(f"{row.label} kan ikke dannes: {error}") from error


def _with_digests(
    agenda: Agenda, documents: Mapping[int, Document], made_of: Mapping[int, str]
) -> Agenda:
    """Put the fresh hashes in; the rows' own may wait for a job."""

    def fresh(appendix: AgendaAppendix) -> AgendaAppendix:
        if appendix.pk not in documents:
            return appendix
        digest = pieces.document_digest(documents[appendix.pk])
        return replace(appendix, digest=digest, made_of=made_of[appendix.pk])

    sections = tuple(
        replace(
            section,
            items=tuple(
                replace(item, appendices=tuple(fresh(b) for b in item.appendices))
                for item in section.items
            ),
        )
        for section in agenda.sections
    )
    return replace(agenda, sections=sections)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Let every query of the block see the same moment.

    Inside a transaction that runs already (a test's) its own view has to do.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                )
        yield
