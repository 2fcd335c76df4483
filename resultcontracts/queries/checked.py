"""A contract with all that is asked of it before a meeting is sent. One query.

Source: docs/rules.md R-140.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from core import clock
from core.bundle import bundle
from resultcontracts.choices import MeasurementState
from resultcontracts.models import Contract
from resultcontracts.queries.contracts import goals_of, measures_of, read_of
from resultcontracts.queries.contradictions import findings_of, with_claims

if TYPE_CHECKING:
    from datetime import date

    from resultcontracts.queries.contracts import ContractRows
    from resultcontracts.queries.contradictions import Answered

_WAITING: Final = frozenset({MeasurementState.DRAFT, MeasurementState.SUBMITTED})


@dataclass(frozen=True)
class Checked:
    """What a contract says, and what its texts say.

    Attributes:
        told: the contract with its claims and answers (``queries.contradictions``).
    """

    read: ContractRows
    told: Any

    @cached_property
    def open_findings(self) -> tuple[Answered, ...]:
        """What does not agree, and nobody has answered."""
        every = findings_of(self.read, self.told)
        return tuple(each for each in every if each.is_open)

    def waiting(self, goal: str = "") -> tuple[str, ...]:
        """Give the labels of measures with numbers that nobody approved.

        Args:
            goal: key of the one goal that is asked of; "" for all.
        """
        return tuple(
            measure.label
            for own in self.read.goals
            if goal in {"", own.row.key}
            for measure in own.measures
            if any(each["state"] in _WAITING for each in measure.row.json_measurements)
        )


def checked(pk: int, day: date | None) -> Checked:
    """Read a contract. One query.

    Raises:
        Contract.DoesNotExist: it is no more.
    """
    own = Contract.objects.filter(pk=pk)
    contracts, goals, measures = bundle(
        with_claims(own), goals_of(own), measures_of(own), annotated=True
    )
    if not contracts:
        raise Contract.DoesNotExist
    read = read_of(contracts[0], goals, measures, day or clock.today())
    return Checked(read, contracts[0])
