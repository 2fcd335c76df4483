"""Rows that are gone, taken from their history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.errors import RuleViolationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.models import Versioned

CHANGED_SINCE: Final = "Det er rettet igen siden. Rettelsen er ikke fortrudt."


def put_back(row: Versioned, names: Iterable[str], *, version: int) -> Any:
    """Let fields of a locked row say what they said before it got its version, unsaved.

    Args:
        version: the one that is taken back.

    Returns:
        The event of the row as it was.

    Raises:
        RuleViolationError: the row has been changed since, or has no earlier version.

    Source: docs/rules.md R-107.
    """
    events: Any = row.events  # type: ignore[attr-defined]
    before = events.filter(version__lt=version).order_by("-pgh_id").first()
    if row.version != version or before is None:
        raise RuleViolationError(CHANGED_SINCE)
    for name in names:
        own = row._meta.get_field(name)  # noqa: SLF001
        setattr(row, own.attname, getattr(before, own.attname))  # type: ignore[union-attr]
    return before
