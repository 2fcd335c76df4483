"""Co-operation units: create, edit, remove, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max

from core.history import act
from core.keys import new_key
from core.versions import Saved, save_merged
from proposals.models import Catalogue, CooperationUnit
from proposals.services.records import refresh

if TYPE_CHECKING:
    from accounts.models import User


def create_unit(
    catalogue_pk: int, *, title: str, scope: str, summary: str, by: User
) -> CooperationUnit:
    """Add a unit with the next number.

    Raises:
        ValidationError: there is no title.
    """
    with act("oprettede en samdriftsenhed", by):
        catalogue = Catalogue.checkout(catalogue_pk)
        own = CooperationUnit.objects.filter(catalogue=catalogue)
        row = CooperationUnit(
            catalogue=catalogue,
            key=new_key(title, set(own.values_list("key", flat=True))),
            number=_next_number(catalogue),
            title=title,
            scope=scope,
            summary=summary,
            changed_by=str(by),
        )
        row.full_clean()
        row.save()
        refresh(row)
        return row


def edit_unit(
    pk: int, *, version: int, by: User, **values: Any
) -> Saved[CooperationUnit]:
    """Save plain fields of a unit, merged with what others saved since.

    Raises:
        ConflictError: both changed the same field.
        ValidationError: the number is another's, or the title is empty.
    """
    unit = CooperationUnit.objects.select_related("catalogue").get(pk=pk)
    with act(f"rettede {unit}", by):
        Catalogue.checkout(unit.catalogue_id)
        row = CooperationUnit.checkout(pk)
        before = row.version
        saved = save_merged(row, values, version=version, by=by)
        if saved.row.version != before:
            refresh(saved.row)
        return saved


def remove_unit(pk: int, *, by: User) -> CooperationUnit:
    """Take a unit out; the others keep their numbers."""
    unit = CooperationUnit.objects.get(pk=pk)
    with act(f"slettede {unit}", by):
        row = CooperationUnit.checkout(pk)
        if row.number is not None:
            row.removed_number, row.number = row.number, None
            row.touch(by)
            row.save()
            refresh(row)
        return row


def restore_unit(pk: int, *, by: User) -> CooperationUnit:
    """Put a unit back; it gets the next number if its own has been taken."""
    unit = CooperationUnit.objects.get(pk=pk)
    with act(f"fortrød sletning af samdrift {unit.removed_number}", by):
        catalogue = Catalogue.checkout(unit.catalogue_id)
        row = CooperationUnit.checkout(pk)
        if row.number is None:
            taken = CooperationUnit.objects.filter(
                catalogue=catalogue, number=row.removed_number
            ).exists()
            row.number = _next_number(catalogue) if taken else row.removed_number
            row.removed_number = None
            row.touch(by)
            row.save()
            refresh(row)
        return row


def _next_number(catalogue: Catalogue) -> int:
    own = CooperationUnit.objects.filter(catalogue=catalogue)
    return int(own.aggregate(last=Max("number"))["last"] or 0) + 1
