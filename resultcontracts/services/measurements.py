"""Measurements: entered, sent in, sent back, approved, corrected.

Draft → submitted → returned or approved. What is approved is never changed again: a
correction is a row of its own, and the old one stays.

Source: docs/rules.md R-141.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core import clock, formats
from core.errors import RuleViolationError
from core.versions import Saved, save_merged
from resultcontracts.choices import MeasurementState as State
from resultcontracts.models import Measure, Measurement
from resultcontracts.services import round_letters
from resultcontracts.services.changing import changing
from resultcontracts.typed import share_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FIELDS: Final = (
    "low", "high", "counted", "asked", "qualifier", "printed", "missing", "told",
    "expected", "period_name", "period_end", "period_is_year", "definition",
    "definition_text", "is_derived", "derived_from", "is_proxy", "source",
    "shown_before",
)  # fmt: skip
"""What may be written of a measurement; the rest follows from what is done with it."""

COUNTED: Final = "Tallet er godkendt. Lav en rettelse, så det gamle tal bliver stående."
NOT_SENT_IN: Final = "Tallet er ikke indsendt."
OWN: Final = "Du har selv indtastet tallet. En anden skal godkende det."
NO_REASON: Final = "Skriv, hvorfor tallet sendes retur."
IS_DRAFT: Final = "Tallet er ikke godkendt endnu. Ret det, som det står."
IS_CORRECTED: Final = "Der er allerede en rettelse af tallet. Gå videre med den."
NOT_DRAFT: Final = "Kun en kladde kan fjernes."


class MeanwhileError(RuleViolationError):
    """Somebody changed the row since the user read it; the text says who."""


def enter(
    measure_pk: int,
    *,
    by: Any,
    through: str = "",
    asked_in: int | None = None,
    **values: Any,
) -> Measurement:
    """Write a measurement down as a draft.

    Args:
        by: the user, or whoever ``str(by)`` names.
        through: by which link, if by one.
        asked_in: pk of the round of calls that it answers.
        values: of ``FIELDS``; the period is the measure's own where none is given.

    Raises:
        RuleViolationError: the time is locked, and has a number.
        ValidationError: a number cannot be what the measure counts.
    """
    with changing("indtastede en måling", by, measure=measure_pk):
        measure = Measure.objects.select_related("goal__contract").get(pk=measure_pk)
        row = Measurement(
            measure=measure, asked_in_id=asked_in, **_period_of(measure), changed_by=by
        )
        return _written(row, values, by, through)


def edit(
    pk: int, *, version: int, by: Any, through: str = "", **values: Any
) -> Saved[Measurement]:
    """Save a measurement that is not approved, merged with what others saved since.

    Whoever writes the number last has entered it, and does not approve it.

    Raises:
        ConflictError: somebody changed the same field to another value.
        RuleViolationError: it is approved.
        ValidationError: a number cannot be what the measure counts.
    """
    with changing("rettede en måling", by, measurement=pk):
        row = Measurement.checkout(pk)
        if row.state == State.APPROVED:
            raise RuleViolationError(COUNTED)
        row.entered_at, row.entered_by = clock.now(), str(by)
        row.entered_through = through
        saved = save_merged(row, whole(values), version=version, by=by)
        if not saved.is_written:
            row.refresh_from_db()
        return saved


def submit(pk: int, *, version: int, by: Any) -> Measurement:
    """Send a draft in, or one that came back.

    Raises:
        RuleViolationError: it was sent in already, or the time is locked.
        MeanwhileError: somebody changed it.
        ValidationError: it has neither a number nor a reason why there is none.
    """
    with changing("indsendte en måling", by, measurement=pk):
        row = seen_row(pk, version)
        if row.state not in {State.DRAFT, State.RETURNED}:
            raise RuleViolationError("Tallet er allerede indsendt.")
        _refuse_locked(row)
        row.state, row.submitted_at = State.SUBMITTED, clock.now()
        row.returned_reason = row.reopened_reason = ""
        return save_row(row, by)


def return_(pk: int, *, version: int, reason: str, by: Any) -> Measurement:
    """Send one that was sent in back, and say why; whoever was asked gets a mail.

    Raises:
        RuleViolationError: it is not sent in, or there is no reason.
        MeanwhileError: somebody changed it.
    """
    with changing("sendte en måling retur", by, measurement=pk):
        row = seen_row(pk, version)
        if row.state != State.SUBMITTED:
            raise RuleViolationError(NOT_SENT_IN)
        if not reason.strip():
            raise RuleViolationError(NO_REASON)
        row.state, row.returned_reason = State.RETURNED, reason.strip()
        row.reopened_reason = ""
        saved = save_row(row, by)
        round_letters.tell_returned(saved, by=by)
        return saved


def approve(pk: int, *, version: int, by: Any) -> Measurement:
    """Let one that was sent in count from today; whoever was asked gets a mail.

    Raises:
        RuleViolationError: it is not sent in, the user entered it, or the time is locked.
        MeanwhileError: somebody changed it.
    """
    with changing("godkendte en måling", by, measurement=pk):
        row = seen_row(pk, version)
        if row.state != State.SUBMITTED:
            raise RuleViolationError(NOT_SENT_IN)
        if row.entered_by == str(by) and not row.entered_through:
            raise RuleViolationError(OWN)
        _refuse_locked(row)
        row.state, row.approved_at, row.approved_by = State.APPROVED, clock.now(), by
        row.reopened_reason = ""
        saved = save_row(row, by)
        round_letters.tell_approved(saved, by=by)
        return saved


def correct(
    pk: int,
    *,
    version: int,
    by: Any,
    through: str = "",
    asked_in: int | None = None,
    **values: Any,
) -> Measurement:
    """Begin a correction of an approved measurement, as a draft; the old one stays.

    It counts in the other's place once it is approved. The only way into a locked time.

    Raises:
        RuleViolationError: it is not approved, or has a correction.
        MeanwhileError: somebody changed it.
        ValidationError: a number cannot be what the measure counts.
    """
    with changing("rettede en godkendt måling", by, measurement=pk):
        old = seen_row(pk, version)
        if old.state != State.APPROVED:
            raise RuleViolationError(IS_DRAFT)
        if Measurement.objects.filter(corrects=old).exists():
            raise RuleViolationError(IS_CORRECTED)
        kept = {name: getattr(old, name) for name in FIELDS}
        row = Measurement(
            measure=old.measure,
            corrects=old,
            asked_in_id=asked_in or old.asked_in_id,
            changed_by=by,
        )
        return _written(row, kept | whole(values), by, through)


def discard(pk: int, *, version: int, by: Any) -> None:
    """Take a draft away that nobody was sent.

    Raises:
        RuleViolationError: it is no draft.
        MeanwhileError: somebody changed it.
    """
    with changing("fjernede en kladde til en måling", by, measurement=pk):
        row = seen_row(pk, version)
        if row.state != State.DRAFT:
            raise RuleViolationError(NOT_DRAFT)
        row.delete()


def locked_one(measure: Measure, until: date | None) -> Measurement | None:
    """Give the approved measurement of a measure's own time, where that is locked."""
    due = measure.due_on
    if until is None or due is None or due > until:
        return None
    rows = Measurement.objects.filter(
        measure=measure.pk, state=State.APPROVED, period_end=due, corrected_by=None
    )
    return rows.order_by("pk").last()


