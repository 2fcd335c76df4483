"""Order within a parent: ``position`` counts from 1 without gaps; NULL is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db import models


def moved[T](rows: Sequence[T], row: T, to: int) -> list[T]:
    """Give ``rows`` with ``row`` at position ``to`` (from 1; clamped to the ends)."""
    rest = [other for other in rows if other != row]
    at = min(max(to, 1), len(rest) + 1) - 1
    return [*rest[:at], row, *rest[at:]]


def renumber(rows: Iterable[models.Model]) -> None:
    """Write positions 1, 2, 3 … on rows whose parent is locked; one query a change."""
    for position, row in enumerate(rows, 1):
        if row.position != position:  # type: ignore[attr-defined]
            row.position = position  # type: ignore[attr-defined]
            row.save(update_fields=["position"])
