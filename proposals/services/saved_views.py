"""Saved views of a list: keep, rename, share, delete, and undo.

Source: docs/rules.md R-96.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.deleted import undelete
from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, delete_unchanged, save_merged
from proposals.models import SavedView

if TYPE_CHECKING:
    from accounts.models import Membership, User
    from proposals.choices import CatalogueKind

_LONGEST = 2000
SEEN: Final = ("name", "is_shared")
"""What of a view somebody may have changed since another read it."""


def create_view(
    seat: Membership,
    *,
    kind: CatalogueKind,
    query: str,
    name: str,
    is_shared: bool,
    by: User,
) -> SavedView:
    """Keep what a list shows under a name.

    Raises:
        RuleViolationError: nothing is narrowed, or too much.
        ValidationError: there is no name, or another view has it.
    """
    if not query:
        raise RuleViolationError("Vælg et filter, eller søg, før du gemmer visningen.")
    if len(query) > _LONGEST:
        raise RuleViolationError(
            "Visningen er for lang til at blive gemt. Fjern et filter."
        )
    with act(f"gemte visningen ”{name}”", by):
        row = SavedView(
            council=seat.council,
            user=by,
            kind=kind,
            name=name,
            query=query,
            is_shared=is_shared,
            changed_by=str(by),
        )
        row.full_clean()
        row.save()
        return row


def edit_view(pk: int, *, version: int, by: User, **values: Any) -> Saved[SavedView]:
    """Save a view's name and who has it, merged with what others saved since.

    Raises:
        ConflictError: both changed the same field.
        RuleViolationError: what somebody else shares would be shared no more.
        ValidationError: there is no name, or another view has it.
    """
    with act("rettede en gemt visning", by):
        row = SavedView.checkout(pk)
        takes_back = row.is_shared and values.get("is_shared") is False
        if takes_back and row.user_id != by.pk:
            raise RuleViolationError(
                "Kun den, der deler visningen, kan tage den til sig."
            )
        return save_merged(row, values, version=version, by=by)


def remove_view(pk: int, *, seen: int = 0, by: User) -> None:
    """Delete a view; ``restore_view`` brings it back.

    Args:
        seen: the version that the user read; 0 where it does not matter.

    Raises:
        ChangedMeanwhileError: somebody edited it since.
    """
    with act("slettede en gemt visning", by):
        delete_unchanged(SavedView, pk, seen=seen, names=SEEN)


def restore_view(seat: Membership, pk: int, *, by: User) -> SavedView:
    """Bring a deleted view back; nothing happens if it is there.

    Raises:
        SavedView.DoesNotExist: the user could see no such view.
        ValidationError: another view has got its name.
    """
    with act("fortrød sletning af en gemt visning", by):
        if there := SavedView.objects.visible_to(seat).filter(pk=pk).first():
            return there
        row = undelete(SavedView, pk)
        is_own = row.is_shared or row.user_id == seat.user_id
        is_there = SavedView.objects.filter(pk=pk).exists()
        if row.council_id != seat.council_id or not is_own or is_there:
            raise SavedView.DoesNotExist
        row.touch(by)
        row.full_clean(exclude=["id"])
        row.save(force_insert=True)
        return row
