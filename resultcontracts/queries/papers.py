"""What stands around goals on paper: who reports to whom, remarks, activities.

Source: docs/rules.md R-139.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from resultcontracts.models import Activity, Contract, Remark, ReportingLine

if TYPE_CHECKING:
    from collections.abc import Iterable


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


def around(contract: Contract, only: int | None = None) -> Around:
    """Read what stands around a contract's goals, or around one of them. Three queries."""
    own = {"contract": contract} | ({"number": only} if only is not None else {})
    of_goal: dict[str, Any] = {f"goal__{name}": value for name, value in own.items()}
    of_measure = {f"measure__{name}": value for name, value in of_goal.items()}
    return Around(
        _by("goal_id", ReportingLine.objects.filter(**of_goal)),
        _by("goal_id", Remark.objects.filter(**of_goal)),
        _by("measure_id", Activity.objects.filter(**of_measure)),
    )


def _by(name: str, rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found
