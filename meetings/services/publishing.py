"""Publishing: what was built becomes what everybody reads, and stays so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import clock
from core.errors import RuleViolationError
from core.history import act
from meetings.models import Meeting, Packet, Publication, PublishedAppendix
from meetings.state import packet_state

if TYPE_CHECKING:
    from accounts.models import User


def publish(meeting_pk: int, *, by: User) -> Publication:
    """Publish the meeting's latest packet as the next version.

    Raises:
        RuleViolationError: nothing is built, or the packet is older than the records.
    """
    with act("offentliggjorde mødet", by):
        meeting = Meeting.checkout(meeting_pk)
        state = packet_state(meeting)
        if state.latest is None:
            raise RuleViolationError("Pakken er ikke bygget endnu. Byg den først.")
        if state.is_stale:
            raise RuleViolationError(
                "Pakken er forældet. Byg den igen, før du offentliggør."
            )
        publication = _publication(meeting, state.latest, by)
        PublishedAppendix.objects.bulk_create(_appendices(publication, state.latest))
        return publication


def _publication(meeting: Meeting, packet: Packet, by: User) -> Publication:
    latest = meeting.publications.order_by("-number").first()
    return Publication.objects.create(
        meeting=meeting,
        number=latest.number + 1 if latest else 1,
        packet=packet,
        published_at=clock.now(),
        published_by=str(by),
        agenda=packet.contents,
        file=packet.file,
        size=packet.size,
        page_count=packet.page_count,
        labels=packet.labels,
        reasons=packet.reasons,
    )


def _appendices(publication: Publication, packet: Packet) -> list[PublishedAppendix]:
    return [
        PublishedAppendix(
            publication=publication,
            position=part.position,
            slug=part.slug,
            label=part.label,
            first_page=part.first_page,
            last_page=part.last_page,
            own_pages=part.own_pages,
            file=part.file,
            size=part.size,
            document=part.document,
            pages=part.pages,
        )
        for part in packet.parts.exclude(appendix_key="")
    ]
