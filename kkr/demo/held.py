"""The demo's meeting held: who was there, what was decided, and minutes to be approved."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

from accounts.models import User
from core import richtext
from kkr.demo.trail import go_on_from
from meetings.choices import Body, MeetingState
from meetings.models import AgendaItem, Meeting, Member
from meetings.services import decisions, follow_ups, minutes
from meetings.services.attendance import Mark, write_attendance
from meetings.services.guests import Told, write_guests
from meetings.services.life import take_step
from meetings.services.meetings import create_meeting
from meetings.services.members import create_member
from meetings.tasks import print_minutes

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import Council


def hold(meeting: Meeting, story: Any, say: Callable[[str], object]) -> None:
    """Hold the meeting, write its minutes, and send them for approval.

    The clock stands at the day after it; ``story`` is what was decided.
    """
    if meeting.state != MeetingState.SENT:
        return
    clerk, chief = _account("sekretariat"), _account("chef")
    say("Writing the minutes")
    take_step(meeting.pk, to=MeetingState.HELD, by=clerk)
    _attend(meeting, story, clerk)
    _seat_directors(meeting.council, story, clerk)
    for told in story["decisions"]:
        _decide(meeting, told, clerk)
    go_on_from(meeting, clerk)
    print_minutes(meeting.pk)
    minutes.propose_minutes(meeting.pk, by=chief)
    following = _next(meeting.council, story["next"], clerk)
    minutes.put_on_agenda(meeting.pk, to=following.pk, by=clerk)


def _attend(meeting: Meeting, story: Any, by: User) -> None:
    """Register a member a municipality, and write that all but one were there."""
    marks = {}
    for town in meeting.council.municipalities.order_by("sort_key"):
        role = story["roles"].get(town.name, "member")
        member = create_member(
            meeting.council,
            by=by,
            name=f"Rådsmedlem fra {town.name}",
            municipality=town,
            role=role,
        )
        marks[member.pk] = Mark("present")
        if town.name == story["away"]:
            stands_in = create_member(
                meeting.council,
                by=by,
                name=f"Stedfortræder fra {town.name}",
                municipality=town,
                role="substitute",
                substitute_for=Member.objects.get(pk=member.pk),
            )
            marks[member.pk] = Mark("apology", stands_in.pk)
    write_attendance(meeting.pk, marks=marks, seen={}, by=by)
    guests = [Told(name, role) for name, role in story["guests"]]
    write_guests(meeting.pk, told={}, seen={}, new=guests, by=by)


def _seat_directors(council: Council, story: Any, by: User) -> None:
    """Register a municipal director a municipality in K17: made up like the members."""
    for town in council.municipalities.order_by("sort_key"):
        create_member(
            council,
            by=by,
            body=Body.DIRECTORS,
            name=f"Kommunaldirektør i {town.name}",
            municipality=town,
            role=story["k17"].get(town.name, "member"),
        )


def _decide(meeting: Meeting, told: Any, by: User) -> None:
    """Write one decision with its answer and its task."""
    rows = AgendaItem.objects.filter(section__meeting=meeting, section__number=2)
    item = rows.select_related("section").get(position=told["item"])
    row = decisions.begin_decision(item.pk, by=by)
    if "answer" in told:
        answer = told["answer"]
        row = decisions.record_answer(
            row.pk,
            version=row.version,
            by=by,
            answer=answer["text"],
            answered_by=answer["by"],
            answered_on=date.fromisoformat(answer["on"]),
        ).row
    decisions.write_decision(
        row.pk,
        version=row.version,
        by=by,
        outcome=told["outcome"],
        text=richtext.from_plain(told["text"]),
    )
    if "task" in told:
        task = told["task"]
        due = date.fromisoformat(task["due"]) if "due" in task else None
        follow_ups.create_task(
            meeting.pk,
            item=item,
            by=by,
            text=task["text"],
            owner=task["owner"],
            due_on=due,
        )


def _next(council: Council, told: Any, by: User) -> Meeting:
    """Make the council's next meeting, which approves the minutes."""
    return create_meeting(
        council=council,
        held_on=date.fromisoformat(told["on"]),
        starts_at=time(13),
        ends_at=time(16),
        sections=told["sections"],
        by=by,
    )


def _account(name: str) -> User:
    return User.objects.get(email=f"{name}@kkr.example")
