"""Publishing: what was built becomes what everybody reads, and stays so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core import clock, search
from core.errors import RuleViolationError
from core.history import act
from core.jobs import app
from meetings.agenda import Agenda
from meetings.choices import PacketState
from meetings.models import Meeting, Packet, Publication, PublishedAppendix
from meetings.packets.state import packet_state
from meetings.search import scope_of
from meetings.services import findings, life, staleness
from meetings.services.closed import freeze_closed
from meetings.services.numbers import give_for_good
from meetings.services.subscriptions import defer_news
from meetings.services.withdrawals import refuse_again

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.checking.standing import Standing
    from meetings.packets.state import MeetingPacket


PUBLISHED: Final = "offentliggjorde mødet"
"""What the history calls it."""


def publish(meeting_pk: int, *, packet_pk: int, by: User) -> Publication:
    """Publish the packet that was read, as the version its pages say.

    The documents are formed anew to see that they still are what the packet shows: the
    hashes that pages compare may wait for a job.

    Args:
        packet_pk: the packet that the user has seen.

    Raises:
        RuleViolationError: it is not the latest, not fresh, or published already; or an
            error is not put right, or a warning has no answer.

    Source: docs/rules.md R-13.
    """
    with act(PUBLISHED, by):
        meeting = Meeting.checkout(meeting_pk)
        staleness.refresh(meeting_pk)
        packet = _publishable(meeting, packet_state(meeting), packet_pk)
        refuse_again(meeting_pk, Agenda.from_json(packet.contents))
        checked = findings.settled(meeting_pk)
        publication = _publication(meeting, packet, checked, by)
        PublishedAppendix.objects.bulk_create(_appendices(publication, packet))
        freeze_closed(publication, packet)
        give_for_good(meeting, publication.number)
        life.note_sent(meeting, by=by)
        search.changed(scope_of(meeting_pk))
        if meeting.is_public:
            defer_news(publication)
        task = app.configure_task("meetings.print_whole")
        task.defer(publication_id=publication.pk)
        return publication


def latest_built(meeting: Meeting) -> int:
    """Give the pk of the packet that could be published now; 0 where none is built."""
    built = meeting.packets.filter(state=PacketState.BUILT).order_by("-pk")
    return built.values_list("pk", flat=True).first() or 0


def why_not(state: MeetingPacket) -> str:
    """Say what keeps the latest packet from being published, "" if nothing does.

    Of changes that no job has looked at yet nothing is known; :func:`publish` looks.
    """
    if state.latest is None:
        return "Pakken er ikke bygget endnu. Byg den først."
    if state.is_stale:
        return "Pakken er forældet. Byg den igen, før du sender."
    if state.is_published:
        version = state.latest.version
        return f"Intet er ændret, siden version {version} blev sendt."
    return ""


def _publishable(meeting: Meeting, state: MeetingPacket, packet_pk: int) -> Packet:
    packet = state.latest
    if packet is not None and packet.pk != packet_pk:
        raise RuleViolationError(
            "Pakken er bygget igen, siden du åbnede siden. Se den nye, før du sender."
        )
    if (reason := why_not(state)) or packet is None:
        raise RuleViolationError(reason)
    latest = meeting.publications.first()
    number = latest.number if latest else 0
    if packet.version != number + 1:
        raise RuleViolationError(
            f"Pakken er bygget, før version {number} blev sendt. Byg den igen."
        )
    return packet


def _publication(
    meeting: Meeting, packet: Packet, checked: Standing, by: User
) -> Publication:
    return Publication.objects.create(
        meeting=meeting,
        number=packet.version,
        packet=packet,
        published_at=clock.now(),
        published_by=str(by),
        agenda=packet.contents,
        file=packet.file,
        size=packet.size,
        page_count=packet.page_count,
        labels=packet.labels,
        numbers=packet.numbers,
        reasons=packet.reasons,
        findings=checked.to_json(),
        made_with=packet.made_with,
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
            labels=part.labels,
            pages=part.pages,
            own_labels=part.own_labels,
        )
        for part in packet.parts.exclude(appendix_key="").filter(is_closed=False)
    ]
