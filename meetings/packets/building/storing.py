"""Store: the whole packet becomes the latest one in a single transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from core import clock, faults
from core.jobs import app
from documents import codec
from meetings.choices import PacketState
from meetings.models import Appendix, Packet, PacketPart
from meetings.packets.building.layout import CONTENTS_KEY
from meetings.packets.building.plan import STOPPABLE, StoppedError, note

if TYPE_CHECKING:
    from meetings.packets.building.joining import JoinedPacket, StoredFile
    from meetings.packets.building.layout import Laid, Layout
    from meetings.packets.building.reading import Reading


@transaction.atomic
def finish(
    packet: Packet,
    contents: PacketPart,
    reading: Reading,
    layout: Layout,
    done: JoinedPacket,
) -> None:
    """Say that the packet is built, with the job that makes its page pictures.

    Raises:
        StoppedError: somebody pressed "Stop" in the last moment.
    """
    still = Packet.objects.select_for_update().filter(pk=packet.pk, state__in=STOPPABLE)
    if not still.exists():
        raise StoppedError
    pages = layout.contents.page_count
    labels = layout.numbering.of[CONTENTS_KEY]
    note(
        contents,
        first_page=1,
        last_page=pages,
        own_pages=pages,
        labels=list(labels),
    )
    for laid, own_file in zip(layout.parts, done.own_files, strict=True):
        _note_part(laid, own_file)
        _note_first_digest(laid)
    _note_whole(packet, reading, layout, done)
    # Pictures can wait; whoever waits for a packet cannot.
    pictures = app.configure_task("documents.make_pictures", priority=-1)
    pictures.defer(name=done.file.name)
    faults.reach("commit")


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


def _note_whole(
    packet: Packet, reading: Reading, layout: Layout, done: JoinedPacket
) -> None:
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
    packet.reasons = [
        {"label": reason.label, "text": reason.text} for reason in done.joined.reasons
    ]
    packet.state = PacketState.BUILT
    packet.built_at = clock.now()
    packet.save()


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
