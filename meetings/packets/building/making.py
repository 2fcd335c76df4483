"""Make: each appendix's pages, from the caches where they are there."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core import faults, formats
from core.jobs import HopelessError
from documents import pieces
from documents.data import data_files
from documents.foreign import UnusableFileError, placed
from documents.numbering import Numbering, number_pages
from documents.printing.pdf import TooHeavyError
from meetings.choices import MakeState
from meetings.packets.building.plan import go_on, note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from documents.numbering import Given
    from documents.parts import DataFile, ForeignFile
    from documents.pieces import MadePiece
    from documents.tree import Document
    from meetings.agenda import AgendaAppendix
    from meetings.models import Packet
    from meetings.packets.building.plan import PlannedPart
    from meetings.packets.marks import SentBefore

log = logging.getLogger(__name__)

# Shown beside the part, which has a link to where it is put right.
UNUSABLE: Final = "Filen kan ikke sættes ind. Erstat den, eller fjern bilaget."
TOO_HEAVY: Final = "Bilaget er for stort til at blive dannet. Del det i flere bilag."
# Key of a file's pages, which no record owns.
FILE_KEY: Final = "fil"


@dataclass(frozen=True, slots=True)
class MadePart:
    """An appendix with its pages made; it has pieces, or it is a file from outside.

    ``numbering`` is that of its pages within the appendix; ``starts`` maps section keys
    to the page of the appendix on which they begin. ``marked_since`` is the version that
    its changes are marked against, "" where it has none. ``data`` travel with its pages.
    """

    planned: PlannedPart
    page_count: int
    numbering: Numbering
    pieces: tuple[MadePiece, ...] = ()
    foreign: ForeignFile | None = None
    marked_since: str = ""
    data: tuple[DataFile, ...] = ()

    @property
    def starts(self) -> Mapping[str, int]:
        """Section key → own page, counted from 1."""
        return {piece.key: piece.first_page for piece in self.pieces}


def make_all(
    packet: Packet,
    parts: Sequence[PlannedPart],
    sent: Mapping[str, Given],
    before: SentBefore,
) -> tuple[MadePart, ...]:
    """Make every part, noting each step where the page can see it.

    Args:
        sent: prefix → page numbers inside the appendix that were sent; they stay.
        before: what changes are marked against.

    Raises:
        StoppedError: the build is no longer wanted.
        HopelessError: some files cannot be used, or some appendices are too heavy; the
            others are made, so that the page shows all that must be put right.
    """
    made: list[MadePart] = []
    failed: dict[str, list[str]] = {}
    for part in parts:
        go_on(packet)
        note(part.row, make=MakeState.MAKING)
        given = sent.get(part.prefix, {})
        try:
            made.append(_make(part, given, before))
        except (UnusableFileError, TooHeavyError) as error:
            log.exception("%s cannot be made", part.appendix.label)
            why = TOO_HEAVY if isinstance(error, TooHeavyError) else UNUSABLE
            note(part.row, make=MakeState.FAILED, reason=why)
            failed.setdefault(why, []).append(part.appendix.label)
        faults.reach("rendering")
    if failed:
        said = (f"{formats.listed(labels)}: {why}" for why, labels in failed.items())
        raise HopelessError(" ".join(said))
    return tuple(made)


def _make(part: PlannedPart, given: Given, before: SentBefore) -> MadePart:
    if part.document is None:
        return _from_file(part, given)
    return _from_records(part, part.document, given, before)


def _from_records(
    part: PlannedPart, document: Document, given: Given, before: SentBefore
) -> MadePart:
    marked = before.marks(part.appendix.slug, document)
    made = pieces.make(document, given=given, marked=marked)
    page_count = sum(piece.page_count for piece in made)
    new = sum(piece.is_new for piece in made)
    reason = formats.counted(new, "afsnit dannet", "afsnit dannet") if new else ""
    state = MakeState.MADE if new else MakeState.REUSED
    note(part.row, make=state, reason=reason, own_pages=page_count)
    numbering = number_pages([(p.key, p.page_count) for p in made], given)
    since = before.since if marked else ""
    return MadePart(
        part,
        page_count,
        numbering,
        pieces=made,
        marked_since=since,
        data=data_files(document),
    )


def _from_file(part: PlannedPart, given: Given) -> MadePart:
    appendix = part.appendix
    file = placed(appendix.file, appendix.facts, alternative_of(appendix))
    state = MakeState.CHECKED if file.is_new else MakeState.REUSED
    note(part.row, make=state, own_pages=file.page_count)
    numbering = number_pages([(FILE_KEY, file.page_count)], given)
    return MadePart(part, file.page_count, numbering, foreign=file.file)


def alternative_of(appendix: AgendaAppendix) -> str:
    """Give what stands for an untagged file's pages: its title, then its summary."""
    return f"{appendix.title}. {appendix.summary}".strip()
