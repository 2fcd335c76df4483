"""A contract with its goals and measures, read in two queries, and where they stand.

Source: docs/rules.md R-115, R-116, R-124.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from core import clock
from resultcontracts.models import Contract, Goal, Measure, ReportingLine
from resultcontracts.queries import rows
from resultcontracts.standing import measures as values
from resultcontracts.standing.goals import GoalStanding, goal_standing
from resultcontracts.standing.periods import Period
from resultcontracts.standing.sums import with_sums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from accounts.models import Membership


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure with all that is written about it.

    Attributes:
        row: the stored row, with ``json_targets``, ``json_measurements``,
            ``json_verdicts`` and ``json_benchmarks`` (``queries.rows``).
        value: what the arithmetic takes.
    """

    row: Any
    value: values.Measure

    @property
    def label(self) -> str:
        """As the contract numbers it."""
        return self.value.label

    def told(self, key: str) -> Mapping[str, Any] | None:
        """Give what is written about a measurement by its key; None of a sum."""
        found = (each for each in self.row.json_measurements if str(each["pk"]) == key)
        return next(found, None)


@dataclass(frozen=True)
class GoalRow:
    """A goal with its measures."""

    row: Any
    measures: tuple[MeasureRow, ...]
    standing: GoalStanding

    @property
    def number(self) -> int:
        """As people say it aloud."""
        return int(self.row.number)

    @cached_property
    def by_label(self) -> dict[str, MeasureRow]:
        """Its measures by their labels."""
        return {each.label: each for each in self.measures}


@dataclass(frozen=True)
class ContractRows:
    """A contract with its goals, and where they stand on a day."""

    contract: Contract
    day: date
    goals: tuple[GoalRow, ...]

    @cached_property
    def by_number(self) -> dict[int, GoalRow]:
        """Its goals by their numbers."""
        return {each.number: each for each in self.goals}


_KIND: Final = JSONObject(
    key="kind__key",
    name="kind__name",
    plural="kind__plural",
    note="kind__note",
    needs_method="kind__needs_method",
    needs_reporting="kind__needs_reporting",
)


def own_contracts(seat: Membership, slug: str) -> QuerySet[Contract]:
    """Give what an address names, by year or key, of what the seat may see."""
    found = Contract.objects.visible_to(seat).select_related("house", "council")
    if slug.isdecimal():
        return found.filter(year=int(slug))
    return found.filter(key=slug)


def contract_rows(
    contract: Contract, day: date | None = None, *, only: int | None = None
) -> ContractRows:
    """Read a contract's goals and where they stand on a day. Two queries.

    Args:
        day: today, if none is given; what was approved later does not count.
        only: the number of one goal; the others are left out, but for what it is the
            sum of.

    Raises:
        UnitMismatchError: a result is in another unit than its target.
    """
    day = day or clock.today()
    read = _read(contract, list(_goals([contract])), list(_measures([contract])), day)
    if only is None:
        return read
    goals = tuple(goal for goal in read.goals if goal.number == only)
    return ContractRows(contract, day, goals)


def many_rows(
    contracts: Sequence[Contract], day: date | None = None
) -> tuple[ContractRows, ...]:
    """Read several contracts and where their goals stand on a day. Two queries.

    Of each measure only what its standing rests on is read, the approved result of the
    latest time.

    Raises:
        UnitMismatchError: a result is in another unit than its target.
    """
    day = day or clock.today()
    goals: dict[int, list[Any]] = {each.pk: [] for each in contracts}
    of_goal: dict[int, int] = {}
    for goal in _goals(contracts):
        goals[goal.contract_id].append(goal)
        of_goal[goal.pk] = goal.contract_id
    measures: dict[int, list[Any]] = {each.pk: [] for each in contracts}
    for row in _measures(contracts, newest_on=day):
        measures[of_goal[row.goal_id]].append(row)
    return tuple(
        _read(each, goals[each.pk], measures[each.pk], day) for each in contracts
    )


def _read(
    contract: Contract, goals: list[Any], measures: list[Any], day: date
) -> ContractRows:
    follows = {goal.pk: next(iter(goal.json_follows), None) for goal in goals}
    by_label = {row.label: _value(row, follows[row.goal_id]) for row in measures}
    sums = {row.label: tuple(row.sums) for row in measures if row.sums}
    units = {row.label: row.unit for row in measures}
    resolved = with_sums(by_label, sums, units, day) if sums else by_label
    own: dict[int, list[MeasureRow]] = {goal.pk: [] for goal in goals}
    for row in measures:
        own[row.goal_id].append(MeasureRow(row, resolved[row.label]))
    read = tuple(_goal(goal, tuple(own[goal.pk]), day) for goal in goals)
    return ContractRows(contract, day, read)


def _goal(goal: Any, measures: tuple[MeasureRow, ...], day: date) -> GoalRow:
    values_of = [each.value for each in measures]
    return GoalRow(goal, measures, goal_standing(values_of, day))


def _goals(contracts: Sequence[Contract]) -> Any:
    stated = ReportingLine.objects.filter(goal=OuterRef("pk"), is_inferred=False)
    followed = Goal.objects.filter(pk=OuterRef("follows")).values("number")
    return (
        Goal.objects.filter(contract__in=contracts)
        .annotate(
            json_kind=_KIND,
            json_follows=ArraySubquery(followed),
            has_lines=Exists(stated),
        )
        .order_by("number", "pk")
    )


def _measures(contracts: Sequence[Contract], newest_on: date | None = None) -> Any:
    found: Any = Measure.objects.filter(goal__contract__in=contracts).annotate(
        json_targets=rows.json_targets(),
        json_verdicts=rows.json_verdicts(),
        json_approvals=rows.json_approvals(),
    )
    if newest_on is None:
        found = found.annotate(
            json_measurements=rows.json_measurements(),
            json_benchmarks=rows.json_benchmarks(),
        )
    else:
        found = found.annotate(json_measurements=rows.json_newest(newest_on))
    return found.order_by("goal__number", "position", "pk")


def _value(row: Any, follows: int | None) -> values.Measure:
    made = (rows.measurement_of(each, row.unit) for each in row.json_measurements)
    return values.Measure(
        key=row.key,
        label=row.label,
        phrase=row.phrase,
        due=Period(row.due_name, row.due_on, row.due_is_year),
        targets=tuple(rows.target_of(each, row.unit) for each in row.json_targets),
        measurements=tuple(each for each in made if each is not None),
        verdicts=tuple(rows.verdict_of(each) for each in row.json_verdicts),
        remark=row.remark,
        counts=row.counts,
        follows=follows,
    )
