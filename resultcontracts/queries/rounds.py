"""Rounds of calls: their days, reckoned from the meeting, and whom a link is for.

Source: docs/rules.md R-142, R-144.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist

from core import clock
from meetings.choices import MeetingState
from meetings.days.deadlines import counted_back, rule_of
from meetings.models import Meeting
from resultcontracts.models import CallRule, Contact, RoundLink
from resultcontracts.models.calls import SALT

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Council
    from resultcontracts.models import Contract

WITH_RULES = ("council__deadline_rule", "council__call_rule")


@dataclass(frozen=True, slots=True)
class RoundDays:
    """The days of a round, in order; they move with the meeting."""

    calls_on: date
    due_on: date
    sends_on: date
    held_on: date
    is_sent: bool

    @property
    def is_over(self) -> bool:
        """Whether its links have stopped working."""
        return self.sends_on < clock.today()

    @property
    def is_late(self) -> bool:
        """Whether the day for figures has gone."""
        return self.due_on < clock.today()


def call_rule_of(council: Council) -> CallRule:
    """Give the council's rule, or the usual one; no query where it was read along."""
    try:
        own: CallRule = council.call_rule
    except ObjectDoesNotExist:
        return CallRule(council=council)
    return own


def days_of(meeting: Meeting) -> RoundDays:
    """Reckon a round's days; no query where the rules were read along."""
    rule = call_rule_of(meeting.council)
    sends = meeting.sending_on or counted_back(
        meeting.held_on, rule_of(meeting.council).sending_days
    )
    order = list(MeetingState)
    is_sent = order.index(MeetingState(meeting.state)) >= order.index(MeetingState.SENT)
    return RoundDays(
        calls_on=meeting.held_on - timedelta(weeks=rule.weeks),
        due_on=counted_back(sends, rule.days),
        sends_on=sends,
        held_on=meeting.held_on,
        is_sent=is_sent,
    )


def coming_meetings(contract: Contract) -> list[Meeting]:
    """Give the council's meetings from today on, the nearest first: one query."""
    rows = Meeting.objects.filter(council=contract.council_id).present().not_off()
    return list(rows.upcoming(clock.today()).select_related(*WITH_RULES))


def link_of(token: str) -> RoundLink | None:
    """Give the link that a token opens, all it leads to loaded; None if it opens none.

    One that was made anew since, one of a meeting that is off or removed, and one whose
    person no longer answers for the house open nothing. Whether its day has gone is for
    the page to say.
    """
    try:
        told = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    match told:
        case {"link": int(pk), "turn": int(turn)}:
            pass
        case _:
            return None
    rows = RoundLink.objects.select_related(
        "round__contract__house",
        "round__contract__council",
        *(f"round__meeting__{name}" for name in WITH_RULES),
    )
    known = rows.filter(pk=pk, turn=turn)
    return known.filter(round__meeting__in=Meeting.objects.present().not_off()).first()


def contact_of(contract: Contract) -> Contact | None:
    """Give whom the council writes to at the contract's house: one query."""
    rows = Contact.objects.filter(council=contract.council_id, house=contract.house_id)
    return rows.first()
