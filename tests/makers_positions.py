"""Makers of positions and of calls for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from accounts.choices import Role
from core import clock
from proposals.choices import Stance
from proposals.models import PositionCall
from proposals.queries.allowed import Cell
from proposals.queries.record_lines import record_lines
from proposals.services import calls as call_service
from proposals.services import positions as service
from tests.makers_packets import a_user
from tests.makers_questions import a_place, a_secretary, seat_of, somebody_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import Municipality, User
    from proposals.models import Position, Record

DAY = date(2024, 3, 14)
DUE = date(2024, 4, 5)


def director(place: str) -> User:
    """The director of a municipality."""
    return somebody_of(place, Role.DIRECTOR)


def a_call(
    *records: Record, places: Sequence[str] = ("Faxe", "Greve"), due_on: date = DUE
) -> PositionCall:
    """A call that was sent, open until its day."""
    row = call_service.create_call(
        records[0].catalogue_id,
        by=a_secretary(),
        records=[record.pk for record in records],
        municipalities=[a_place(name).pk for name in places],
        due_on=due_on,
        note="",
    )
    call_service.send_call(row.pk, by=a_secretary())
    row.refresh_from_db()
    return row


def a_position(
    record: Record, place: str, stance: str = Stance.SUPPORTS, **also: Any
) -> Position:
    """What a municipality thinks, as the secretariat wrote it down."""
    by = a_secretary()
    values = {
        "stance": stance,
        "reason": "Vi mangler en beregning." if stance != Stance.SUPPORTS else "",
        "signer": "Direktøren",
        "given_on": clock.today(),
        "version": 1,
        **also,
    }
    cell = Cell(a_place(place), record)
    return service.give(cell, seat=seat_of(by), by=by, **values).row


def give_one(w: Any) -> None:
    """Save all of a municipality's answers at once, of which one is new; ``w.proposal``."""
    by = a_secretary()
    (line,) = record_lines(w.proposal.catalogue, {w.proposal.pk})
    values = {
        "stance": "supports",
        "reason": "",
        "signer": "En",
        "given_on": clock.today(),
    }
    service.give_all(
        w.proposal.catalogue,
        a_place("Greve"),
        [(line, 1, values)],
        seat=seat_of(by),
        by=by,
    )


def a_call_row(w: Any, **state: Any) -> PositionCall:
    """A call of one proposal from one municipality, as it lies in its table."""
    catalogue = w.proposal.catalogue
    return PositionCall.objects.create(
        council=catalogue.council,
        catalogue=catalogue,
        records=[w.proposal.pk],
        municipalities=[somebody_of("Greve").memberships.get().municipality_id],
        due_on=clock.today(),
        **state,
    )


def places(*names: str) -> list[Municipality]:
    """Municipalities by their names."""
    return [a_place(name) for name in names]


def answer_data(version: int = 1, /, **changed: str) -> dict[str, str]:
    """What the form of one field posts."""
    return {
        "version": str(version),
        "stance": "against",
        "reason": "Det løser ikke problemet.",
        "signer": "Anna Borg",
        "given_on": "14.03.2024",
        **changed,
    }


__all__ = ["DAY", "DUE", "a_call", "a_call_row", "a_place", "a_position", "a_secretary", "a_user",
           "answer_data", "director", "give_one", "places", "seat_of", "somebody_of"]  # fmt: skip