def _period_of(measure: Measure) -> dict[str, Any]:
    return {
        "period_name": measure.due_name,
        "period_end": measure.due_on,
        "period_is_year": measure.due_is_year,
    }


def _written(
    row: Measurement, values: Mapping[str, Any], by: Any, through: str
) -> Measurement:
    for name, value in whole(values).items():
        setattr(row, name, value)
    row.state, row.changed_by = State.DRAFT, str(by)
    row.entered_by, row.entered_through = str(by), through
    _refuse_locked(row)
    row.full_clean()
    row.save()
    return row


def whole(values: Mapping[str, Any]) -> dict[str, Any]:
    """Refuse what is no field of a measurement; put in what follows from the others.

    One number is both ends; a share of which only the count is given is that share. A
    reason why there is no number leaves none.
    """
    if unknown := set(values) - set(FIELDS):
        message = f"not a field of a measurement: {sorted(unknown)}"
        raise TypeError(message)
    found = dict(values)
    if "low" in found:
        # What was said of another number is not said of this one.
        said = {"printed": "", "qualifier": "", "counted": None, "asked": None}
        found = said | found
    counted, asked = found.get("counted"), found.get("asked")
    if found.get("missing"):
        return found | dict.fromkeys(("low", "high", "counted", "asked"))
    if "low" in found and found["low"] is None and counted is not None and asked:
        found["low"] = share_of(counted, asked)
        found["high"] = None
    if "low" in found and found.get("high") is None:
        found["high"] = found["low"]
    return found


def _refuse_locked(row: Measurement) -> None:
    """Refuse a second number in a locked time that does not say which it corrects.

    A first one may come years later.
    """
    until = row.measure.goal.contract.locked_until
    end = row.period_end
    if until is None or end is None or end > until or row.corrects_id is not None:
        return
    there = Measurement.objects.filter(
        measure=row.measure_id, state=State.APPROVED, period_end=end
    )
    if there.exists():
        day = formats.long_date(until)
        message = f"Tallene til og med {day} er låst. Lav en rettelse af det, der står."
        raise RuleViolationError(message)


def seen_row(pk: int, version: int) -> Measurement:
    """Lock a row as the user saw it.

    Raises:
        MeanwhileError: somebody changed it.
    """
    row = Measurement.checkout(pk)
    if row.version != version:
        who = row.changed_by or "En anden"
        message = f"{who} har ændret tallet imens. Se det igennem, og tryk igen."
        raise MeanwhileError(message)
    return row


def save_row(row: Measurement, by: Any) -> Measurement:
    """Save a row that was changed, with who and when."""
    row.touch(by)
    row.full_clean()
    row.save()
    return row
