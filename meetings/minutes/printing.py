"""Agenda and minutes as PDF/UA: one document by itself, kept by what was printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from documents import codec, pieces
from documents.fonts import fonts_folder
from documents.foreign import path_of
from documents.joining.packet import join_part
from documents.parts import Part, Piece
from documents.printing import paper
from documents.storage import keep
from meetings.choices import PaperKind
from meetings.closed.volumes import CLOSED
from meetings.models import Paper
from meetings.packets.building.joining import meeting_words

if TYPE_CHECKING:
    from documents.tree import Document
    from meetings.agenda import Agenda
    from meetings.editions.edition import Edition
    from meetings.models import Meeting, Packet


def digest_of(document: Document, agenda: Agenda) -> str:
    """Give the hash of all that printing a document depends on; no query."""
    around = (meeting_words(agenda), agenda.note)
    return codec.digest(document, *around, paper.fingerprint())


def printed(
    meeting: Meeting,
    document: Document,
    agenda: Agenda,
    kind: PaperKind = PaperKind.MINUTES,
) -> Paper | None:
    """Give the print of minutes, open or closed, if it is made already: one query."""
    digest = digest_of(document, agenda)
    return Paper.objects.filter(meeting=meeting, kind=kind, digest=digest).first()


def papers_of(edition: Edition) -> dict[str, Paper]:
    """Give what is printed of an edition besides its packet, by kind: one query."""
    rows = Paper.objects.filter(
        packet__file=edition.file,
        meeting__slug=edition.slug,
        meeting__council__slug=edition.council_slug,
    )
    return {row.kind: row for row in rows.order_by("pk")}


def print_minutes(
    meeting: Meeting,
    document: Document,
    agenda: Agenda,
    kind: PaperKind = PaperKind.MINUTES,
) -> Paper:
    """Print a meeting's minutes, open or closed, or give the print that is there."""
    found = printed(meeting, document, agenda, kind)
    if found is not None:
        return found
    warning = CLOSED.warning if kind == PaperKind.CLOSED else ""
    values = _values(document, agenda, warning)
    row, _ = Paper.objects.get_or_create(
        meeting=meeting,
        kind=kind,
        digest=values.pop("digest"),
        defaults=values,
    )
    return row


def print_agenda(packet: Packet, document: Document, agenda: Agenda) -> Paper:
    """Print the agenda of a built packet, once."""
    kind = PaperKind.AGENDA
    found = Paper.objects.filter(packet=packet, kind=kind).first()
    if found is not None:
        return found
    row, _ = Paper.objects.get_or_create(
        packet=packet,
        kind=kind,
        defaults={"meeting_id": packet.meeting_id, **_values(document, agenda)},
    )
    return row


def _values(document: Document, agenda: Agenda, warning: str = "") -> dict[str, object]:
    """Print a document and keep it; ``warning`` stands in the example line's stead at the foot."""
    left = meeting_words(agenda)
    made = pieces.make(document)
    part = Part(
        kind="own",
        label=document.title,
        title=document.title,
        prefix=document.key.replace(":", "-"),
        left=left,
        foot=warning or agenda.note,
        pieces=tuple(
            Piece(path_of(piece.file), piece.depth, piece.heading, piece.anchor)
            for piece in made
        ),
    )
    content = join_part(
        part,
        title=f"{document.title}, {left}",
        fonts=fonts_folder(),
        words=f"{document.title}, side",
    )
    return {
        "document": codec.dumps(document),
        "digest": digest_of(document, agenda),
        "file": keep(ContentFile(content)),
        "size": len(content),
        "page_count": sum(piece.page_count for piece in made),
    }
