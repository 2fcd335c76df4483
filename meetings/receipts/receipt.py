"""The receipt of a sent version: what was sent, when, by whom, and its checksums.

All of it is read from the publication; a receipt is the same each time it is asked for.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from documents.numbering import all_spans
from documents.tools import NAMES
from meetings.agenda import digest
from meetings.choices import PaperKind
from meetings.models import Publication
from meetings.packets.approved import approved_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from meetings.editions.edition import Edition, Part
    from meetings.packets.approved import Approved

SCHEMA: Final = 1
_MADE_BESIDES: Final = {
    PaperKind.AGENDA: "agenda-file",
    PaperKind.WHOLE: "whole-file",
    PaperKind.BUNDLE: "bundle",
}
_GROUP: Final = 4
_SHA_256: Final = 64


def grouped(checksum: str) -> str:
    """Give a checksum as it is compared by eye: "2589 e667 52e9 …"."""
    starts = range(0, len(checksum), _GROUP)
    return " ".join(checksum[at : at + _GROUP] for at in starts)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was sent; ``checksum`` is its SHA-256, ``size`` in bytes.

    Attributes:
        label: "2.1 Bilag 3"; "Bilagspakken" of the whole.
        pages: what its pages are called in the packet, "2–21".
        place: in addresses; "" of the whole packet. Of what is made besides it is the
            name of the route that it is fetched from.
        document: SHA-256 of the data it was formed from; "" for a file from outside.
        is_closed: it is withdrawn, and nobody reads it any more.
    """

    label: str
    title: str
    pages: str
    page_count: int
    size: int
    checksum: str
    place: str = ""
    document: str = ""
    is_closed: bool = False

    @property
    def shown(self) -> str:
        """The checksum in groups of four."""
        return grouped(self.checksum)


@dataclass(frozen=True, slots=True)
class SentVersion:
    """One version of the meeting in a list; addresses lead to it."""

    number: int
    sent_at: datetime
    page_count: int
    slug: str
    kkr: str

    @property
    def version(self) -> str:
        """Addresses lead to this very version."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was sent as one version.

    Attributes:
        sent_by: the name of who pressed the button.
        papers: the agenda, and the file of agenda and appendices; none of a closed packet.
        bundle: the zip with all of it; None until it is made.
        snapshot: SHA-256 of the agenda as it is stored, whatever the code reads of it.
        tools: what it was made with (``documents.tools``); empty where that is unknown.
        versions: all that were sent of the meeting, the newest first.
        approved: by whose word it was sent; None where that is unknown, or
            ``unapproved_because`` says why it was sent without.
    """

    edition: Edition
    sent_by: str
    packet: SentFile
    parts: tuple[SentFile, ...]
    papers: tuple[SentFile, ...]
    bundle: SentFile | None
    snapshot: str
    tools: Mapping[str, str]
    versions: tuple[SentVersion, ...]
    approved: Approved | None = None
    unapproved_because: str = ""

    @property
    def snapshot_shown(self) -> str:
        """The checksum of the agenda in groups of four."""
        return grouped(self.snapshot)

    @property
    def tool_lines(self) -> Iterator[tuple[str, str]]:
        """The tools as they are read: Danish name, and version or checksum."""
        for key, name in NAMES.items():
            if value := self.tools.get(key):
                yield name, grouped(value) if len(value) == _SHA_256 else value

    def to_json(self, *, is_inside: bool = False) -> dict[str, Any]:
        """Give the receipt as a JSON object; keys are never renamed within a schema.

        Args:
            is_inside: it lies in the zip, whose checksum it cannot know.
        """
        edition = self.edition
        bundle = None if is_inside else self.bundle
        return {
            "type": "receipt",
            "schema": SCHEMA,
            "council": edition.agenda.council,
            "meeting": edition.slug,
            "version": edition.number,
            **({"packet_is": "closed"} if edition.volume else {}),
            "sent_at": timezone.localtime(edition.sent_at).isoformat(),
            "sent_by": self.sent_by,
            **self._why(),
            "snapshot_sha256": self.snapshot,
            "packet": _as_json(self.packet),
            "parts": [_as_json(part) for part in self.parts],
            "documents": [_as_json(paper) for paper in self.papers],
            **({"bundle": _as_json(bundle)} if bundle else {}),
            "made_with": dict(self.tools),
        }

    def _why(self) -> dict[str, Any]:
        """Give why it was sent, and by whose word; a key only where it is known."""
        found: dict[str, Any] = {}
        if self.edition.reason:
            found["reason"] = self.edition.reason
        if self.approved is not None:
            at = timezone.localtime(self.approved.moment).isoformat()
            found["approved"] = {"by": self.approved.who, "at": at}
        if self.unapproved_because:
            found["sent_without_approval_because"] = self.unapproved_because
        return found


