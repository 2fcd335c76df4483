"""A contract with its goals and measures, read in two queries, and where they stand.

Source: docs/rules.md R-115, R-116, R-124.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 -- a prepared question reads its annotations
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, Exists, F, Func, OuterRef, Q, When
from django.db.models.functions import JSONObject

from core import clock
from core.prepared import prepared
from resultcontracts.models import Contract, Goal, Measure, ReportingLine
from resultcontracts.queries import rows
from resultcontracts.standing import measures as values
from resultcontracts.standing.goals import GoalStanding, goal_standing
from resultcontracts.standing.periods import Period
from resultcontracts.standing.sums import with_sums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    read = read_of(contract, _goals([contract.pk]), _measures([contract.pk]), day)
    if only is None:
        return read
    goals = tuple(goal for goal in read.goals if goal.number == only)
    return ContractRows(contract, day, goals)


def rows_around(contract: Contract, goal: int, day: date) -> ContractRows:
    """Read a contract for the page of one goal: all of that one. Two queries.

    Of the others' measures only what their standing on the day rests on is read, and no
    benchmarks.

    Raises:
        UnitMismatchError: a result is in another unit than its target.
    """
    own = [contract.pk]
    return read_of(contract, _goals(own), _mostly_newest(own, goal, day), day)


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
    pks = [each.pk for each in contracts]
    for goal in _goals(pks):
        goals[goal.contract_id].append(goal)
        of_goal[goal.pk] = goal.contract_id
    measures: dict[int, list[Any]] = {each.pk: [] for each in contracts}
    for row in _newest(pks, day):
        measures[of_goal[row.goal_id]].append(row)
    return tuple(
        read_of(each, goals[each.pk], measures[each.pk], day) for each in contracts
    )


def read_of(
    contract: Contract, goals: list[Any], measures: list[Any], day: date
) -> ContractRows:
    """Put together what was read of a contract, and tell where it stands on a day."""
    follows = {goal.pk: next(iter(goal.json_follows), None) for goal in goals}
    by_pk = {row.pk: _value(row, follows[row.goal_id]) for row in measures}
    by_label = {row.label: by_pk[row.pk] for row in measures}
    sums = {row.label: tuple(row.sums) for row in measures if row.sums}
    units = {row.label: row.unit for row in measures}
    summed = with_sums(by_label, sums, units, day) if sums else {}
    own: dict[int, list[MeasureRow]] = {goal.pk: [] for goal in goals}
    for row in measures:
        value = summed[row.label] if row.sums else by_pk[row.pk]
        own[row.goal_id].append(MeasureRow(row, value))
    read = tuple(_goal(goal, tuple(own[goal.pk]), day) for goal in goals)
    return ContractRows(contract, day, read)


def _goal(goal: Any, measures: tuple[MeasureRow, ...], day: date) -> GoalRow:
    values_of = [each.value for each in measures]
    return GoalRow(goal, measures, goal_standing(values_of, day))


def goals_of(contracts: Any) -> Any:
    """Ask for the goals of a queryset of contracts, in order."""
    return _goals_where(Q(contract__in=contracts))


def measures_of(contracts: Any) -> Any:
    """Ask for the measures of a queryset of contracts, with all that is written of them."""
    return _with_all(_measures_where(Q(goal__contract__in=contracts)))


@prepared
def _goals(contracts: list[int]) -> Any:
    return _goals_where(_is_of("contract_id", contracts))


def _goals_where(condition: Any) -> Any:
    stated = ReportingLine.objects.filter(goal=OuterRef("pk"), is_inferred=False)
    followed = Goal.objects.filter(pk=OuterRef("follows")).values("number")
    return (
        Goal.objects.filter(condition)
        .annotate(
            json_kind=_KIND,
            json_follows=ArraySubquery(followed),
            has_lines=Exists(stated),
        )
        .order_by("number", "pk")
    )


@prepared
def _measures(contracts: list[int]) -> Any:
    """Give measures with all that was ever measured."""
    return _with_all(_of_contracts(contracts))


@prepared
def _newest(contracts: list[int], day: date) -> Any:
    """Give measures with what their standing on a day rests on."""
    return _of_contracts(contracts).annotate(json_measurements=rows.json_newest(day))


@prepared
def _mostly_newest(contracts: list[int], goal: int, day: date) -> Any:
    """Give measures of one goal with all, of the others with what their standing rests on."""
    is_own = Q(goal__number=goal)
    return _of_contracts(contracts).annotate(
        json_measurements=Case(
            When(is_own, then=rows.json_measurements()), default=rows.json_newest(day)
        ),
        json_benchmarks=Case(When(is_own, then=rows.json_benchmarks())),
    )


def _of_contracts(contracts: Any) -> Any:
    return _measures_where(_is_of("goal__contract_id", contracts))


def _with_all(measures: Any) -> Any:
    return measures.annotate(
        json_measurements=rows.json_measurements(),
        json_benchmarks=rows.json_benchmarks(),
    )


def _measures_where(condition: Any) -> Any:
    found: Any = Measure.objects.filter(condition).annotate(
        json_targets=rows.json_targets(),
        json_verdicts=rows.json_verdicts(),
        json_approvals=rows.json_approvals(),
    )
    return found.order_by("goal__number", "position", "pk")


def _is_of(name: str, contracts: Any) -> Func:
    """Ask whether a column holds one of the keys, which a prepared question leaves open."""
    return Func(
        F(name),
        contracts,
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


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
