"""Attention points that units share: the stem is held once, each unit has its ending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from core.errors import ChangedMeanwhileError, RuleViolationError
from core.history import act
from core.keys import new_key
from core.versions import Saved, save_merged
from proposals.choices import PointKind
from proposals.models import Catalogue, CooperationUnit, Point, SharedPoint
from proposals.services.points import add_point, name_of, remove_point, restore_point
from proposals.services.records import finish, lock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from accounts.models import User

CHANGED_SINCE = "Punktet er rettet siden og har beholdt sin ordlyd."


def create_shared(
    catalogue_pk: int, *, name: str, stem: str, units: Iterable[int], by: User
) -> SharedPoint:
    """Add what units share, last among the attention points of each of them.

    Args:
        units: ids of units of the catalogue; others are left alone.

    Raises:
        ValidationError: there is no name or no beginning.
    """
    with act(f"oprettede ”{name}” i enheder", by):
        catalogue = Catalogue.checkout(catalogue_pk)
        taken = set(catalogue.shared_points.values_list("key", flat=True))
        row = SharedPoint(
            catalogue=catalogue,
            key=new_key(name, taken),
            name=name,
            stem=stem,
            changed_by=str(by),
        )
        row.full_clean()
        row.save()
        add_to_units(row.pk, units=units, by=by)
        return row


def add_to_units(pk: int, *, units: Iterable[int], by: User) -> tuple[int, ...]:
    """Let more units have a shared point, without an ending.

    Args:
        units: ids of units of its catalogue; those that have it already, or are none of
            them, are left alone.

    Returns:
        The new points, for whoever takes it back.
    """
    shared = SharedPoint.objects.get(pk=pk)
    with act(f"føjede ”{shared.name}” til enheder", by):
        Catalogue.checkout(shared.catalogue_id)
        own = CooperationUnit.objects.filter(
            catalogue=shared.catalogue_id, pk__in=units
        )
        has = shared.points.filter(position__isnull=False).values("unit")
        rows = own.present().exclude(pk__in=has).order_by("pk")
        kind = PointKind.ATTENTION
        added = [
            add_point(row, kind=kind, text="", shared=shared, by=by) for row in rows
        ]
        return tuple(row.pk for row in added)


def edit_stem(
    pk: int, *, version: int, name: str, stem: str, by: User
) -> Saved[SharedPoint]:
    """Save what the units share; every unit that prints it gets a new version.

    Raises:
        ConflictError: both changed the same field.
    """
    shared = SharedPoint.objects.get(pk=pk)
    with act(f"rettede ”{shared.name}” i alle enheder", by):
        Catalogue.checkout(shared.catalogue_id)
        units = _printing(shared).order_by("pk")
        locked = [CooperationUnit.checkout(unit.pk) for unit in units]
        row = SharedPoint.checkout(pk)
        before = row.stem
        saved = save_merged(row, {"name": name, "stem": stem}, version=version, by=by)
        if saved.row.stem != before:
            for unit in locked:
                finish(unit, by)
        return saved


def _printing(shared: SharedPoint) -> QuerySet[CooperationUnit]:
    """The units in which the shared sentence stands, and not one of their own."""
    standing = Point.objects.present().filter(shared=shared, has_own_wording=False)
    return CooperationUnit.objects.filter(pk__in=standing.values("unit"))


def use_own_wording(pk: int, *, version: int, text: str, by: User) -> Saved[Point]:
    """Let a unit word a shared point by itself.

    Raises:
        ConflictError: both changed the same field.
        ValidationError: there is no text.
    """
    point = Point.objects.select_related("unit", "proposal", "shared").get(pk=pk)
    if not text:
        raise ValidationError({"text": "Skriv enhedens egen ordlyd."})
    with act(f"gav {name_of(point)} egen ordlyd", by):
        record = lock(point.record)
        row = Point.checkout(pk)
        values = {"text": text, "has_own_wording": True}
        saved = save_merged(row, values, version=version, by=by)
        if saved.is_written:
            finish(record, by)
        return saved


def use_shared_wording(pk: int, *, version: int, ending: str, by: User) -> Point:
    """Let a unit print the shared sentence again, with an ending of its own or none.

    Raises:
        RuleViolationError: the point has been changed since that version.
        ValidationError: an ending that cannot be kept.
    """
    point = Point.objects.select_related("unit", "proposal", "shared").get(pk=pk)
    with act(f"gav {name_of(point)} den fælles ordlyd", by):
        record = lock(point.record)
        row = Point.checkout(pk)
        if row.version != version:
            raise RuleViolationError(CHANGED_SINCE)
        row.text, row.has_own_wording = ending, False
        row.touch(by)
        row.full_clean()
        row.save()
        finish(record, by)
        return row


def remove_from_units(
    pk: int, *, points: Iterable[int], seen: int = 0, by: User
) -> tuple[int, ...]:
    """Take a shared point out of some of its units.

    Args:
        points: the units' own points; those that are not of this shared point, or are
            gone already, are left alone.
        seen: the version that all of them had; what was edited since stays. 0 where it
            does not matter.

    Returns:
        The points that were taken out, for whoever takes it back.
    """
    shared = SharedPoint.objects.get(pk=pk)
    with act(f"slettede ”{shared.name}” i enheder", by):
        there = shared.points.filter(pk__in=points, position__isnull=False)
        rows = tuple(there.order_by("unit", "-position").values_list("pk", flat=True))
        return tuple(row for row in rows if _is_removed(row, seen, by))


def _is_removed(pk: int, seen: int, by: User) -> bool:
    try:
        remove_point(pk, seen=seen, by=by)
    except ChangedMeanwhileError:
        return False
    return True


def restore_to_units(pk: int, *, points: Iterable[int], by: User) -> None:
    """Put a shared point back into units where it stood."""
    shared = SharedPoint.objects.get(pk=pk)
    with act(f"fortrød sletning af ”{shared.name}”", by):
        gone = shared.points.filter(pk__in=points, position__isnull=True)
        for row in gone.order_by("unit", "removed_position"):
            restore_point(row.pk, by=by)
