"""Themes of a catalogue: create, rename, renumber, remove, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Max

from core.deleted import undelete
from core.errors import RuleViolationError
from core.formats import counted
from core.history import act
from core.keys import new_key
from core.versions import Saved, delete_unchanged, save_merged
from meetings.services import staleness
from proposals.models import Catalogue, Theme

if TYPE_CHECKING:
    from accounts.models import User

SEEN: Final = ("number", "title")
"""What of a theme somebody may have changed since another read it."""


def create_theme(catalogue_pk: int, *, title: str, by: User) -> Theme:
    """Add a theme with the next number.

    Raises:
        ValidationError: there is no title.
    """
    with act(f"oprettede temaet ”{title}”", by):
        return _create(Catalogue.checkout(catalogue_pk), title, by)


def edit_theme(pk: int, *, version: int, by: User, **values: Any) -> Saved[Theme]:
    """Save a theme's number and title, merged with what others saved since.

    Raises:
        ConflictError: both changed the same field.
        ValidationError: the number is another's, or the title is empty.
    """
    theme = Theme.objects.get(pk=pk)
    with act(f"rettede temaet ”{theme.title}”", by):
        catalogue = Catalogue.checkout(theme.catalogue_id)
        row = Theme.checkout(pk)
        before = row.version
        saved = save_merged(row, values, version=version, by=by)
        if saved.row.version != before:
            staleness.defer_refresh_council(catalogue.council_id)
        return saved


def remove_theme(pk: int, *, seen: int = 0, by: User) -> None:
    """Delete a theme without proposals; ``restore_theme`` brings it back.

    Proposals that were removed from it can still be put back: into the theme beside it.

    Args:
        seen: the version that the user read; 0 where it does not matter.

    Raises:
        ChangedMeanwhileError: somebody edited it since.
        RuleViolationError: proposals belong to it, or removed ones have no other to go to.
    """
    theme = Theme.objects.get(pk=pk)
    with act(f"slettede temaet ”{theme.title}”", by):
        Catalogue.checkout(theme.catalogue_id)
        if why_not := why_not_removed(theme):
            raise RuleViolationError(f"Temaet kan ikke slettes. {why_not}")
        theme.proposals.update(theme=_beside(theme) or theme)
        delete_unchanged(Theme, pk, seen=seen, names=SEEN)


def why_not_removed(theme: Theme) -> str:
    """Say what must be done before a theme can be deleted: "" where it can be now."""
    numbers = list(theme.proposals.values_list("number", flat=True))
    if count := sum(number is not None for number in numbers):
        amount = counted(count, "forslag", "forslag")
        return f"Temaet har {amount}. Flyt dem til et andet tema først."
    if numbers and _beside(theme) is None:
        return "Slettede forslag hører til det. Opret et andet tema til dem først."
    return ""


def restore_theme(catalogue_pk: int, pk: int, *, by: User) -> Theme:
    """Bring a deleted theme back; nothing happens if it is there.

    It gets the next number if its own has been taken.

    Raises:
        Theme.DoesNotExist: the catalogue has had no such theme.
    """
    with act("fortrød sletning af et tema", by):
        catalogue = Catalogue.checkout(catalogue_pk)
        if there := catalogue.themes.filter(pk=pk).first():
            return there
        row = undelete(Theme, pk)
        if row.catalogue_id != catalogue.pk:
            raise Theme.DoesNotExist
        if catalogue.themes.filter(number=row.number).exists():
            row.number = _next_number(catalogue)
        row.touch(by)
        row.save(force_insert=True)
        return row


def theme_for(
    catalogue: Catalogue, *, theme: int | None, new_theme: str, by: User
) -> Theme:
    """Give the chosen theme, or a new last one; the catalogue is locked.

    Raises:
        RuleViolationError: neither is given, or the theme is of another catalogue.
    """
    if new_theme:
        return _create(catalogue, new_theme, by)
    chosen = catalogue.themes.filter(pk=theme).first() if theme else None
    if chosen is None:
        raise RuleViolationError("Vælg et tema, eller skriv et nyt.")
    return chosen


def _create(catalogue: Catalogue, title: str, by: User) -> Theme:
    taken = set(catalogue.themes.values_list("key", flat=True))
    row = Theme(
        catalogue=catalogue,
        key=new_key(title, taken),
        number=_next_number(catalogue),
        title=title,
        changed_by=str(by),
    )
    row.full_clean()
    row.save()
    return row


def _beside(theme: Theme) -> Theme | None:
    """Give the theme before this one, else the one after; None if it is alone."""
    rows = Theme.objects.filter(catalogue=theme.catalogue_id)
    before = rows.filter(number__lt=theme.number).last()
    return before or rows.filter(number__gt=theme.number).first()


def _next_number(catalogue: Catalogue) -> int:
    return int(catalogue.themes.aggregate(last=Max("number"))["last"] or 0) + 1
