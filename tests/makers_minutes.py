"""Makers of minutes: a meeting that was held, and what is written of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from accounts.models import User
from meetings.models import AgendaItem, Meeting, Member
from meetings.services import decisions, minutes
from meetings.services.attendance import Mark, write_attendance
from meetings.services.life import take_step
from meetings.tasks import print_minutes
from tests.makers_packets import a_council, a_publication

if TYPE_CHECKING:
    from accounts.models import Council
    from meetings.models import Minutes

HELD = "2023-11-22"


def a_member(name: str = "Karen Holm", **fields: Any) -> Member:
    """Somebody who sits in a council, KKR Sjælland where no other is given."""
    council: Council = fields.pop("council", None) or a_council()
    return Member.objects.create(council=council, name=name, **fields)


def a_chief(meeting: Meeting) -> User:
    """The head of secretariat who sent the meeting."""
    return User.objects.get(email=f"chief@{meeting.council.slug}.example")


def a_held_meeting(meeting: Meeting | None = None) -> Meeting:
    """A meeting that was sent and held; nothing is written of it."""
    own = a_publication(meeting).meeting
    Meeting.objects.filter(pk=own.pk).update(state="held")
    own.refresh_from_db()
    return own


def written_minutes(meeting: Meeting | None = None) -> Meeting:
    """A held meeting of which all is written: who was there, and each decision."""
    own = meeting or a_held_meeting()
    by = a_chief(own)
    member = a_member(council=own.council)
    marks = {member.pk: Mark("present")}
    write_attendance(own.pk, marks=marks, seen={}, by=by)
    for item in AgendaItem.objects.filter(section__meeting=own).present():
        decisions.use_proposal(item.pk, by=by)
    return own


def proposed_minutes(meeting: Meeting | None = None) -> Minutes:
    """Minutes that are sent for approval, and printed; of a held meeting if given."""
    own = written_minutes(meeting)
    print_minutes(own.pk)
    return minutes.propose_minutes(own.pk, by=a_chief(own))


def approved_minutes(meeting: Meeting | None = None) -> Minutes:
    """Minutes that are approved for good."""
    own = proposed_minutes(meeting).meeting
    take_step(own.pk, to="approved", reason="På næste møde.", by=a_chief(own))
    found = own.minutes.order_by("-number").first()
    assert found is not None
    return found


def a_later_meeting(day: date = date(2024, 1, 24)) -> Meeting:
    """The council's next meeting, a draft with two sections."""
    made = Meeting.objects.create(
        council=a_council(), slug=day.isoformat(), held_on=day
    )
    for number, title in ((1, "Formalia"), (2, "Sager")):
        made.sections.create(number=number, title=title)
    return made
