"""An approval that is taken back: the number waits again, and counts no more.

Source: docs/rules.md R-183.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core import formats
from core.errors import RuleViolationError
from resultcontracts.choices import MeasurementState as State
from resultcontracts.queries.shown import shown_to_meetings
from resultcontracts.services import round_letters
from resultcontracts.services.changing import changing
from resultcontracts.services.measurements import save_row, seen_row

if TYPE_CHECKING:
    from accounts.models import User
    from resultcontracts.models import Measurement

NOT_APPROVED: Final = "Tallet er ikke godkendt."
NO_REASON: Final = "Skriv, hvorfor godkendelsen fortrydes."
TOO_LONG: Final = "Skriv højst 400 tegn."
CORRECTED: Final = "Der er en rettelse af tallet. Gå videre med den."


def reopen(pk: int, *, version: int, reason: str, by: User) -> Measurement:
    """Take an approval back, and say why; whoever was asked gets a mail.

    The number waits to be approved again or sent back. The approval stays in the history.

    Raises:
        RuleViolationError: it is not approved, there is no reason, or :func:`locked_by`
            says why it may not.
        MeanwhileError: somebody changed it.
    """
    with changing("fortrød en godkendelse", by, measurement=pk):
        row = seen_row(pk, version)
        if row.state != State.APPROVED:
            raise RuleViolationError(NOT_APPROVED)
        if not reason.strip():
            raise RuleViolationError(NO_REASON)
        if lock := locked_by(row):
            raise RuleViolationError(lock)
        row.state, row.approved_at, row.approved_by = State.SUBMITTED, None, None
        row.reopened_reason = reason.strip()
        saved = save_row(row, by)
        round_letters.tell_reopened(saved, by=by)
        return saved


def locked_by(row: Measurement) -> str:
    """Say why an approval stands: shown to a meeting, corrected, locked; "" where it may go.

    Two queries.
    """
    if row.corrected_by.exists():
        return CORRECTED
    until, end = row.measure.goal.contract.locked_until, row.period_end
    if until is not None and end is not None and end <= until:
        day = formats.long_date(until)
        return f"Tallene til og med {day} er låst. Lav en rettelse i stedet."
    if meeting := shown_to_meetings(row):
        return f"Tallet er vist på {meeting}. Lav en rettelse i stedet."
    return ""
