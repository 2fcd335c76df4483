"""Make: each appendix's pages, from the caches where they are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import faults, formats
from documents import pieces
from documents.foreign import placed
from meetings.building.plan import go_on, note
from meetings.choices import MakeState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from documents.parts import ForeignFile
    from documents.pieces import MadePiece
    from meetings.agenda import AgendaAppendix
    from meetings.building.plan import PlannedPart
    from meetings.models import Packet


@dataclass(frozen=True, slots=True)
class MadePart:
    """An appendix with its pages made; it has pieces, or it is a file from outside.

    ``starts`` maps section keys to the page of the appendix on which they begin.
    """

    planned: PlannedPart
    page_count: int
    pieces: tuple[MadePiece, ...] = ()
    foreign: ForeignFile | None = None

    @property
    def starts(self) -> Mapping[str, int]:
        """Section key → own page, from 1."""
        return {piece.key: piece.first_page for piece in self.pieces}


def make_all(packet: Packet, parts: Sequence[PlannedPart]) -> tuple[MadePart, ...]:
    """Make every part, noting each step where the page can see it.

    Raises:
        StoppedError: the build is no longer wanted.
    """
    made = []
    for part in parts:
        go_on(packet)
        note(part.row, make=MakeState.MAKING)
        made.append(_from_records(part) if part.document else _from_file(part))
        faults.reach("rendering")
    return tuple(made)


def _from_records(part: PlannedPart) -> MadePart:
    assert part.document is not None  # noqa: S101 -- the caller has looked
    made = pieces.make(part.document)
    page_count = sum(piece.page_count for piece in made)
    new = sum(piece.is_new for piece in made)
    reason = formats.counted(new, "afsnit dannet", "afsnit dannet") if new else ""
    state = MakeState.MADE if new else MakeState.REUSED
    note(part.row, make=state, reason=reason, own_pages=page_count)
    return MadePart(part, page_count, pieces=made)


def _from_file(part: PlannedPart) -> MadePart:
    appendix = part.appendix
    file = placed(appendix.file, appendix.facts, alternative_of(appendix))
    state = MakeState.CHECKED if file.is_new else MakeState.REUSED
    note(part.row, make=state, own_pages=file.page_count)
    return MadePart(part, file.page_count, foreign=file.file)


def alternative_of(appendix: AgendaAppendix) -> str:
    """Give what stands for an untagged file's pages: its title, then its summary."""
    return f"{appendix.title}. {appendix.summary}".strip()
