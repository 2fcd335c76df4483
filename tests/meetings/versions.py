"""Makers of a meeting that was sent twice, each time with what the test asks for."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
from django.core.files.base import ContentFile

from accounts.models import User
from documents import codec
from documents.foreign import keep_texts
from documents.models import ForeignFile
from documents.storage import keep
from meetings.models import AgendaItem, Appendix
from meetings.services import staleness
from meetings.services.publishing import publish
from tests.makers_packets import FACTS, a_begun_version, a_meeting, a_packet, settle

if TYPE_CHECKING:
    from documents.tree import Document
    from meetings.models import Meeting, Publication


def sent_once(**more: Any) -> Meeting:
    """A meeting with item 2.1, a catalogue and a letter, sent as version 1."""
    return a_begun_version(a_meeting(**more))


def sent_again(
    meeting: Meeting, document: Document | None = None, **item: str
) -> Publication:
    """Send the meeting once more.

    Args:
        document: what its catalogue prints now; as before without one.
        item: fields of item 2.1 as they are now; its process by default.
    """
    values = item or {"process": "<p>Sagen kommer igen.</p>"}
    AgendaItem.objects.filter(section__meeting=meeting, key="indspil").update(**values)
    staleness.refresh(meeting.pk)
    packet = a_packet(meeting, has_pictures=False)
    if document is not None:
        packet.parts.exclude(document="").update(document=codec.dumps(document))
    council = meeting.council.slug
    chief = User.objects.get(email=f"chief@{council}.example")
    settle(meeting, chief)
    return publish(meeting.pk, packet_pk=packet.pk, by=chief)


def letter(meeting: Meeting) -> Appendix:
    """The file from outside under item 2.1."""
    return Appendix.objects.get(item__section__meeting=meeting, key="brev-2")


def a_read_file(*pages: str, mark: str = "") -> ForeignFile:
    """A file whose pages read so; ``mark`` tells two with equal texts apart."""
    pdf, out = pikepdf.new(), io.BytesIO()
    for _ in pages:
        pdf.add_blank_page()
    pdf.docinfo["/Subject"] = f"{pages} {mark}"
    pdf.save(out, deterministic_id=True)
    name = keep(ContentFile(out.getvalue()))
    sizes = [{"width_mm": 210.0, "height_mm": 297.0, "rotate": 0} for _ in pages]
    return ForeignFile.objects.create(
        original=name,
        cleaned=name,
        text=keep_texts(pages),
        name="brev.pdf",
        size=900,
        page_count=len(pages),
        facts={**FACTS, "pages": sizes, "text": "all"},
    )


def replace_letter(meeting: Meeting, file: ForeignFile) -> None:
    """Let another file stand under item 2.1."""
    Appendix.objects.filter(pk=letter(meeting).pk).update(file=file)
