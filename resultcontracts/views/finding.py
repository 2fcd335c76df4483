"""Who may come to a contract's pages, and finding what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404

from accounts.access import EDITORS, seats_only
from accounts.choices import Role
from core.errors import SeveralError
from resultcontracts.choices import ContractState
from resultcontracts.queries.contracts import contract_rows, own_contracts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.access import PortalRequest
    from resultcontracts.models import Contract
    from resultcontracts.queries.contracts import ContractRows, GoalRow

READERS: Final = (*EDITORS, Role.DIRECTOR, Role.REPORTER)
readers_only = seats_only(*READERS)


def get_contract(request: PortalRequest, contract: str) -> Contract:
    """Give the contract that an address names. One query.

    Raises:
        Http404: the user may see no such contract.
        SeveralError: the address names a year that has several.
    """
    found = list(own_contracts(request.seat, contract))
    if not found:
        raise Http404
    if len(found) > 1:
        raise _several(request, contract, found)
    return found[0]


def _several(
    request: PortalRequest, year: str, found: Sequence[Contract]
) -> SeveralError:
    """Ask which of a year's contracts is meant, each with the same page of it."""
    whole, named = request.get_full_path(), f"/resultatkontrakt/{year}/"
    ways = [
        (_name(each), whole.replace(named, f"/resultatkontrakt/{each.slug}/", 1))
        for each in found
    ]
    return SeveralError(f"Der er {len(found)} kontrakter for {year}.", ways)


def _name(contract: Contract) -> str:
    draft = " (udkast)" if contract.state == ContractState.DRAFT else ""
    return f"{contract.title}, {contract.house.name}{draft}"


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
