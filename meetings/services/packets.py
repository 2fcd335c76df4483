"""Asking for a packet, and stopping one. The work itself is a job's."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from accounts.models import User
from core import formats
from core.errors import RuleViolationError
from core.jobs import app
from meetings.choices import PacketState
from meetings.models import Meeting, Packet

RUNNING = (PacketState.QUEUED, PacketState.BUILDING)
BUILDS_A_USER: Final = 2
"""So many packets of a council one user may wait for at a time."""
TOO_MANY: Final = (
    "Du venter allerede på {count} pakker: {names}. "
    "Vent, til en af dem er bygget, eller stop den."
)


@transaction.atomic
def ask_for_packet(meeting_pk: int, *, by: User) -> Packet:
    """Have the meeting's packet built; a second press joins the running build.

    Returns:
        The packet that is waited for; its job is written in the same transaction.

    Raises:
        RuleViolationError: the user waits for as many as one may.
    """
    meeting = Meeting.checkout(meeting_pk)
    running = meeting.packets.filter(state__in=RUNNING).first()
    if running is not None:
        return running
    _refuse_many(meeting, by)
    packet = Packet.objects.create(meeting=meeting, asked_by=str(by))
    task = app.configure_task("meetings.build_packet", lock=f"packet-{packet.pk}")
    task.defer(packet_id=packet.pk)
    return packet


def _refuse_many(meeting: Meeting, by: User) -> None:
    """Refuse one more build than a user may wait for; two presses are counted in turn.

    Source: docs/rules.md R-130.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    waiting = Packet.objects.filter(state__in=RUNNING, asked_by=str(by))
    rows = waiting.filter(meeting__council=meeting.council_id).select_related("meeting")
    if len(rows) >= BUILDS_A_USER:
        names = formats.listed([str(row.meeting) for row in rows])
        raise RuleViolationError(TOO_MANY.format(count=len(rows), names=names))


@transaction.atomic
def stop_packet(packet_pk: int, *, by: User) -> None:
    """Stop a build after the part it works on; what is made stays for the next one."""
    running = Packet.objects.select_for_update().filter(pk=packet_pk, state__in=RUNNING)
    running.update(state=PacketState.STOPPED, stopped_by=str(by))
