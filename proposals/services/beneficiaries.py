"""Who gains by units: a name on each gain, renamed in all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.history import act
from core.order import renumber
from proposals.choices import PointKind
from proposals.models import Catalogue, CooperationUnit, Point
from proposals.services.points import by_beneficiary
from proposals.services.records import finish, lock

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import User


def rename_beneficiary(
    catalogue_pk: int,
    *,
    old: str,
    new: str,
    only: Collection[int] | None = None,
    by: User,
) -> tuple[int, ...]:
    """Give those who gain another name; two of the same name become one group.

    Args:
        only: ids of points; None is all that bear the old name. Undo names those that
            were renamed, so that others of the new name keep it.

    Returns:
        The points that were renamed.

    Raises:
        ValidationError: a name that cannot be kept.
    """
    with act(f"omdøbte modtageren ”{old}” til ”{new}”", by):
        Catalogue.checkout(catalogue_pk)
        units = CooperationUnit.objects.filter(catalogue=catalogue_pk)
        found: list[int] = []
        for unit in units.present().order_by("pk"):
            found += _rename_in(lock(unit), old, new, only, by)
        return tuple(found)


def _rename_in(
    unit: CooperationUnit, old: str, new: str, only: Collection[int] | None, by: User
) -> list[int]:
    gains = Point.objects.filter(unit=unit, kind=PointKind.GAIN).present()
    rows = list(gains.order_by("position", "pk"))
    renamed = [
        row
        for row in rows
        if row.beneficiary == old and (only is None or row.pk in only)
    ]
    for row in renamed:
        row.beneficiary = new
        row.touch(by)
        row.full_clean()
        row.save()
    if renamed:
        renumber(by_beneficiary(rows))
        finish(unit, by)
    return [row.pk for row in renamed]
