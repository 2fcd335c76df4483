"""Renumber records: all moves in one act, and back.

Source: docs/rules.md R-78.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.errors import RuleViolationError
from core.history import act
from proposals.models import Catalogue
from proposals.services.records import refresh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User
    from proposals.models import Record
    from proposals.numbers import Move

CHANGED: str = "Numrene er ændret siden. Se efter igen, hvad der ændres."


def renumber_records(
    catalogue_pk: int, model: type[Record], *, moves: Sequence[Move], by: User
) -> tuple[Record, ...]:
    """Give records of a catalogue other numbers, all at once.

    References, lists and appendices follow: they are kept by key. Each record that moves
    gets a new version; what was sent stays as it was sent.

    Raises:
        RuleViolationError: a record no longer has the number it is to leave, or another
            has the number it is to get.
    """
    with act(f"gav {len(moves)} {model.word} nye numre", by):
        catalogue = Catalogue.checkout(catalogue_pk)
        rows: Any = model._default_manager  # noqa: SLF001
        present = rows.filter(catalogue=catalogue).present().select_for_update()
        own = {row.key: row for row in present}
        _refuse(own, moves)
        for move in moves:
            row = own[move.key]
            row.number = move.new
            row.touch(by)
            row.save()
        moved = tuple(own[move.key] for move in moves)
        if moved:
            refresh(moved[0])
        return moved


def _refuse(own: dict[str, Any], moves: Sequence[Move]) -> None:
    is_as_seen = all(
        move.key in own and own[move.key].number == move.old for move in moves
    )
    moving = {move.key for move in moves}
    kept = {row.number for key, row in own.items() if key not in moving}
    if not is_as_seen or kept & {move.new for move in moves}:
        raise RuleViolationError(CHANGED)
