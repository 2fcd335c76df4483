"""Contracts: made, edited, and next year's from last year's.

Source: docs/rules.md R-126.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from accounts.models import Council
from core.errors import RuleViolationError
from core.history import act
from core.keys import new_key
from core.versions import Saved, save_merged
from meetings.services import staleness
from resultcontracts.choices import ContractState
from resultcontracts.models import (
    Contract,
    Goal,
    GoalKind,
    Measure,
    ReportingLine,
    SharedTotal,
    TargetRevision,
)

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User

_STAYS: Final = frozenset({"id", "version", "changed_at", "changed_by"})


def create_contract(council_pk: int, *, by: User, **values: Any) -> Contract:
    """Make an empty draft with one kind of goals.

    Raises:
        ValidationError: the house has a contract for the year, or a value is refused.
    """
    with act(f"oprettede {values['title']}", by):
        council = Council.objects.select_for_update(of=("self",)).get(pk=council_pk)
        row = _new(council, values, by)
        GoalKind.objects.create(
            contract=row,
            key="maal",
            name="mål",
            plural="mål",
            position=1,
            changed_by=str(by),
        )
        return row


def _new(council: Council, values: dict[str, Any], by: User) -> Contract:
    taken = set(Contract.objects.filter(council=council).values_list("key", flat=True))
    row = Contract(
        council=council,
        key=new_key(values["title"], taken, fallback="resultatkontrakt"),
        changed_by=str(by),
        **values,
    )
    row.full_clean()
    row.save()
    # A draft is found by its editors.
    staleness.defer_refresh_council(council.pk)
    return row


def edit_contract(pk: int, *, version: int, by: User, **values: Any) -> Saved[Contract]:
    """Save what a contract says of itself, merged with what others saved since.

    Raises:
        ConflictError: both changed the same field.
        ValidationError: a value is refused.
    """
    with act("rettede resultatkontrakten", by):
        row = Contract.checkout(pk)
        saved = save_merged(row, values, version=version, by=by)
        if saved.is_written:
            staleness.defer_refresh_council(row.council_id)
        return saved


def next_contract(pk: int, *, year: int, title: str, by: User) -> Contract:
    """Make a draft for another year: the same goals, measures and today's targets.

    What was measured, judged, claimed and answered stays with the old one. The method's
    year and the days that measures are due move with the year; what a target was reckoned
    from is left to be written anew.

    Raises:
        RuleViolationError: the year is the contract's own.
        ValidationError: the house has a contract for the year.
    """
    with act(f"begyndte {title}", by):
        old = Contract.checkout(pk)
        if year == old.year:
            raise RuleViolationError(f"Kontrakten er for {year}. Vælg et andet år.")
        values = {
            name: getattr(old, name) for name in ("house", "parties", "framework")
        }
        new = _new(
            old.council,
            {**values, "year": year, "title": title, "came_from": old,
             "state": ContractState.DRAFT},
            by,
        )  # fmt: skip
        _copy_goals(old, new, year - old.year, by)
        return new


def _copy_goals(old: Contract, new: Contract, years: int, by: User) -> None:
    kinds = {
        row.pk: _copy(row, by, contract=new)
        for row in GoalKind.objects.filter(contract=old)
    }
    goals: dict[int, Goal] = {}
    rows = list(Goal.objects.filter(contract=old))
    # What was sent and decided of a goal is found by its key alone: a new one is another.
    everywhere = Goal.objects.filter(contract__council=old.council_id)
    taken = set(everywhere.values_list("key", flat=True))
    for row in rows:
        key = new_key(f"{row.key.removesuffix(f'-{old.year}')}-{new.year}", taken)
        taken.add(key)
        goals[row.pk] = _copy(
            row,
            by,
            contract=new,
            key=key,
            kind=kinds[row.kind_id],
            follows=None,
            report="",
            reported="",
            reported_as="",
            reported_note="",
            is_implied=False,
            method_year=row.method_year + years if row.method_year else None,
        )
    for row in rows:
        if row.follows_id:
            Goal.objects.filter(pk=goals[row.pk].pk).update(
                follows=goals[row.follows_id]
            )
    for line in ReportingLine.objects.filter(goal__contract=old):
        _copy(line, by, goal=goals[line.goal_id])
    _copy_measures(old, goals, years, by)


def _copy_measures(old: Contract, goals: dict[int, Goal], years: int, by: User) -> None:
    measures: dict[int, Measure] = {}
    for row in Measure.objects.filter(goal__contract=old):
        measures[row.pk] = _copy(
            row,
            by,
            goal=goals[row.goal_id],
            remark="",
            note="",
            rank="",
            blocked_by="",
            due_name=_moved_name(row.due_name, years),
            due_on=_moved(row.due_on, years),
        )
    for total in SharedTotal.objects.filter(measure__goal__contract=old):
        _copy(total, by, measure=measures[total.measure_id])
    newest: dict[int, TargetRevision] = {}
    for target in TargetRevision.objects.filter(measure__goal__contract=old):
        newest[target.measure_id] = target
    for measure, target in newest.items():
        _copy(target, by, measure=measures[measure], since=None, reason="",
              meeting=None, baseline=None, baseline_of="", added=None,
              rule="fixed")  # fmt: skip


def _copy[M: (GoalKind, Goal, ReportingLine, Measure, SharedTotal, TargetRevision)](
    row: M, by: User, **other: Any
) -> M:
    fields = row._meta.concrete_fields  # noqa: SLF001 -- Django's documented name
    same = {f.attname: getattr(row, f.attname) for f in fields if f.name not in _STAYS}
    for name in other:
        same.pop(f"{name}_id", None)
    made = type(row)(**{**same, **other, "changed_by": str(by)})
    made.save()
    return made


def _moved(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _moved_name(name: str, years: int) -> str:
    """Move the years in words, "3. kvartal 2021" → "3. kvartal 2022"."""
    words = [
        str(int(word) + years) if word.isdecimal() and len(word) == 4 else word  # noqa: PLR2004
        for word in name.split(" ")
    ]
    return " ".join(words)
