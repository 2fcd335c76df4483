"""Rows that a module makes once, for all its tests (the fixture ``kept``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model


def again[M: Model](row: M) -> M:
    """Read a row anew, for a test of its own: another may have changed the one at hand."""
    return type(row)._base_manager.get(pk=row.pk)
