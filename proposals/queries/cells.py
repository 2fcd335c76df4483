"""One field of the matrix, and one row or column of it with reasons.

Source: docs/rules.md R-87, R-90.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.models import Municipality
from core.errors import RuleViolationError
from proposals.models import Position, PositionCall
from proposals.queries.allowed import Cell, allowed
from proposals.queries.calls import OWNER, model_of
from proposals.queries.record_lines import KINDS, RecordLine
from proposals.stances import Tally

if TYPE_CHECKING:
    from accounts.models import Membership
    from proposals.models import Record


@dataclass(frozen=True, slots=True)
class OpenCell:
    """A field as a seat sees it.

    Attributes:
        row: its position; an empty one that is not saved where nobody has answered.
        refusal: why the seat may not write in it; "" where it may.
        is_correction: its call has closed.
    """

    cell: Cell
    row: Position
    refusal: str
    is_correction: bool

    @property
    def may_edit(self) -> bool:
        """The seat may write in it."""
        return not self.refusal


def open_cell(
    seat: Membership, of: str, number: int, code: int, *, key: str = ""
) -> OpenCell | None:
    """Read a field as a seat may: four queries; None where it may not see it.

    Args:
        key: the record's, if it is known: it decides, numbers change hands.
    """
    found = record_of_seat(seat, of, number, key=key)
    if found is None:
        return None
    record, calls = found
    place = Municipality.objects.filter(council=seat.council_id, code=code).first()
    if place is None:
        return None
    cell = Cell(place, record)
    row = Position.objects.filter(**cell.keys).first()
    if row is not None:
        row.municipality = place
    return _as_seen(cell, row, calls, seat)


def record_of_seat(
    seat: Membership, of: str, number: int, *, key: str = ""
) -> tuple[Record, list[PositionCall]] | None:
    """Give a record a seat may know the positions on, with its calls, oldest first.

    Two queries; None where there is none. A director knows what was called for.

    Args:
        key: if it is known, it decides, and not the number.
    """
    kind = KINDS[of]
    rows: Any = model_of(kind)._default_manager  # noqa: SLF001 -- Django's
    rows = rows.filter(catalogue__council=seat.council_id).present()
    rows = rows.filter(key=key) if key else rows.filter(number=number)
    record = rows.select_related("catalogue").order_by("catalogue_id").first()
    if record is None:
        return None
    calls = list(
        PositionCall.objects.visible_to(seat)
        .filter(catalogue=record.catalogue_id)
        .sent()
        .order_by("pk")
    )
    is_called = any(record.pk in call.records for call in calls)
    return (record, calls) if seat.may_edit or is_called else None


def positions_on(seat: Membership, record: Record) -> dict[int, Position]:
    """Give the positions on a record, by municipality: one query."""
    rows = Position.objects.visible_to(seat).filter(**{record.owner: record})
    return {row.municipality_id: row for row in rows}


def positions_from(
    seat: Membership, of: str, place: Municipality, records: tuple[RecordLine, ...]
) -> dict[int, Position]:
    """Give a municipality's position on each record; an empty one where it has none.

    One query.
    """
    owner = OWNER[KINDS[of]]
    rows = Position.objects.visible_to(seat).filter(
        **{"municipality": place, f"{owner}__in": [record.pk for record in records]}
    )
    found = {getattr(row, f"{owner}_id"): row for row in rows}
    return {
        record.pk: found.get(record.pk)
        or Position(**{"municipality": place, f"{owner}_id": record.pk})
        for record in records
    }


def _as_seen(
    cell: Cell, row: Position | None, calls: list[PositionCall], seat: Membership
) -> OpenCell:
    own = row or Position(**cell.keys)
    try:
        is_correction = allowed(cell.municipality, cell.record.pk, calls, seat)
    except RuleViolationError as error:
        return OpenCell(cell, own, str(error), is_correction=False)
    return OpenCell(cell, own, "", is_correction)


def tally_of(rows: list[tuple[Municipality, Position | None]]) -> Tally:
    """Count a record's row."""
    return Tally.of((row.stance for _, row in rows if row is not None), len(rows))
