"""A reader's own note to a goal: written, shared with the municipality, deleted.

No history is kept of it: it is nobody's but the writer's.

Source: docs/rules.md R-132.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core import clock
from core.errors import RuleViolationError
from resultcontracts.models import Goal, GoalNote

if TYPE_CHECKING:
    from accounts.models import Membership


class ChangedError(RuleViolationError):
    """The note was saved elsewhere since it was opened; ``note`` is what it says now.

    Its version is 0 where it was deleted.
    """

    def __init__(self, note: GoalNote) -> None:
        super().__init__("Noten er ændret i et andet vindue. Se teksten nedenfor.")
        self.note = note


@transaction.atomic
def write_note(
    goal: int, *, text: str, is_shared: bool, version: int, by: Membership
) -> GoalNote:
    """Write a note to a goal, or write the note anew that is there.

    Args:
        version: the note's own as the form was opened; 0 where there was none.
        by: the writer's seat; what is shared is shared with its municipality.

    Raises:
        ChangedError: it was saved or deleted elsewhere since.
        RuleViolationError: it is to be shared, and the writer has no municipality here.
    """
    # The goal is locked, so that two windows do not both write the first note.
    held = Goal.objects.select_for_update(no_key=True).get(pk=goal)
    municipality = by.municipality
    if is_shared and municipality is None:
        raise RuleViolationError("Du har ingen kommune at dele med.")
    note = _own(held, by)
    if note.version != version:
        raise ChangedError(note)
    note.text, note.is_shared = text.strip(), is_shared
    note.municipality = municipality if is_shared else None
    note.version, note.changed_at = note.version + 1, clock.now()
    note.save()
    return note


@transaction.atomic
def delete_note(goal: int, *, version: int, by: Membership) -> GoalNote | None:
    """Delete a note for good; gives what it said, None where there is none.

    Raises:
        ChangedError: it was saved elsewhere since.
    """
    held = Goal.objects.select_for_update(no_key=True).get(pk=goal)
    note = _own(held, by)
    if not note.version:
        return None
    if note.version != version:
        raise ChangedError(note)
    said = GoalNote(text=note.text, is_shared=note.is_shared)
    note.delete()
    return said


def _own(goal: Goal, by: Membership) -> GoalNote:
    found = GoalNote.objects.filter(goal=goal, author=by.user_id).first()
    return found or GoalNote(goal=goal, author_id=by.user_id, version=0)
