"""A reader's own notes: written, shared with the municipality, deleted.

No history is kept of them: they are nobody's but the writer's.

Source: docs/rules.md R-45.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from core import clock
from core.errors import RuleViolationError
from meetings.models import Note

if TYPE_CHECKING:
    from accounts.models import Membership, User
    from meetings.editions.nodes import Node
    from meetings.models import Meeting, Withdrawal


class ChangedError(RuleViolationError):
    """The note was saved elsewhere since it was opened; ``note`` is what it says."""

    def __init__(self, note: Note) -> None:
        super().__init__("Noten er ændret i et andet vindue. Se teksten nedenfor.")
        self.note = note


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer says.

    Attributes:
        version: the note's own as the form was opened; 0 where there was none.
        seat: which the writer has chosen; the municipality is that of the seat.
    """

    text: str
    is_shared: bool
    version: int
    seat: Membership | None


@transaction.atomic
def write_note(
    meeting: Meeting, *, on: Node, number: int, said: Written, by: User
) -> Note:
    """Write a note to a text, or write the note anew that is there.

    Args:
        on: the text as the writer reads it.
        number: the version of the meeting that is read.

    Raises:
        ChangedError: it was saved elsewhere since.
        RuleViolationError: it is to be shared, and the writer has no municipality here.
    """
    of = meeting.council_id
    seat = said.seat
    is_here = seat is not None and seat.council_id == of
    municipality = seat.municipality if seat is not None and is_here else None
    if said.is_shared and municipality is None:
        raise RuleViolationError("Du har ingen kommune at dele med.")
    rows = Note.objects.select_for_update().filter(
        author=by, meeting=meeting, subject=on.subject
    )
    note = rows.first() or Note(
        author=by, meeting=meeting, council_id=of, subject=on.subject, version=0
    )
    if note.version != said.version:
        raise ChangedError(note)
    note.text, note.is_shared = said.text.strip(), said.is_shared
    note.municipality = municipality if said.is_shared else None
    note.place, note.label, note.number = on.place, on.label, number
    note.beneath, note.digest = on.text, on.digest
    note.version, note.changed_at = note.version + 1, clock.now()
    note.save()
    return note


@transaction.atomic
def delete_note(pk: int, *, by: User) -> None:
    """Delete a note for good."""
    Note.objects.filter(pk=pk, author=by).delete()


def forget_beneath(row: Withdrawal) -> None:
    """Take what is taken down out of what notes keep of the text beneath them."""
    notes = Note.objects.filter(meeting=row.meeting_id)
    if row.is_minutes or (row.is_closed and row.is_version):
        # Beneath a note lies what was sent openly, and no minutes.
        return
    if row.is_version:
        own = Q(number=row.version)
    elif row.is_appendix:
        own = Q(place=row.place, number__lte=row.version)
    else:
        own = Q(subject=f"item:{row.item_key}", number__lte=row.version)
    notes.filter(own).update(beneath="", label=row.name)
