"""What a meeting decided, item by item, and what was answered before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, save_merged
from meetings.choices import in_sentence
from meetings.minutes.proposed import proposed
from meetings.models import AgendaItem, Decision
from meetings.services.writing import (
    note_written,
    refuse_if_approved,
    refuse_unless_writing,
)

if TYPE_CHECKING:
    from accounts.models import User


def begin_decision(item_pk: int, *, by: User) -> Decision:
    """Give the row that holds an item's decision, made empty where there is none.

    Raises:
        NotWritingError: the minutes are approved.
    """
    item = _item(item_pk)
    with act(f"begyndte på beslutningen til punkt {item.number}", by):
        refuse_if_approved(item.section.meeting_id)
        AgendaItem.checkout(item_pk)
        row, _ = Decision.objects.get_or_create(
            item_id=item_pk, defaults={"changed_by": str(by)}
        )
        return row


def write_decision(
    pk: int, *, version: int, by: User, **values: Any
) -> Saved[Decision]:
    """Save what was decided, merged with what others saved since.

    Args:
        version: the one the user opened; 0 where there was none.

    Raises:
        ConflictError: somebody changed the same field to another value.
        NotWritingError: the meeting is not sent, or its minutes are approved.
        ValidationError: a minority without a name.
    """
    before = _row(pk)
    number, meeting = before.item.number, before.item.section.meeting_id
    with act(f"skrev beslutningen til punkt {number}", by):
        refuse_unless_writing(meeting)
        saved = save_merged(Decision.checkout(pk), values, version=version, by=by)
        note_written(meeting)
        return saved


def use_proposal(item_pk: int, *, by: User) -> Decision:
    """Let an item's decision be what follows from its requested action.

    What is written already stays as it is.

    Raises:
        RuleViolationError: nobody has said what the council was asked to do.
    """
    item = _item(item_pk)
    found = proposed(item, item.section.meeting.who)
    if found is None:
        raise RuleViolationError(
            f"Punkt {item.number} siger ikke, hvad "
            f"{in_sentence(item.section.meeting.body)} skulle gøre. Skriv beslutningen."
        )
    with act(f"skrev beslutningen til punkt {item.number}", by):
        refuse_unless_writing(item.section.meeting_id)
        row = begin_decision(item_pk, by=by)
        row = Decision.checkout(row.pk)
        if not row.outcome:
            row.outcome, row.text = found.outcome, row.text or found.text
            row.touch(by)
            row.full_clean()
            row.save()
            note_written(item.section.meeting_id)
        return row


def record_answer(pk: int, *, version: int, by: User, **values: Any) -> Saved[Decision]:
    """Save an answer that had to be given before the meeting: what, when, by whom.

    Args:
        version: the one the user opened; 0 where there was none.

    Raises:
        ConflictError: somebody changed the same field to another value.
        NotWritingError: the minutes are approved.
        ValidationError: it does not say who answered, or when.
    """
    before = _row(pk)
    with act(f"skrev svaret før mødet til punkt {before.item.number}", by):
        refuse_if_approved(before.item.section.meeting_id)
        saved = save_merged(Decision.checkout(pk), values, version=version, by=by)
        note_written(before.item.section.meeting_id)
        return saved


def _item(pk: int) -> AgendaItem:
    return AgendaItem.objects.select_related("section__meeting__council").get(pk=pk)


def _row(pk: int) -> Decision:
    return Decision.objects.select_related("item__section").get(pk=pk)
