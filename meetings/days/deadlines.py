"""A meeting's deadlines: days of its own, or counted back from it in working days.

Source: docs/rules.md R-28.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from django.core.exceptions import ObjectDoesNotExist

from core import clock, formats
from meetings.choices import MeetingState
from meetings.days.days_off import days_off
from meetings.models import DeadlineRule

if TYPE_CHECKING:
    from accounts.models import Council
    from meetings.models import Meeting

type Name = Literal["drafts", "approval", "sending", "meeting"]
FRIDAY = 4
LABELS: dict[Name, str] = {
    "drafts": "Udkast til sager",
    "approval": "Godkendelse hos formanden",
    "sending": "Udsendelse",
    "meeting": "Møde",
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day that a meeting needs, as it is today.

    Attributes:
        is_done: what it asks for has happened.
        is_next: it is the first that is not done.
        is_late: it is not done, and its day is past.
        words: "Nået", "I dag", "Om 8 dage", "2 dage for sent".
        is_counted: counted back from the meeting; nobody has set another day.
    """

    name: Name
    day: date
    is_done: bool
    is_next: bool
    is_late: bool
    words: str
    is_counted: bool

    @property
    def label(self) -> str:
        """What it is called."""
        return LABELS[self.name]

    @property
    def is_urgent(self) -> bool:
        """It is not done, and its day is today or past."""
        return self.is_late or (
            not self.is_done and self.words == "I\N{NO-BREAK SPACE}dag"
        )


def rule_of(council: Council) -> DeadlineRule:
    """Give the council's rule, or the usual one; no query where it was read along."""
    try:
        own: DeadlineRule = council.deadline_rule
    except ObjectDoesNotExist:
        return DeadlineRule(council=council)
    return own


def counted_back(day: date, working_days: int) -> date:
    """Give the day so many Danish working days before ``day``."""
    while working_days > 0:
        day -= timedelta(days=1)
        working_days -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether offices are open: no weekend, no day off."""
    return day.weekday() <= FRIDAY and day not in days_off(day.year)


def counted(meeting: Meeting) -> dict[Name, date]:
    """Give the days that the council's rule asks for; no query where it was read along."""
    rule = rule_of(meeting.council)
    days: dict[Name, int] = {
        "drafts": rule.drafts_days,
        "approval": rule.approval_days,
        "sending": rule.sending_days,
    }
    return {name: counted_back(meeting.held_on, n) for name, n in days.items()}


def deadlines(meeting: Meeting) -> tuple[Deadline, ...]:
    """Give the meeting's deadlines in order, the meeting itself last.

    Nobody says when all drafts are in: their day is done when it is past.
    """
    today, state = clock.today(), MeetingState(meeting.state)
    days = {**counted(meeting), "meeting": meeting.held_on}
    own = {
        "drafts": meeting.drafts_on,
        "approval": meeting.approval_on,
        "sending": meeting.sending_on,
    }
    found: list[Deadline] = []
    for name, counted_day in days.items():
        day = own.get(name) or counted_day
        is_done = _is_done(name, state) or (name == "drafts" and day < today)
        words = "Nået" if is_done else formats.days_away(day, today=today)
        found.append(
            Deadline(
                name=name,
                day=day,
                is_done=is_done,
                is_next=not is_done and all(other.is_done for other in found),
                is_late=not is_done and day < today and name != "meeting",
                words=words[:1].upper() + words[1:],
                is_counted=own.get(name) is None,
            )
        )
    return tuple(found)


def _is_done(name: Name, state: MeetingState) -> bool:
    """Whether a meeting's state says that what a deadline asks for has happened."""
    order = list(MeetingState)
    needed: dict[Name, MeetingState] = {
        "drafts": MeetingState.APPROVAL,
        "approval": MeetingState.SENT,
        "sending": MeetingState.SENT,
        "meeting": MeetingState.HELD,
    }
    return order.index(state) >= order.index(needed[name])


def sending_day(meeting: Meeting) -> date:
    """Give the day the meeting's first version is to be sent."""
    return meeting.sending_on or counted(meeting)["sending"]
