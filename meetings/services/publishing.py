"""Publishing: what was built becomes what everybody reads, and stays so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from accounts.choices import Role
from core import clock, search
from core.errors import RuleViolationError
from core.history import act
from core.jobs import app
from meetings.choices import PacketState
from meetings.models import Meeting, Packet, Publication, PublishedAppendix
from meetings.packets.state import packet_state
from meetings.search import scope_of
from meetings.services import findings, life, post, staleness
from meetings.services.closed import freeze_closed, refuse_closed_names
from meetings.services.life import StepRefusedError
from meetings.services.numbers import give_for_good
from meetings.services.sent_data import keep_data, refuse_taken_data
from meetings.services.sent_records import keep_records
from meetings.services.subscriptions import defer_news
from meetings.services.withdrawals import refuse_again

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.checking.standing import Standing
    from meetings.packets.state import MeetingPacket


PUBLISHED: Final = "sendte mødet"
"""What the history calls it."""


def publish(
    meeting_pk: int, *, packet_pk: int, unapproved_because: str = "", by: User
) -> Publication:
    """Publish the packet that was read, as the version its pages say.

    The documents are formed anew to see that they still are what the packet shows: the
    hashes that pages compare may wait for a job.

    Args:
        packet_pk: the packet that the user has seen.
        unapproved_because: why it is sent without the chairman's word; "" where it has
            that, and then it is not kept.

    Raises:
        RuleViolationError: it is not the latest, not fresh, or published already; or an
            error is not put right, or a warning has no answer.
        StepRefusedError: the chairman or a deputy has not approved just this packet, and
            there is no reason to send it without, or it is not the head's.

    Source: docs/rules.md R-13, R-50.
    """
    with act(PUBLISHED, by):
        meeting = Meeting.checkout(meeting_pk)
        staleness.refresh(meeting_pk)
        state = packet_state(meeting)
        packet = _publishable(meeting, state, packet_pk)
        refuse_again(packet)
        refuse_taken_data(packet)
        checked = findings.settled(meeting_pk)
        because = _approved_or_because(state, meeting, unapproved_because, by)
        refuse_closed_names(meeting_pk, f"{meeting.revision_reason} {because}")
        publication = _publication(meeting, packet, checked, by, _word(state, because))
        sent = PublishedAppendix.objects.bulk_create(_appendices(publication, packet))
        keep_records(sent)
        keep_data(sent, packet)
        freeze_closed(publication, packet)
        give_for_good(meeting, publication.number)
        life.note_sent(meeting, by=by)
        search.changed(scope_of(meeting_pk))
        if meeting.is_public:
            defer_news(publication)
        post.write_sent(publication, by=by)
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
    # What was down when the version was begun may be up again.
    if meeting.is_revising and not (meeting.is_off or life.may_have_version(meeting)):
        raise RuleViolationError(life.OVER)
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


def _approved_or_because(
    state: MeetingPacket, meeting: Meeting, because: str, by: User
) -> str:
    """Give why a packet is sent without the chairman's word; "" where it has it.

    Raises:
        StepRefusedError: it has not, and nobody who may has said why it is sent.
    """
    missing = state.not_approved
    if missing is None:
        return ""
    if not because.strip():
        raise StepRefusedError(missing.text, (missing,))
    seats = by.memberships.filter(council=meeting.council_id, role=Role.CHIEF)
    if not seats.exists():
        words = "Kun sekretariatschefen kan sende uden formandens godkendelse."
        raise StepRefusedError(words, (missing,))
    return because.strip()


def _word(state: MeetingPacket, because: str) -> dict[str, Any]:
    """Give by whose word a packet is sent, as it is stored with the version."""
    approved = {} if state.approval is None else state.approval.to_json()
    return {"approved": approved, "unapproved_because": because}


def _publication(
    meeting: Meeting, packet: Packet, checked: Standing, by: User, word: dict[str, Any]
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
        reason=meeting.revision_reason,
        **word,
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
