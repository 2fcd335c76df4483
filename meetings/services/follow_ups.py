"""Tasks that a meeting decided: made, edited, done, reopened, removed, put back.

Who does what until when may be changed after the minutes are approved; what the approved
minutes say of it stays as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core import clock
from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, save_merged
from meetings.models import AgendaItem, FollowUp, Meeting
from meetings.services.writing import note_written, refuse_unless_writing

if TYPE_CHECKING:
    from accounts.models import User


def create_task(
    meeting_pk: int, *, item: AgendaItem | None = None, by: User, **values: Any
) -> FollowUp:
    """Write a task of a meeting, or of one of its items.

    Args:
        values: the task's fields.

    Raises:
        NotWritingError: the meeting is not sent, or its minutes are approved.
        RuleViolationError: the item is another meeting's.
    """
    with act("skrev en opgave", by):
        refuse_unless_writing(meeting_pk)
        if item is not None and item.section.meeting_id != meeting_pk:
            raise RuleViolationError("Vælg et punkt på mødets dagsorden.")
        row = FollowUp(
            meeting=Meeting.objects.get(pk=meeting_pk),
            item=item,
            changed_by=str(by),
            **values,
        )
        row.full_clean()
        row.save()
        note_written(meeting_pk)
        return row


def edit_task(pk: int, *, version: int, by: User, **values: Any) -> Saved[FollowUp]:
    """Save a task as the user edited it, merged with what others saved since.

    Raises:
        ConflictError: somebody changed the same field to another value.
    """
    with act("rettede en opgave", by):
        row = FollowUp.checkout(pk)
        saved = save_merged(row, values, version=version, by=by)
        note_written(row.meeting_id)
        return saved


def finish_task(pk: int, *, by: User) -> FollowUp:
    """Say that a task is done, today."""
    with act("løste en opgave", by):
        row = FollowUp.checkout(pk)
        if row.done_on is None:
            row.done_on = clock.today()
            row.touch(by)
            row.save()
        return row


def reopen_task(pk: int, *, by: User) -> FollowUp:
    """Say that a task is not done after all."""
    with act("åbnede en opgave igen", by):
        row = FollowUp.checkout(pk)
        if row.done_on is not None:
            row.done_on = None
            row.touch(by)
            row.save()
        return row


def remove_task(pk: int, *, by: User) -> FollowUp:
    """Take a task off the list; it can be put back.

    Raises:
        NotWritingError: the minutes that name it are approved.
    """
    return _set_removed(pk, "fjernede en opgave", by, is_removed=True)


def restore_task(pk: int, *, by: User) -> FollowUp:
    """Put a removed task back on the list."""
    return _set_removed(pk, "satte en opgave ind igen", by, is_removed=False)


def _set_removed(pk: int, verb: str, by: User, *, is_removed: bool) -> FollowUp:
    with act(verb, by):
        row = FollowUp.checkout(pk)
        refuse_unless_writing(row.meeting_id)
        row.is_removed = is_removed
        row.touch(by)
        row.save()
        note_written(row.meeting_id)
        return row
