"""Measurements that came with a spreadsheet, taken back as long as nobody approved them.

Source: docs/rules.md R-149.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.errors import RuleViolationError
from resultcontracts.choices import MeasurementState as State
from resultcontracts.models import Measurement
from resultcontracts.services import measurements
from resultcontracts.services.changing import changing

if TYPE_CHECKING:
    from collections.abc import Mapping

APPROVED: Final = "Tallet er godkendt siden."
KEPT: Final = (
    "state",
    "returned_reason",
    "entered_by",
    "entered_through",
    "period_is_year",
)
"""What no cell shows of a measurement that is put back."""


def take_out(pk: int, *, by: Any) -> None:
    """Take a measurement away that is not approved.

    Raises:
        RuleViolationError: it is approved, or somebody corrected it.
    """
    with changing("fortrød en måling", by, measurement=pk):
        row = Measurement.checkout(pk)
        if row.state == State.APPROVED or row.corrected_by.exists():
            raise RuleViolationError(APPROVED)
        row.delete()


def put_back(pk: int, *, was: Mapping[str, Any], by: Any, **values: Any) -> Measurement:
    """Give a measurement that is not approved back what it said, and how far it was.

    Args:
        was: the fields of ``KEPT``.
        values: fields of a measurement.

    Raises:
        RuleViolationError: it is approved.
        ValidationError: it cannot be so any more.
    """
    with changing("fortrød en ændring af en måling", by, measurement=pk):
        row = Measurement.checkout(pk)
        if row.state == State.APPROVED:
            raise RuleViolationError(APPROVED)
        for name, value in measurements.whole(values).items():
            setattr(row, name, value)
        for name in KEPT:
            setattr(row, name, was[name])
        if row.state in {State.DRAFT, State.RETURNED}:
            row.submitted_at = None
        row.touch(by)
        row.full_clean()
        row.save()
        return row
