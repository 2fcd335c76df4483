"""What stands around goals on paper: who reports to whom, remarks, activities.

Source: docs/rules.md R-139.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core import clock
from core.bundle import bundle
from resultcontracts.models import Activity, Contract, Remark, ReportingLine
from resultcontracts.queries.contracts import goals_of, measures_of, read_of
from resultcontracts.queries.contradictions import findings_of, with_claims

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from resultcontracts.queries.contracts import ContractRows
    from resultcontracts.queries.contradictions import Answered


@dataclass(frozen=True, slots=True)
class Around:
    """Rows that hang on goals and measures, by the key of what they hang on."""

    lines: dict[int, list[ReportingLine]] = field(default_factory=dict)
    remarks: dict[int, list[Remark]] = field(default_factory=dict)
    activities: dict[int, list[Activity]] = field(default_factory=dict)


def chosen_contract(pk: int) -> Contract:
    """Give a contract with its house and council. One query.

    Raises:
        Contract.DoesNotExist: it is no more.
    """
    return Contract.objects.select_related("house", "council").get(pk=pk)


@dataclass(frozen=True, slots=True)
class Whole:
    """A contract with all that is printed of it."""

    read: ContractRows
    told: Any
    around: Around

    @property
    def findings(self) -> tuple[Answered, ...]:
        """What does not agree; no query."""
        return findings_of(self.read, self.told)


def whole(contract: Contract, day: date | None = None) -> Whole:
    """Read a contract with what its papers say and what stands around its goals. One query."""
    own = Contract.objects.filter(pk=contract.pk)
    (told,), goals, measures, lines, remarks, activities = bundle(
        with_claims(own),
        goals_of(own),
        measures_of(own),
        ReportingLine.objects.filter(goal__contract=contract),
        Remark.objects.filter(goal__contract=contract),
        Activity.objects.filter(measure__goal__contract=contract),
        annotated=True,
    )
    read = read_of(contract, goals, measures, day or clock.today())
    return Whole(
        read,
        told,
        Around(
            _by("goal_id", lines),
            _by("goal_id", remarks),
            _by("measure_id", activities),
        ),
    )


def _by(name: str, rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found
