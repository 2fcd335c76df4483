"""Store: the whole packet becomes the latest one in a single transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core import clock, faults
from core.jobs import app
from documents import codec
from meetings.choices import PacketState
from meetings.closed.volumes import Stored
from meetings.models import Appendix, Packet
from meetings.packets.building.layout import CONTENTS_KEY
from meetings.packets.building.plan import STOPPABLE, StoppedError, note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.parts import Joined
    from meetings.agenda import Agenda
    from meetings.packets.building.joining import JoinedPacket, StoredFile
    from meetings.packets.building.layout import Laid, Layout
    from meetings.packets.building.plan import PlannedVolume
    from meetings.packets.building.reading import Reading


@dataclass(frozen=True, slots=True)
class DoneVolume:
    """One packet, planned, laid out and in storage."""

    planned: PlannedVolume
    layout: Layout
    joined: JoinedPacket


@transaction.atomic
def finish(packet: Packet, agenda: Agenda, done: Sequence[DoneVolume]) -> None:
    """Say that the packet is built, with the jobs that make its page pictures.

    Args:
        agenda: the whole one.
        done: the open packet, and the closed one where there is any.

    Raises:
        StoppedError: somebody pressed "Stop" in the last moment.
    """
    still = Packet.objects.select_for_update().filter(pk=packet.pk, state__in=STOPPABLE)
    if not still.exists():
        raise StoppedError
    for volume in done:
        _note_volume(volume)
    opened, *closed = done
    _note_whole(packet, opened)
    packet.closed = _closed(agenda, closed[0]).to_json() if closed else {}
    packet.save()
    # Pictures can wait; whoever waits for a packet cannot.
    pictures = app.configure_task("documents.make_pictures", priority=-1)
    for volume in done:
        pictures.defer(name=volume.joined.file.name)
    faults.reach("commit")


def _note_volume(done: DoneVolume) -> None:
    layout, pages = done.layout, done.layout.contents.page_count
    labels = layout.numbering.of[CONTENTS_KEY]
    note(
        done.planned.contents,
        first_page=1,
        last_page=pages,
        own_pages=pages,
        labels=list(labels),
    )
    for laid, own_file in zip(layout.parts, done.joined.own_files, strict=True):
        _note_part(laid, own_file)
        _note_first_digest(laid)


def _note_part(laid: Laid, own_file: StoredFile) -> None:
    made, planned = laid.made, laid.made.planned
    note(
        planned.row,
        first_page=laid.first,
        last_page=laid.last,
        file=own_file.name,
        size=own_file.size,
        document=codec.dumps(planned.document) if planned.document else "",
        labels=list(laid.numbers),
        pages={
            key: laid.numbers[laid.separator + page - 1]
            for key, page in made.starts.items()
        },
        own_labels=list(made.numbering.labels),
    )


def _note_first_digest(laid: Laid) -> None:
    """Save the appendix from looking stale where no job has worked out its hash yet.

    A hash that is there may be newer than this reading, and stays.
    """
    appendix = laid.made.planned.appendix
    if appendix.is_generated:
        unknown = Appendix.objects.filter(pk=appendix.pk, digest="")
        unknown.update(digest=appendix.digest, made_of=appendix.made_of)


def _closed(agenda: Agenda, done: DoneVolume) -> Stored:
    """Give the closed packet as the open one's row keeps it."""
    joined, file = done.joined.joined, done.joined.file
    return Stored(
        agenda=agenda.to_json(),
        file=file.name,
        size=file.size,
        page_count=joined.page_count,
        labels=list(joined.labels),
        numbers=_numbers(done.planned.reading, done.layout),
        reasons=_reasons(joined),
    )


def _reasons(joined: Joined) -> list[dict[str, str]]:
    return [{"label": reason.label, "text": reason.text} for reason in joined.reasons]


def _note_whole(packet: Packet, opened: DoneVolume) -> None:
    reading, layout = opened.planned.reading, opened.layout
    done = opened.joined
    silent = sum(
        laid.made.page_count
        for laid in layout.parts
        if laid.made.foreign is not None and not laid.made.foreign.is_tagged
    )
    packet.contents = reading.agenda.to_json()
    packet.file, packet.size = done.file.name, done.file.size
    packet.page_count = done.joined.page_count
    packet.accessible_pages = packet.page_count - silent
    packet.labels = list(done.joined.labels)
    packet.numbers = _numbers(reading, layout)
    packet.reasons = _reasons(done.joined)
    packet.state = PacketState.BUILT
    packet.built_at = clock.now()


def _numbers(reading: Reading, layout: Layout) -> dict[str, Any]:
    """Give every page number that was ever given, this packet's with them."""
    own = {
        laid.made.planned.prefix: dict(laid.made.numbering.given)
        for laid in layout.parts
    }
    return {
        "packet": dict(layout.numbering.given),
        "own": {**reading.sent.own, **own},
    }
