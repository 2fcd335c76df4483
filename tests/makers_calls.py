"""Makers of calls for figures: a round of the meeting of 22 November, and its link."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from accounts.choices import Role
from resultcontracts.models import Contact, Measure, Round, RoundLink
from resultcontracts.queries.rounds import coming_meetings
from resultcontracts.services import rounds
from tests.makers import a_meeting, a_secretary
from tests.makers_contracts import CONTRACT, a_contract, a_goal, a_measure
from tests.makers_packets import a_user

if TYPE_CHECKING:
    from accounts.models import Council, User
    from resultcontracts.models import Contract

DAY = date(2023, 11, 8)
CALLS = f"/resultatkontrakt/{CONTRACT}/opkald/"
APPROVAL = f"/resultatkontrakt/{CONTRACT}/godkendelse/"


def an_asked_measure(contract: Contract, place: int = 2, **more: Any) -> Measure:
    """A measure "1.2" for 2023, not measured, and what is asked of it."""
    goal = contract.goals.first() or a_goal(contract)
    given: dict[str, Any] = {
        "target": "50",
        "due_name": "2023",
        "due_on": date(2023, 12, 31),
        "question": "Hvor stor en andel kender huset?",
        "measured_by": "Erhvervsstyrelsen",
        **more,
    }
    return a_measure(goal, place, **given)


def a_contact(contract: Contract, name: str = "Mette Holm") -> Contact:
    """Whom the council writes to at the house."""
    return Contact.objects.create(
        council=contract.council,
        house=contract.house,
        name=name,
        email=f"{name.split(maxsplit=1)[0].lower()}@hus.example",
    )


def a_round(council: Council, by: User | None = None, **more: Any) -> RoundLink:
    """A called round with one measure, "1.2"; gives the link of the named person."""
    contract = a_contract(council, **more)
    measure = an_asked_measure(contract)
    a_contact(contract)
    a_meeting(council)
    meeting = coming_meetings(contract)[0]
    by = by or a_secretary(council)
    letter = rounds.call(contract, meeting, measures=[measure.pk], by=by)
    assert letter.link is not None
    return letter.link


def a_reporter(council: Council, contract: Contract, **more: Any) -> User:
    """Somebody of the contract's house who signs in."""
    return a_user(council, Role.REPORTER, organisation=contract.house, **more)


def measure_of(link: RoundLink) -> Measure:
    """The measure that its round asks for."""
    return Measure.objects.get(pk=link.round.measures[0])


def round_of(link: RoundLink) -> Round:
    """Its round with what a page loads."""
    rows = Round.objects.select_related("contract__council", "meeting__council")
    return rows.get(pk=link.round_id)
