"""Who may come to a contract's pages, and finding what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404

from accounts.access import EDITORS, seats_only
from accounts.choices import Role
from resultcontracts.queries.contracts import contract_rows, own_contract

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from resultcontracts.models import Contract
    from resultcontracts.queries.contracts import ContractRows, GoalRow

READERS: Final = (*EDITORS, Role.DIRECTOR, Role.REPORTER)
readers_only = seats_only(*READERS)


def get_contract(request: PortalRequest, contract: str) -> Contract:
    """Give the contract that an address names. One query.

    Raises:
        Http404: the user may see no such contract.
    """
    found = own_contract(request.seat, contract)
    if found is None:
        raise Http404
    return found


def get_goal(
    request: PortalRequest, contract: str, number: int
) -> tuple[ContractRows, GoalRow]:
    """Give one goal with where it stands today, and its contract. Three queries.

    Raises:
        Http404: the user may see no such goal.
    """
    read = contract_rows(get_contract(request, contract), only=number)
    for goal in read.goals:
        return read, goal
    raise Http404
