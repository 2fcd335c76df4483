"""Who may write in a field of the matrix, and when. No query.

Source: docs/rules.md R-89.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from accounts.choices import Role
from core import formats
from core.errors import RuleViolationError
from proposals.stances import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import Membership, Municipality
    from proposals.models import Position, PositionCall, Record


NOT_ASKED: Final = "Der er ikke spurgt om det. Kun sekretariatet kan skrive svaret ind."


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the matrix."""

    municipality: Municipality
    record: Record

    @property
    def keys(self) -> dict[str, Any]:
        """What its row points to."""
        return {"municipality": self.municipality, self.record.owner: self.record}

    def __str__(self) -> str:
        return f"{self.municipality.name}, {self.record}"


def allowed(
    place: Municipality,
    record_pk: int,
    calls: Iterable[PositionCall],
    seat: Membership,
) -> bool:
    """Tell whether writing in a field is a correction: its call has closed.

    Args:
        calls: of the catalogue, the oldest first.

    Raises:
        RuleViolationError: the seat may not write there now.
    """
    asking = [c for c in calls if c.asks(place.pk, record_pk)]
    last = asking[-1] if asking else None
    if seat.may_edit and seat.council_id == place.council_id:
        return last is not None and last.is_closed
    is_own = seat.role == Role.DIRECTOR and seat.municipality_id == place.pk
    if not is_own or last is None:
        raise RuleViolationError(NOT_ASKED)
    if last.is_closed:
        raise RuleViolationError(closed_words(last))
    return False


def closed_words(call: PositionCall) -> str:
    """Say that a call is closed, and what to do."""
    closed_at = call.closed_at
    day = call.due_on if closed_at is None else timezone.localdate(closed_at)
    return (
        f"Opkaldet lukkede {formats.long_date(day)}, og svaret er ikke gemt. "
        "Skriv til sekretariatet, som kan rette det."
    )


def said(cell: Cell, row: Position) -> str:
    """Give the sentence of a cell: "Faxe, forslag 1: støtter ikke"."""
    return f"{cell}: {WORDS[row.stance]}"
