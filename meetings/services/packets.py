"""Asking for a packet, and stopping one. The work itself is a job's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core.jobs import app
from meetings.choices import PacketState
from meetings.models import Meeting, Packet

if TYPE_CHECKING:
    from accounts.models import User

RUNNING = (PacketState.QUEUED, PacketState.BUILDING)


@transaction.atomic
def ask_for_packet(meeting_pk: int, *, by: User) -> Packet:
    """Have the meeting's packet built; a second press joins the running build.

    Returns:
        The packet that is waited for; its job is written in the same transaction.
    """
    meeting = Meeting.checkout(meeting_pk)
    running = meeting.packets.filter(state__in=RUNNING).first()
    if running is not None:
        return running
    packet = Packet.objects.create(meeting=meeting, asked_by=str(by))
    task = app.configure_task("meetings.build_packet", lock=f"packet-{packet.pk}")
    task.defer(packet_id=packet.pk)
    return packet


@transaction.atomic
def stop_packet(packet_pk: int, *, by: User) -> None:
    """Stop a build after the part it works on; what is made stays for the next one."""
    running = Packet.objects.select_for_update().filter(pk=packet_pk, state__in=RUNNING)
    running.update(state=PacketState.STOPPED, stopped_by=str(by))
