"""Join: one tagged PDF of all parts, and each appendix as a file of its own."""

from __future__ import annotations

import logging
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, TypedDict

from django.core.files.base import ContentFile

from core import faults, formats
from core.jobs import HopelessError
from documents.fonts import fonts_folder
from documents.foreign import path_of
from documents.joining import packet as pdf
from documents.parts import Part, Piece, UnjoinableError
from documents.storage import files, forget_damaged, keep, keep_path
from meetings.choices import JoinState, MakeState
from meetings.models import Packet, PacketPart
from meetings.packets.building.making import UNUSABLE
from meetings.packets.building.plan import go_on, note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from documents.parts import Joined
    from documents.pieces import MadePiece
    from meetings.agenda import Agenda
    from meetings.packets.building.layout import Laid, Layout
    from meetings.packets.building.reading import Reading

log = logging.getLogger(__name__)

TELL_SECONDS: Final = 0.25
CLOSED_LEAD: Final = "Lukket · "


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in storage; ``size`` in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class JoinedPacket:
    """The packet in storage; ``own_files`` holds each appendix by itself, in order."""

    joined: Joined
    file: StoredFile
    own_files: tuple[StoredFile, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """A document that stands before the packet in one file with it: its agenda.

    Attributes:
        title: "Dagsorden"; ``letter`` begins its pages' numbers, "D1".
    """

    title: str
    letter: str
    pieces: tuple[MadePiece, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """What its pages are called."""
        pages = sum(piece.page_count for piece in self.pieces)
        return tuple(f"{self.letter}{page}" for page in range(1, pages + 1))

    def part(self, packet: Packet, agenda: Agenda) -> Part:
        """Give it as the first part."""
        return Part(
            kind="contents",
            label=self.title,
            title=self.title,
            prefix=self.title.casefold(),
            left=meeting_words(agenda),
            foot=foot_words(packet.version, agenda),
            pieces=tuple(_piece(piece) for piece in self.pieces),
        )


class _Names(TypedDict):
    """What a separator and its bilag share."""

    label: str
    title: str
    prefix: str
    item: str


def join(
    packet: Packet, contents: PacketPart, reading: Reading, layout: Layout
) -> JoinedPacket:
    """Write the packet and keep it; nobody is told yet.

    Raises:
        StoppedError: the build is no longer wanted.
        UnjoinableError: a part's stored pages were damaged and are forgotten: the next
            try makes them anew.
        HopelessError: a file from outside cannot be put in; the text says which.
    """
    go_on(packet)
    own_files = tuple(_own_file(packet, laid) for laid in layout.parts)
    rows = [contents, *(laid.made.planned.row for laid in layout.parts)]
    told = _Told(packet, rows, skipped=int(layout.changes is not None))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "packet.pdf"
        with _naming(packet):
            joined = write(packet, reading, layout, out, on_part=told.joined)
        faults.reach("storing")
        stored = StoredFile(keep_path(out), out.stat().st_size)
    return JoinedPacket(joined, stored, own_files)


def write(
    packet: Packet,
    reading: Reading,
    layout: Layout,
    out: Path,
    *,
    on_part: Callable[[int], None] | None = None,
    front: Front | None = None,
) -> Joined:
    """Write the packet to ``out``: the same input and tools give the same bytes.

    Args:
        front: what stands before its first page, numbered apart from it.

    Raises:
        UnjoinableError: a part's stored pages cannot be read.
    """
    words = f"{front.title} og bilag" if front else reading.volume.heading
    parts, labels = _parts(packet, reading, layout), layout.numbering.labels
    if front is not None:
        parts = [front.part(packet, reading.agenda), *parts]
        labels = (*front.labels, *labels)
    return pdf.join(
        parts,
        title=f"{words}, {meeting_words(reading.agenda)}",
        fonts=fonts_folder(),
        out=out,
        labels=labels,
        on_part=on_part,
    )


def meeting_words(agenda: Agenda) -> str:
    """Give "KKR Sjælland, møde 22. november 2023", as it stands left of the stamp."""
    day = formats.long_date(date.fromisoformat(agenda.held_on))
    kind = agenda.kind_of_meeting or "møde"
    is_name = kind[1:2].isdigit()
    return f"{agenda.council}, {kind if is_name else kind.lower()} {day}"


def foot_words(version: int, agenda: Agenda) -> str:
    """Give "Version 1, 15. november 2023", as it stands at the foot of every page.

    The day is that on which the first version is to be sent, and a later one was begun.
    """
    day = agenda.version_day if version > 1 else agenda.sending_day
    if not day:
        return f"Version {version}"
    return f"Version {version}, {formats.long_date(date.fromisoformat(day))}"


def _parts(packet: Packet, reading: Reading, layout: Layout) -> list[Part]:
    agenda, volume = reading.agenda, reading.volume
    left = f"{CLOSED_LEAD * volume.is_closed}{meeting_words(agenda)}"
    foot = foot_words(packet.version, agenda)
    if volume.warning:
        foot = f"{foot}. {volume.warning}"
    parts = [
        Part(
            kind="contents",
            label="Indhold",
            title="Indholdsfortegnelse",
            prefix="indhold",
            left=left,
            foot=foot,
            pieces=(_piece(layout.contents),),
        )
    ]
    if layout.changes is not None:
        parts.append(
            Part(
                kind="contents",
                label="Ændringer",
                title=layout.changes.heading,
                prefix=layout.changes.key,
                left=left,
                foot=foot,
                pieces=(_piece(layout.changes),),
            )
        )
    for laid, sheet in zip(layout.parts, layout.separators, strict=True):
        parts += [_separator(laid, sheet, left, foot), _bilag(laid, left, foot)]
    return parts


def _separator(laid: Laid, sheet: MadePiece, left: str, foot: str) -> Part:
    return Part(
        kind="separator", left=left, foot=foot, pieces=(_piece(sheet),), **_names(laid)
    )


def _bilag(laid: Laid, left: str, foot: str) -> Part:
    made, names, numbers = laid.made, _names(laid), laid.made.numbering.labels
    if made.foreign is not None:
        sender, file = f"{_lead(laid, foot)}{_sender(laid)}", made.foreign
        return Part(kind="foreign", left=sender, foreign=file, numbers=numbers, **names)
    pieces = tuple(_piece(piece, below=1) for piece in made.pieces)
    if foot and made.marked_since:
        foot = (
            f"{foot}. Ændringer siden {made.marked_since} er vist med streg i margen."
        )
    return Part(
        kind="own",
        left=left,
        foot=foot,
        pieces=pieces,
        numbers=numbers,
        data=made.data,
        **names,
    )


def _names(laid: Laid) -> _Names:
    planned = laid.made.planned
    appendix, item = planned.appendix, planned.item
    return {
        "label": appendix.label,
        "title": f"Bilag {appendix.number}. {appendix.title}",
        "prefix": planned.prefix,
        "item": f"{item.number} {item.heading}",
    }


def _lead(laid: Laid, foot: str) -> str:
    """Give what a closed page from outside begins with, where it lies in a packet."""
    is_closed = bool(laid.made.planned.appendix.closed)
    return CLOSED_LEAD if is_closed and foot else ""


def _sender(laid: Laid) -> str:
    appendix = laid.made.planned.appendix
    return f"{appendix.sender}: {appendix.title}" if appendix.sender else appendix.title


def _piece(made: MadePiece, below: int = 0) -> Piece:
    return Piece(
        path=path_of(made.file),
        depth=made.depth + below,
        title=made.heading,
        anchor=made.anchor,
    )


@contextmanager
def _naming(packet: Packet) -> Iterator[None]:
    """Put a part that cannot be joined right where it can be, else say which it is."""
    try:
        yield
    except UnjoinableError as error:
        damaged = [path for path in error.part.paths if forget_damaged(path)]
        if damaged or not error.part.foreign:
            raise
        log.exception("%s cannot be joined", error.part.label)
        for row in packet.parts.filter(label=error.part.label):
            note(row, make=MakeState.FAILED, reason=UNUSABLE)
        msg = f"{error.part.label}: {UNUSABLE}"
        raise HopelessError(msg) from error


class _Told:
    """Writes down which parts are joined, at most a few times a second.

    Whoever waits looks no more often, and each note waits for the disk.

    Args:
        skipped: how many parts behind the contents page have no row.
    """

    def __init__(
        self, packet: Packet, rows: Sequence[PacketPart], *, skipped: int
    ) -> None:
        self._packet, self._rows, self._skipped = packet, rows, skipped
        self._new: list[int] = []
        self._at = monotonic()

    def joined(self, at: int) -> None:
        """Part 0 is the contents page; then a separator and its bilag take turns."""
        if 0 < at <= self._skipped:
            return
        at -= self._skipped if at else 0
        is_bilag = at > 0 and at % 2 == 0
        if at == 0 or is_bilag:
            self._new.append(self._rows[at // 2].pk)
        is_last = at == 2 * (len(self._rows) - 1)
        if self._new and (is_last or monotonic() - self._at >= TELL_SECONDS):
            joined = PacketPart.objects.filter(pk__in=self._new)
            joined.update(join=JoinState.JOINED)
            self._new, self._at = [], monotonic()
        if at == len(self._rows):
            faults.reach("joining")
            go_on(self._packet)


def _own_file(packet: Packet, laid: Laid) -> StoredFile:
    """Give the appendix by itself, from an earlier packet where it is the same.

    Packets of another version show other marks.
    """
    row = laid.made.planned.row
    same = PacketPart.objects.filter(
        packet__meeting=packet.meeting,
        packet__version=packet.version,
        packet__engine=packet.engine,
        digest=row.digest,
        own_labels=list(laid.made.numbering.labels),
    )
    earlier = same.exclude(file="").order_by("-pk").first()
    if earlier is not None and files().exists(earlier.file):
        return StoredFile(earlier.file, earlier.size)
    title = laid.made.planned.appendix.title
    with _naming(packet):
        content = pdf.join_part(_bilag(laid, "", ""), title=title, fonts=fonts_folder())
    return StoredFile(keep(ContentFile(content)), len(content))
