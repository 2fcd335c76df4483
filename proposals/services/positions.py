"""Positions: given by a municipality's director, or written down by the secretariat.

Locks: the calls of the catalogue, then the position.

Source: docs/rules.md R-89, R-90.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError

from core.errors import ConflictError, RuleViolationError
from core.history import act
from core.versions import Saved, save_merged
from meetings.services import staleness
from proposals.choices import EnteredBy
from proposals.models import Position, PositionCall
from proposals.queries.allowed import Cell, allowed
from proposals.queries.calls import model_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import Membership, Municipality, User
    from proposals.models import Catalogue, Record
    from proposals.queries.record_lines import RecordLine

FIXED: Final = ("municipality", "proposal", "unit")
"""A position is always of the same field of the matrix."""
NO_REASON: Final = "Skriv, hvorfor svaret rettes, efter at opkaldet er lukket."


def begun(cell: Cell, *, seat: Membership, by: User) -> Position:
    """Give the row of a cell, empty where nobody has answered; two who answer meet in it.

    Raises:
        RuleViolationError: the seat may not answer now.
    """
    with act(f"begyndte på et svar: {cell}", by):
        _allowed(cell, seat)
        return _row(cell, by)


def give(
    cell: Cell,
    *,
    seat: Membership,
    version: int,
    correction: str = "",
    by: User,
    is_told: bool = True,
    **values: Any,
) -> Saved[Position]:
    """Write a stance down, merged with what others wrote meanwhile.

    Args:
        seat: from which it is done: the secretariat's, or the municipality's director's.
        version: the one the user opened; 1 where nobody had answered.
        correction: why, where the call has closed.
        is_told: have what shows positions made anew; who writes many does it once, after.
        values: stance, reason, signer, given_on.

    Raises:
        ConflictError: somebody answered otherwise meanwhile.
        RuleViolationError: the call is closed, or it is another's to answer.
        ValidationError: a reason, the signer or the day is missing.
    """
    with act(f"skrev en holdning: {cell}", by):
        is_correction = _allowed(cell, seat)
        if is_correction and not correction.strip():
            raise RuleViolationError(NO_REASON)
        row = _row(cell, by)
        before = row.version
        row.correction = correction.strip() if is_correction else ""
        row.entered_by = EnteredBy.SECRETARIAT if seat.may_edit else EnteredBy.DIRECTOR
        saved = save_merged(row, values, version=version, by=by, fixed=FIXED)
        if is_told and saved.row.version != before:
            staleness.defer_refresh_council(cell.municipality.council_id)
        return saved


def locked_calls(record: Record) -> list[PositionCall]:
    """Lock the calls of a record's catalogue; none closes while one answers."""
    rows = PositionCall.objects.filter(catalogue=record.catalogue_id).sent()
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _allowed(cell: Cell, seat: Membership) -> bool:
    calls = locked_calls(cell.record)
    return allowed(cell.municipality, cell.record.pk, calls, seat)


def _row(cell: Cell, by: User) -> Position:
    """Lock the cell's row; where there is none, an empty one is written first."""
    rows = Position.objects.filter(**cell.keys)
    if not rows.exists():
        Position.objects.bulk_create(
            [Position(**cell.keys, changed_by=str(by))], ignore_conflicts=True
        )
    return rows.select_for_update(of=("self",)).get()


@dataclass(frozen=True, slots=True)
class Given:
    """What became of several answers: the records of those saved, and of the others."""

    saved: tuple[int, ...]
    collided: tuple[int, ...]


def give_all(
    catalogue: Catalogue,
    place: Municipality,
    changes: Sequence[tuple[RecordLine, int, Mapping[str, Any]]],
    *,
    seat: Membership,
    by: User,
) -> Given:
    """Write several of a municipality's stances down at once.

    What somebody else answered otherwise meanwhile is left as it stands.

    Args:
        changes: record, the version opened, and the values; all of the catalogue.

    Raises:
        RuleViolationError: the call has closed; nothing is saved.
        ValidationError: an answer lacks its reason, signer or day; nothing is saved.
    """
    saved, collided = [], []
    is_any_written = False
    with act(f"skrev holdninger for {place.name}", by):
        model = model_of(catalogue.kind)
        rows: Any = model._default_manager  # noqa: SLF001 -- Django's
        own = rows.filter(catalogue=catalogue).in_bulk([c[0].pk for c in changes])
        for record, version, values in changes:
            cell = Cell(place, own[record.pk])
            try:
                one = give(
                    cell, seat=seat, version=version, by=by, is_told=False, **values
                )
            except ConflictError:
                collided.append(record.pk)
            except ValidationError:
                # Merged with somebody else's answer it would lack something.
                if _is_of(cell, version):
                    raise
                collided.append(record.pk)
            else:
                saved.append(record.pk)
                is_any_written |= one.is_written
        if is_any_written:
            staleness.defer_refresh_council(place.council_id)
    return Given(tuple(saved), tuple(collided))


def _is_of(cell: Cell, version: int) -> bool:
    """Whether nobody has written in a field since the version."""
    return Position.objects.filter(**cell.keys, version=version).exists()
