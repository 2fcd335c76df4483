"""How far the demo's proposals have come: invented, and each step says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from core.keys import new_key
from kkr.fixture_data import read
from proposals.choices import Status
from proposals.models import Proposal, Step
from proposals.services.steps import add_step

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.models import Meeting
    from proposals.models import Catalogue


def load_trail(catalogue: Catalogue) -> None:
    """Load the idea of each proposal, without a date, and what came of some."""
    story = read("trail")
    by_number = {row.number: row for row in catalogue.proposals.all()}
    for row in by_number.values():
        _step(row, story["idea"])
    for told in story["steps"]:
        for number in told["proposals"]:
            _step(by_number[number], told, note=story["note"])


def go_on_from(meeting: Meeting, by: User) -> None:
    """Let the meeting hand in what it had not yet; it has just been held."""
    story = read("trail")
    told = story["held"]
    plain = {name: told[name] for name in ("status", "who", "source")}
    rows = Proposal.objects.filter(catalogue__council=meeting.council).present()
    for row in rows.filter(number__in=told["proposals"]).order_by("number"):
        add_step(
            row,
            by=by,
            taken_on=date.fromisoformat(told["on"]),
            meeting=meeting,
            note=story["note"],
            **plain,
        )


def _step(proposal: Proposal, told: Any, note: str = "") -> None:
    own = {name: told.get(name, "") for name in ("who", "place", "source")}
    day = told.get("taken_on")
    Step.objects.create(
        proposal=proposal,
        key=new_key(str(Status(told["status"]).label), ()),
        status=told["status"],
        taken_on=date.fromisoformat(day) if day else None,
        note=note,
        **own,
    )
