"""Calls that the portal sends by itself on their day.

Source: docs/rules.md R-181.
"""

from __future__ import annotations

import logging
from typing import Any

from core.errors import RuleViolationError
from core.history import Portal
from resultcontracts.choices import ContractState
from resultcontracts.models import Contract
from resultcontracts.queries.calls import board_of
from resultcontracts.services import rounds

log = logging.getLogger(__name__)
ASKING = (ContractState.IN_FORCE, ContractState.REPORTED)
"""Contracts of which figures are still to come."""


def call_the_due() -> int:
    """Send each call whose day has come, of councils that let the portal do it.

    Safe to repeat: a round is called once, whoever calls it. Makes up for a day on which
    no worker lived, until the day on which figures are to be here. Where nobody is named
    at the house, or nothing is missing, nothing is sent.

    Returns:
        How many calls were sent.
    """
    rows = Contract.objects.filter(state__in=ASKING).exclude(
        council__call_rule__sends_itself=False
    )
    own = rows.select_related("council", "house").order_by("pk")
    return sum(_called(contract) for contract in own)


def _called(contract: Contract) -> bool:
    board = board_of(contract)
    if not board.is_called_by_itself_now:
        return False
    assert board.meeting is not None  # noqa: S101 -- there are days
    portal: Any = Portal()
    pks = [each.asked.row.pk for each in board.to_call]
    try:
        rounds.call(contract, board.meeting, measures=pks, by=portal)
    except RuleViolationError as error:
        # Somebody called, or the papers went out, since this was read.
        log.info("contract %s was not called: %s", contract.pk, error)
        return False
    return True
