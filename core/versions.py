"""Saving over somebody else's change: merge what can be merged, ask for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import ChangedMeanwhileError, ConflictError
from core.merge import Origin, three_way

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from core.models import Versioned


@dataclass(frozen=True, slots=True)
class Saved[M: Versioned]:
    """A row after saving.

    Attributes:
        row: as it stands now.
        merged: fields that somebody else had changed meanwhile and that were kept.
        their_version: the version those fields came from; 0 if nothing was merged.
        their_name: who had saved it.
        is_written: the user changed something; else the row stands as it stood.
    """

    row: M
    merged: tuple[str, ...] = ()
    their_version: int = 0
    their_name: str = ""
    is_written: bool = False


def save_merged[M: Versioned](
    row: M,
    values: Mapping[str, object],
    *,
    version: int,
    by: Any,
    fixed: Collection[str] = (),
) -> Saved[M]:
    """Write the user's values on a locked row, merged with what others saved since.

    Args:
        row: locked by ``checkout``, as it stands in the database.
        values: field name → the user's value.
        version: the version the user had opened.
        by: the user.
        fixed: fields that are what they were when the row was made. They are not held
            against the database again, nor is a constraint that rests on one of them.

    Raises:
        ConflictError: at least one field was changed by both, to different values.
        ValidationError: the merged row breaks a constraint.
    """
    theirs = fields_of(row, values)
    base = theirs if version == row.version else fields_at(row, version, values)
    merge = three_way(base, theirs, values)
    if any(field.is_conflict for field in merge.values()):
        raise ConflictError(row, merge, version)
    origins = {name: field.origin for name, field in merge.items()}
    merged = tuple(n for n, origin in origins.items() if origin is Origin.THEIRS)
    is_written = Origin.MINE in origins.values()
    their_version = row.version if merged else 0
    saved = Saved(row, merged, their_version, row.changed_by, is_written)
    if is_written:
        for name, field in merge.items():
            setattr(row, name, field.value)
        row.touch(by)
        row.full_clean(exclude=fixed)
        row.save()
    return saved


def fields_of(row: Versioned, names: Iterable[str]) -> dict[str, object]:
    """Give the row's values for ``names``; foreign keys as rows."""
    return {name: getattr(row, name) for name in names}


def fields_at(row: Versioned, version: int, names: Iterable[str]) -> dict[str, object]:
    """Give the values that ``row`` had at an earlier version, from its history."""
    event = event_at(row, version)
    return {name: getattr(event, name) for name in names}


def changed_since(row: Versioned, version: int, names: Iterable[str]) -> bool:
    """Whether one of the fields says something else than at ``version``: 1 query at most."""
    if version == row.version:
        return False
    wanted = tuple(names)
    return fields_at(row, version, wanted) != fields_of(row, wanted)


def refuse_changed(row: Versioned, seen: int, names: Iterable[str]) -> None:
    """Refuse to take a locked row away that says something else than the user read.

    Args:
        seen: the version that was read; 0 asks for no comparison.

    Raises:
        ChangedMeanwhileError: one of the fields was changed since.
    """
    if seen and changed_since(row, seen, names):
        raise ChangedMeanwhileError(row.changed_by)


def delete_unchanged(
    model: type[Versioned], pk: int, *, seen: int, names: Iterable[str]
) -> None:
    """Delete a row that says what the user read; nothing happens if it is gone.

    It is locked first, so that nobody changes it between the question and the deletion.

    Args:
        seen: as for :func:`refuse_changed`.

    Raises:
        ChangedMeanwhileError: one of the fields was changed since.
    """
    rows = model._default_manager.select_for_update(of=("self",))  # noqa: SLF001
    for row in rows.filter(pk=pk):
        refuse_changed(row, seen, names)
        row.delete()


def event_at(row: Versioned, version: int) -> Any:
    """Give the history event of an earlier version: its values, when, and by whom.

    An unknown version (a forged or very old form) counts as the oldest one kept: then
    more is asked of the user, and nothing is overwritten.
    """
    events = row.events.order_by("-pgh_id")  # type: ignore[attr-defined]
    return events.filter(version=version).first() or events.last()
