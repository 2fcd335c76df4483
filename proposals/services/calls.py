"""Calls for positions: written, sent, given more time, closed, opened again.

Source: docs/rules.md R-88, R-89.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core import clock, formats
from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, changed_since, save_merged
from proposals.choices import CallLetterKind
from proposals.models import Catalogue, PositionCall
from proposals.queries.calls import waiting_for
from proposals.services import call_letters

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from proposals.models import CallLetter

PAST: Final = "Vælg en dag, der ikke er gået."
NOT_LATER: Final = "Den nye frist skal ligge efter den, der gælder."
NO_REASON: Final = "Skriv hvorfor."
SENT: Final = "Opkaldet er sendt og kan ikke ændres. Ret fristen, eller luk det."
IS_ONE: Final = "Der er allerede et opkald. Luk det, før du begynder et nyt."
NOT_OPEN: Final = "Opkaldet er ikke åbent."
READ_AGAIN: Final = "Se det igennem, og tryk igen, hvis det stadig er rigtigt."


def create_call(catalogue_pk: int, *, by: User, **values: Any) -> PositionCall:
    """Write a call down; nobody is asked yet.

    Args:
        values: records, municipalities (ids), due_on, note.

    Raises:
        RuleViolationError: there is one that is not closed.
        ValidationError: it asks about nothing, or nobody.
    """
    with act("skrev et opkald om holdninger", by):
        catalogue = Catalogue.checkout(catalogue_pk)
        _close_what_is_over(catalogue, by)
        if PositionCall.objects.filter(catalogue=catalogue, closed_at=None).exists():
            raise RuleViolationError(IS_ONE)
        row = PositionCall(
            council_id=catalogue.council_id,
            catalogue=catalogue,
            changed_by=str(by),
            **values,
        )
        row.full_clean()
        row.save()
        return row


def edit_call(pk: int, *, version: int, by: User, **values: Any) -> Saved[PositionCall]:
    """Save a call that nobody was sent yet, merged with what others saved since.

    Raises:
        ConflictError: somebody changed the same field to another value.
        RuleViolationError: it was sent meanwhile.
    """
    with act("rettede et opkald om holdninger", by):
        row = PositionCall.checkout(pk)
        _refuse_unless_draft(row)
        return save_merged(row, values, version=version, by=by)


def send_call(pk: int, *, by: User) -> list[CallLetter]:
    """Send a call: from now on the municipalities may answer; each gets a mail.

    Raises:
        RuleViolationError: it was sent already, or its day has gone.
    """
    with act("sendte et opkald om holdninger", by):
        row = PositionCall.checkout(pk)
        _refuse_unless_draft(row)
        if row.is_over:
            raise RuleViolationError(f"Svarfristen er gået. {PAST}")
        row.sent_at, row.sent_by, row.reply_to = clock.now(), str(by), by.email
        row.touch(by)
        row.save()
        everybody = dict.fromkeys(row.municipalities, "")
        return call_letters.write(CallLetterKind.CALLED, row, everybody, by=by)


def remind(pk: int, *, by: User) -> list[CallLetter]:
    """Remind who lacks answers and was not reminded today.

    Raises:
        RuleViolationError: it is not open.
    """
    with act("mindede om et opkald om holdninger", by):
        row = PositionCall.checkout(pk)
        if not row.is_open:
            raise RuleViolationError(NOT_OPEN)
        missing = waiting_for(row)
        told = {pk: missing[pk] for pk in call_letters.to_remind(row, missing)}
        return call_letters.write(CallLetterKind.REMINDER, row, told, by=by)


def set_deadline(
    pk: int, *, version: int, due_on: date, due_reason: str, by: User
) -> Saved[PositionCall]:
    """Give more time, or open a closed call again; who lacks answers is told.

    Where somebody gave the same day for the same reason meanwhile, that stands, and
    nobody is told again.

    Raises:
        ConflictError: somebody gave another day, or the day for another reason.
        RuleViolationError: it was not sent, the day has gone or is not later than the one
            that holds, another call is open, there is no reason, or somebody closed it
            or opened it again since the user read it.
    """
    with act(f"gav frist til {formats.long_date(due_on)} for holdninger", by):
        # Before the call, as whoever begins another one: only one of them is open.
        Catalogue.checkout(PositionCall.objects.values_list("catalogue").get(pk=pk)[0])
        row = PositionCall.checkout(pk)
        if row.is_draft:
            raise RuleViolationError("Opkaldet er ikke sendt endnu.")
        if not due_reason.strip():
            raise RuleViolationError(NO_REASON)
        if due_on < clock.today():
            raise RuleViolationError(PAST)
        others = PositionCall.objects.filter(catalogue=row.catalogue_id, closed_at=None)
        if others.exclude(pk=row.pk).exists():
            raise RuleViolationError(IS_ONE)
        values = {"due_on": due_on, "due_reason": due_reason.strip()}
        return _set_deadline(row, values, version, by)


def _set_deadline(
    row: PositionCall, values: dict[str, Any], version: int, by: User
) -> Saved[PositionCall]:
    """Give a locked call its day, merged with what others saved since."""
    held = row.due_on if row.is_open else None
    was_closed = row.closed_at is not None
    if was_closed and closed_since(row, version):
        raise RuleViolationError(meanwhile(row))
    row.closed_at, row.closed_by = None, ""
    saved = save_merged(row, values, version=version, by=by)
    if was_closed and not saved.is_written:
        row.touch(by)
        row.save()
    if not (saved.is_written or was_closed):
        return saved
    if held is not None and row.due_on <= held:
        raise RuleViolationError(NOT_LATER)
    call_letters.write(CallLetterKind.EXTENDED, row, waiting_for(row), by=by)
    return saved


def closed_since(row: PositionCall, version: int) -> bool:
    """Whether somebody closed a call, or opened it again, since it had a version."""
    return changed_since(row, version, ("closed_at",))


def meanwhile(row: PositionCall) -> str:
    """Say what somebody did to a call since the user read it."""
    who = row.changed_by or "En anden"
    if row.closed_at is not None:
        return f"{who} har lukket opkaldet imens. {READ_AGAIN}"
    return (
        f"{who} har givet frist til {formats.long_date(row.due_on)} imens. {READ_AGAIN}"
    )


def set_reminder(
    pk: int, *, version: int, remind_before: int, by: User
) -> Saved[PositionCall]:
    """Say how many days before its day the portal reminds of an open call; 0: it does not.

    Source: docs/rules.md R-110.

    Raises:
        ConflictError: somebody changed it to another number.
        RuleViolationError: it is not open.
    """
    with act("rettede påmindelsen om et opkald om holdninger", by):
        row = PositionCall.checkout(pk)
        if not row.is_open:
            raise RuleViolationError(NOT_OPEN)
        values = {"remind_before": remind_before}
        return save_merged(row, values, version=version, by=by)


def close_call(pk: int, *, by: User) -> PositionCall:
    """Close a call before its day: the municipalities answer no more.

    Raises:
        RuleViolationError: it is not open.
    """
    with act("lukkede et opkald om holdninger", by):
        row = PositionCall.checkout(pk)
        if not row.is_open:
            raise RuleViolationError(NOT_OPEN)
        _close(row, by)
        return row


def remove_call(pk: int, *, by: User) -> None:
    """Take away a call that nobody was sent.

    Raises:
        RuleViolationError: it was sent.
    """
    with act("fjernede et udkast til et opkald", by):
        row = PositionCall.checkout(pk)
        _refuse_unless_draft(row)
        row.delete()


def _refuse_unless_draft(row: PositionCall) -> None:
    if not row.is_draft:
        raise RuleViolationError(SENT)


def _close_what_is_over(catalogue: Catalogue, by: User) -> None:
    """Put down that a call whose day has gone is closed, so that another may begin."""
    rows = PositionCall.objects.filter(catalogue=catalogue, closed_at=None).sent()
    for row in rows.select_for_update(of=("self",)):
        if row.is_over:
            _close(row, by)


def _close(row: PositionCall, by: User) -> None:
    row.closed_at, row.closed_by = clock.now(), str(by)
    row.touch(by)
    row.save()
