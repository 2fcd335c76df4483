"""The steps of a proposal's way after KKR: add, edit, remove, and undo.

Source: docs/rules.md R-84.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError

from core import clock
from core.deleted import undelete
from core.errors import RuleViolationError
from core.history import act
from core.keys import new_key
from core.versions import Saved, delete_unchanged, save_merged
from proposals.choices import Status
from proposals.models import Step
from proposals.services.history import put_back
from proposals.services.records import finish, lock

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from proposals.models import Proposal

FIELDS: Final = (
    "status", "taken_on", "who", "place", "source", "url", "meeting", "note",
)  # fmt: skip
NOT_YET = "Dagen er ikke kommet endnu. Skriv den dag, skridtet blev taget."


def add_step(record: Proposal, *, by: User, **values: Any) -> Step:
    """Write down a step.

    Args:
        values: the fields of ``Step`` that the user fills in.

    Raises:
        ValidationError: the day is not yet come, or a field cannot be kept.
        RuleViolationError: the meeting is another council's.
    """
    with act(f"skrev et skridt for {record}: {_word(values)}", by):
        locked = lock(record)
        step = write_step(locked, by=by, **values)
        finish(locked, by)
        return step


def write_step(locked: Proposal, *, by: User, **values: Any) -> Step:
    """Save a new step of a locked proposal; whoever calls it finishes the proposal.

    Errors as ``add_step``.
    """
    refuse_future(values.get("taken_on"))
    taken = set(locked.steps.values_list("key", flat=True))
    step = Step(proposal=locked, key=new_key(_word(values), taken), **values)
    step.changed_by = str(by)
    _refuse_others_meeting(step)
    step.full_clean()
    step.save()
    return step


def edit_step(pk: int, *, version: int, by: User, **values: Any) -> Saved[Step]:
    """Save a step, merged with what others saved since.

    Raises:
        ConflictError: both changed the same field.
        ValidationError, RuleViolationError: as ``add_step``.
    """
    step = Step.objects.select_related("proposal").get(pk=pk)
    with act(f"rettede et skridt for {step.proposal}: {step}", by):
        record = lock(step.proposal)
        row = Step.checkout(pk)
        before = row.version
        if values.get("taken_on") != row.taken_on:
            refuse_future(values.get("taken_on"))
        saved = save_merged(row, values, version=version, by=by)
        _refuse_others_meeting(saved.row)
        if saved.row.version != before:
            finish(record, by)
        return saved


def undo_step(pk: int, *, version: int, by: User) -> Step:
    """Take back the edit that gave a step its version; what came before stands again.

    Raises:
        RuleViolationError: it has been changed since, or the meeting of then is gone.
    """
    step = Step.objects.select_related("proposal").get(pk=pk)
    with act(f"fortrød en rettelse af et skridt for {step.proposal}: {step}", by):
        record = lock(step.proposal)
        row = Step.checkout(pk)
        put_back(row, FIELDS, version=version)
        _refuse_others_meeting(row)
        row.touch(by)
        row.full_clean()
        row.save()
        finish(record, by)
        return row


def remove_step(pk: int, *, seen: int = 0, by: User) -> None:
    """Delete a step; ``restore_step`` takes it back from its history.

    Args:
        seen: the version that the user read; 0 where it does not matter.

    Raises:
        ChangedMeanwhileError: somebody edited it since.
    """
    step = Step.objects.select_related("proposal").get(pk=pk)
    with act(f"slettede et skridt for {step.proposal}: {step}", by):
        record = lock(step.proposal)
        delete_unchanged(Step, pk, seen=seen, names=FIELDS)
        finish(record, by)


def restore_step(record: Proposal, pk: int, *, by: User) -> Step:
    """Bring a deleted step back to its place; nothing happens if it is there.

    Raises:
        Step.DoesNotExist: the proposal has had no such step.
    """
    with act(f"fortrød sletning af et skridt for {record}", by):
        locked = lock(record)
        if there := locked.steps.filter(pk=pk).first():
            return there
        step = undelete(Step, pk)
        if step.proposal_id != record.pk:
            raise Step.DoesNotExist
        if locked.steps.filter(key=step.key).exists():
            taken = set(locked.steps.values_list("key", flat=True))
            step.key = new_key(str(step), taken)
        step.touch(by)
        step.save(force_insert=True)
        finish(locked, by)
        return step


def refuse_future(day: date | None) -> None:
    """Refuse a day that is not yet come.

    Raises:
        ValidationError: it is later than today.
    """
    if day is not None and day > clock.today():
        raise ValidationError({"taken_on": NOT_YET})


def _refuse_others_meeting(step: Step) -> None:
    """Refuse a meeting of another council, or one that was removed."""
    meeting = step.meeting
    own = step.proposal.catalogue.council_id
    if meeting is not None and (meeting.council_id != own or meeting.is_removed):
        raise RuleViolationError("Vælg et af jeres egne møder.")


def _word(values: Any) -> str:
    """Give the word of a status; an unknown one is refused later, as it stands."""
    said = str(values.get("status", ""))
    return str(Status(said).label) if said in Status.values else said