def _as_json(file: SentFile) -> dict[str, Any]:
    found = {
        "label": file.label,
        "title": file.title,
        "pages": file.pages,
        "page_count": file.page_count,
        "bytes": file.size,
        "sha256": file.checksum,
    }
    return found | ({"document_sha256": file.document} if file.document else {})


def receipt_of(edition: Edition, user: object) -> Receipt:
    """Give the receipt of a sent version that the reader has found: one query.

    Raises:
        LookupError: it was not sent.
    """
    rows = Publication.objects.visible_to(user).filter(
        meeting__slug=edition.slug, meeting__council__slug=edition.council_slug
    )
    found = {row.number: row for row in rows.defer("numbers", "labels")}
    own = found.get(edition.number)
    if own is None:
        msg = f"version {edition.number} of {edition.slug} was not sent"
        raise LookupError(msg)
    versions = (_version(found[number], edition) for number in sorted(found)[::-1])
    return replace(receipt_for(edition, own), versions=tuple(versions))


def receipt_for(edition: Edition, own: Publication) -> Receipt:
    """Give the receipt of one publication, without the others; no query.

    Args:
        edition: read of ``own``; its ``papers`` are listed too.
    """
    *papers, bundle = (_paper(edition, kind) for kind in _MADE_BESIDES)
    return Receipt(
        edition=edition,
        sent_by=own.published_by,
        packet=SentFile(
            label="Den lukkede pakke" if edition.volume else "Bilagspakken",
            title=f"{'Den lukkede pakke' if edition.volume else 'Bilagspakken'}, {edition.day}",
            pages=_pages(edition),
            page_count=edition.page_count,
            size=edition.size,
            checksum=edition.file,
        ),
        parts=_files(edition, own),
        papers=tuple(filter(None, papers)),
        bundle=bundle,
        snapshot=digest(_agenda(own, edition)),
        tools=own.made_with,
        versions=(),
        approved=approved_of(own.approved),
        unapproved_because=own.unapproved_because,
    )


def _paper(edition: Edition, kind: PaperKind) -> SentFile | None:
    """Give what is made besides the packet; None where it is not, or is not the packet's."""
    made = None if edition.volume else edition.papers.get(kind)
    if made is None:
        return None
    return SentFile(
        label=kind.label,
        title=f"{kind.label}, {edition.day}",
        pages="",
        page_count=made["pages"],
        size=made["size"],
        checksum=made["file"],
        place=_MADE_BESIDES[kind],
    )


def _agenda(row: Publication, edition: Edition) -> Any:
    """Give the agenda as it is stored with the packet."""
    return row.closed.agenda if edition.volume else row.agenda


def _pages(edition: Edition) -> str:
    if edition.volume:
        return all_spans(edition.labels)
    return f"1–{edition.page_count}" if edition.page_count > 1 else "1"


def _files(edition: Edition, row: Publication) -> tuple[SentFile, ...]:
    """Give all that lies in the packet, in order; of what is closed no title or data."""
    parts = sorted((*edition.parts, *edition.taken), key=lambda p: p.first_page)
    if not edition.taken:
        return tuple(_sent_file(part, part.document) for part in parts)
    # A receipt stays whole: the checksum of data that is taken down tells nothing.
    rows: Any = row.closed if edition.volume else row
    known = dict(rows.appendices.values_list("slug", "document"))
    return tuple(_sent_file(part, known[part.appendix.slug]) for part in parts)


def _sent_file(part: Part, document: str) -> SentFile:
    return SentFile(
        label=part.appendix.label,
        title=part.appendix.title,
        pages=part.span,
        page_count=part.own_pages,
        size=part.size,
        checksum=part.file,
        place="" if part.appendix.is_withdrawn else part.appendix.slug,
        is_closed=part.appendix.is_withdrawn,
        document=hashlib.sha256(document.encode()).hexdigest() if document else "",
    )


def _version(row: Publication, edition: Edition) -> SentVersion:
    return SentVersion(
        row.number, row.published_at, row.page_count, edition.slug, edition.kkr
    )
