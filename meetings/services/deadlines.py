"""A council's deadlines: how many working days before a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.models import Council
from core.history import act
from core.versions import Saved, save_merged
from meetings.models import DeadlineRule
from meetings.services.staleness import defer_refresh_council

if TYPE_CHECKING:
    from accounts.models import User


def edit_rule(
    council_pk: int, *, version: int, by: User, **values: Any
) -> Saved[DeadlineRule]:
    """Save the council's deadlines; days that a meeting has of its own stay.

    Args:
        version: the one the user opened; any before the first save.
        values: ``drafts_days``, ``approval_days``, ``sending_days``.

    Raises:
        ConflictError: somebody changed the same number to another one.
        ValidationError: they are not in order.
    """
    with act("rettede fristerne", by):
        Council.objects.select_for_update().get(pk=council_pk)
        made, _ = DeadlineRule.objects.get_or_create(council_id=council_pk)
        rule = DeadlineRule.checkout(made.pk)
        saved = save_merged(rule, values, version=version, by=by)
        defer_refresh_council(council_pk)
        return saved
