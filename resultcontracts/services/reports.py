"""A goal's report in words: edited, and taken back.

Source: docs/rules.md R-138.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import RuleViolationError
from core.versions import Saved, event_at, save_merged
from resultcontracts.models import Goal
from resultcontracts.services.answers import CHANGED_SINCE
from resultcontracts.services.changing import changing

if TYPE_CHECKING:
    from accounts.models import User


def edit_report(pk: int, *, version: int, by: User, **values: str) -> Saved[Goal]:
    """Write a goal's report, merged with what others saved since.

    Args:
        values: ``report``; without it nothing is written.

    Raises:
        ConflictError: both wrote in it.
    """
    goal = Goal.objects.get(pk=pk)
    with changing(f"rettede rapportens ord om mål {goal.number}", by, goal=pk):
        return save_merged(Goal.checkout(pk), values, version=version, by=by)


def undo_report(pk: int, *, version: int, by: User) -> Goal:
    """Take back the edit that gave a goal its version.

    Raises:
        RuleViolationError: the goal has been changed since.
    """
    with changing("fortrød en rettelse af rapportens ord", by, goal=pk):
        row = Goal.checkout(pk)
        if row.version != version or version <= 1:
            raise RuleViolationError(CHANGED_SINCE)
        row.report = event_at(row, version - 1).report
        row.touch(by)
        row.full_clean()
        row.save()
        return row
