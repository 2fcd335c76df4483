"""Records of a catalogue, whatever their kind: create, edit, remove, and undo.

Locks go downwards: the catalogue, its records, their parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max

from core.history import act
from core.keys import new_key
from core.versions import Saved, save_merged
from meetings.services import staleness
from proposals.models import Catalogue, CooperationUnit, Proposal
from proposals.services.themes import theme_for

if TYPE_CHECKING:
    from accounts.models import User
    from core.models import Versioned
    from proposals.models import Record


def create_proposal(
    catalogue_pk: int,
    *,
    theme: int | None,
    new_theme: str,
    title: str,
    idea: str,
    by: User,
) -> Proposal:
    """Add a proposal with the next number.

    Raises:
        RuleViolationError: no theme is given.
        ValidationError: there is no title.
    """
    with act("oprettede et forslag", by):
        catalogue = Catalogue.checkout(catalogue_pk)
        own_theme = theme_for(catalogue, theme=theme, new_theme=new_theme, by=by)
        row = Proposal(catalogue=catalogue, theme=own_theme, title=title, idea=idea)
        return _create(row, by)


def create_unit(
    catalogue_pk: int, *, title: str, scope: str, summary: str, by: User
) -> CooperationUnit:
    """Add a unit with the next number.

    Raises:
        ValidationError: there is no title.
    """
    with act("oprettede en samdriftsenhed", by):
        catalogue = Catalogue.checkout(catalogue_pk)
        row = CooperationUnit(
            catalogue=catalogue, title=title, scope=scope, summary=summary
        )
        return _create(row, by)


def edit_record[R: Record](
    record: R, *, version: int, by: User, **values: Any
) -> Saved[R]:
    """Save plain fields of a record, merged with what others saved since.

    Args:
        values: field → the user's value; foreign keys as rows.

    Raises:
        ConflictError: both changed the same field.
        ValidationError: the number is another's, or the title is empty.
    """
    with act(f"rettede {record}", by):
        Catalogue.checkout(record.catalogue_id)
        row = lock(record)
        before = row.version
        saved = save_merged(row, values, version=version, by=by)
        if saved.row.version != before:
            refresh(saved.row)
        return saved


def remove_record[R: Record](record: R, *, by: User) -> R:
    """Take a record out; the others keep their numbers."""
    with act(f"slettede {record}", by):
        row = lock(record)
        if row.number is not None:
            row.removed_number, row.number = row.number, None
            _save(row, by)
        return row


def restore_record[R: Record](record: R, *, by: User) -> R:
    """Put a record back; it gets the next number if its own has been taken."""
    with act(f"fortrød sletning af {record}", by):
        Catalogue.checkout(record.catalogue_id)
        row = lock(record)
        if row.number is None:
            is_taken = _siblings(row).filter(number=row.removed_number).exists()
            row.number = _next_number(row) if is_taken else row.removed_number
            row.removed_number = None
            _save(row, by)
        return row


def lock[R: Versioned](record: R) -> R:
    """Lock the record before any of its parts; call it inside a transaction."""
    return type(record).checkout(record.pk)


def finish(record: Record, by: User) -> None:
    """Raise the locked record's version, and have what it makes stale worked out."""
    record.touch(by)
    record.save(update_fields=["version", "changed_at", "changed_by"])
    refresh(record)


def refresh(record: Record) -> None:
    """Have the hashes of the council's open meetings worked out."""
    staleness.defer_refresh_council(record.catalogue.council_id)


def _create[R: Record](row: R, by: User) -> R:
    """Save a new record last in its locked catalogue."""
    row.key = new_key(row.title, set(_siblings(row).values_list("key", flat=True)))
    row.number = _next_number(row)
    row.changed_by = str(by)
    row.full_clean()
    row.save()
    refresh(row)
    return row


def _save(row: Record, by: User) -> None:
    row.touch(by)
    row.save()
    refresh(row)


def _siblings(row: Record) -> Any:
    """The records of the same catalogue, removed ones included."""
    rows: Any = type(row)._default_manager  # noqa: SLF001
    return rows.filter(catalogue=row.catalogue_id)


def _next_number(row: Record) -> int:
    return int(_siblings(row).aggregate(last=Max("number"))["last"] or 0) + 1
