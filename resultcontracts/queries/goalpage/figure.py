"""One figure by itself.

Source: docs/rules.md R-133.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resultcontracts.models import Measurement
from resultcontracts.queries.contracts import own_contracts
from resultcontracts.queries.goalpage.page import goal_page

if TYPE_CHECKING:
    from accounts.models import Membership, User
    from resultcontracts.queries.goalpage.lines import Line
    from resultcontracts.queries.goalpage.origin import Origin
    from resultcontracts.queries.goalpage.page import GoalPage

# The most that an id can be.
_MOST: Final = 2**63 - 1


def figure_page(
    seat: Membership, user: User, contract: str, pk: int
) -> tuple[GoalPage, Line, Origin] | None:
    """Give a figure with its measure and its goal; five queries.

    Returns:
        None where the seat may see no such figure: what is not approved is for those
        who work on it.
    """
    if pk > _MOST:
        return None
    contracts = own_contracts(seat, contract).values("pk")
    known = Measurement.objects.filter(pk=pk, measure__goal__contract__in=contracts)
    goal = known.values_list("measure__goal__contract__key", "measure__goal__number")
    at = goal.first()
    if at is None:
        return None
    page = goal_page(seat, user, *at)
    if page is None:
        return None
    for line in page.lines:
        for origin in line.origins:
            if origin.pk == pk:
                return page, line, origin
    return None
