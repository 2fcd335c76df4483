"""Read: all that goes into a packet, as of one moment."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import connection, transaction

from core.jobs import HopelessError
from documents import codec, pieces
from documents.sources import source
from meetings.agenda import Agenda
from meetings.models import Appendix, Publication
from meetings.packets.marks import sent_before, version_before
from meetings.rows import read_agenda

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
    """An agenda and the documents of its generated appendices, by the appendix's pk.

    ``before`` is the sent version that changes are marked against.
    """

    agenda: Agenda
    documents: Mapping[int, Document]
    sent: SentNumbers
    before: SentBefore


def read(meeting_pk: int) -> Reading:
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
        sent = _sent(meeting_pk)
        documents = {pk: document for pk, (document, _) in formed.items()}
        made_of = {pk: words for pk, (_, words) in formed.items()}
        whole = _with_digests(agenda, documents, made_of)
        before = sent_before(meeting_pk, whole)
    return Reading(whole, documents, sent, before)


def read_sent(publication: Publication) -> Reading:
    """Read a sent version as it was read for building: from what is stored of it alone.

    Raises:
        LookupError: the data of an appendix that was formed from records is not stored.
    """
    agenda = Agenda.from_json(publication.agenda)
    rows = publication.appendices.exclude(document="")
    stored = dict(rows.values_list("slug", "document"))
    documents: dict[int, Document] = {
        appendix.pk: codec.loads(stored[appendix.slug])
        for appendix in agenda.appendices
        if appendix.is_generated and not appendix.is_withdrawn
    }
    numbers = _sent(publication.meeting_id, before=publication.number)
    before = version_before(publication)
    return Reading(agenda, documents, numbers, before)


def _sent(meeting_pk: int, before: int | None = None) -> SentNumbers:
    """Give the numbers that were sent, by the version before another where one is given."""
    latest = Publication.objects.filter(meeting=meeting_pk).order_by("-number")
    if before is not None:
        latest = latest.filter(number__lt=before)
    numbers = latest.values_list("numbers", flat=True).first() or {}
    return SentNumbers(numbers.get("packet", {}), numbers.get("own", {}))


def _form(row: Appendix) -> tuple[Document, str]:
    try:
        entry = source(row.source)
        document = entry.build(row.options)
    except LookupError as error:
        raise HopelessError(f"{row.label} kan ikke dannes: {error}") from error
    return document, entry.made_of(document)


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
