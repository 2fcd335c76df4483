"""What is told of a sent meeting or item: cancelled, postponed, withdrawn, or as before.

It stands at once wherever the meeting is read, and goes by mail to whoever got it.

Source: docs/rules.md R-27, R-68, R-71.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import clock, search
from core.errors import RuleViolationError
from core.history import act
from meetings.choices import Fate
from meetings.editions.announced import short
from meetings.models import AgendaItem, Announcement, Meeting
from meetings.models.meeting import OVER_STATES
from meetings.search import scope_of
from meetings.services import post, subscriptions
from meetings.services.closed import refuse_closed_names
from meetings.services.life import locked_words, sent_day, version_sent, was_moved
from meetings.services.staleness import defer_refresh

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User


SAME = "Det er den dag, mødet har. Skriv en anden dag."
STANDS = "Lad mødet gælde igen, så holdes det den dag."
GONE = "Den dag, mødet er sendt med, er gået. Udsæt det til en dag, der kommer."


class DayRefusedError(RuleViolationError):
    """A meeting or an item cannot be put off to that day."""


def announce_meeting(
    pk: int, *, fate: str, reason: str, to_day: date | None = None, by: User
) -> Meeting:
    """Tell everybody that a meeting is cancelled or postponed, or stands again.

    A day that is known becomes the meeting's own, and its deadlines are counted from
    that. One that stands again is held on the day it was sent with.

    Args:
        fate: cancelled, postponed or stands.
        to_day: the new day of a postponed one, if it is known.

    Raises:
        RuleViolationError: it is over, the reason is missing, the day is past or no
            new one, or it stands as it is.

    Source: docs/rules.md R-71.
    """
    with act(_verb("mødet", fate), by):
        meeting = Meeting.checkout(pk)
        if meeting.state in OVER_STATES:
            raise RuleViolationError(locked_words(meeting))
        _check(fate, reason, meeting.fate, to_day)
        sent_on = sent_day(meeting) or meeting.held_on
        if to_day is not None and to_day == sent_on:
            raise DayRefusedError(STANDS if meeting.fate else SAME)
        is_moved = meeting.held_on != sent_on and was_moved(meeting)
        if fate == Fate.STANDS and is_moved:
            if sent_on < clock.today():
                raise DayRefusedError(GONE)
            _hold_on(meeting, sent_on)
        meeting.fate, meeting.fate_reason = _standing(fate, to_day), reason.strip()
        if to_day is not None:
            _hold_on(meeting, to_day)
        meeting.touch(by)
        meeting.save()
        said = Announcement(fate=fate, reason=reason.strip(), to_day=to_day)
        _announce(meeting, said, by)
        return meeting


def announce_item(
    pk: int, *, fate: str, reason: str, to_day: date | None = None, by: User
) -> AgendaItem:
    """Tell everybody that a sent item is withdrawn or postponed, or stands again.

    Its number and its appendices stay where they are.

    Args:
        fate: withdrawn, postponed or stands.
        to_day: the day of the meeting it is postponed to, if it is known.

    Raises:
        RuleViolationError: it was never sent, the reason is missing, or it stands as
            it is.
    """
    before = AgendaItem.objects.select_related("section").get(pk=pk)
    with act(_verb(f"punkt {before.number}", fate), by):
        meeting = Meeting.checkout(before.section.meeting_id)
        item = AgendaItem.checkout(pk)
        if item.sent_in is None:
            raise RuleViolationError(
                f"Punkt {before.number} er ikke sendt. Fjern eller flyt det i stedet."
            )
        _check(fate, reason, item.fate, to_day)
        item.fate, item.fate_reason = _standing(fate, to_day), reason.strip()
        item.touch(by)
        item.save()
        said = Announcement(fate=fate, reason=reason.strip(), to_day=to_day)
        said.item_key, said.item_number = item.key, item.number
        _announce(meeting, said, by)
        return item


def _verb(what: str, fate: str) -> str:
    return {
        Fate.CANCELLED: f"aflyste {what}",
        Fate.POSTPONED: f"udsatte {what}",
        Fate.WITHDRAWN: f"lod {what} udgå",
    }.get(Fate(fate), f"lod {what} gælde igen")


def _standing(fate: str, to_day: date | None) -> str:
    """Give what is said of it: "Udsat til 24. januar 2024"; "" where it stands."""
    return "" if fate == Fate.STANDS else short(fate, to_day)


def _hold_on(meeting: Meeting, day: date) -> None:
    """Give a meeting another day; deadlines of its own belonged to the old one."""
    meeting.held_on = day
    meeting.drafts_on = meeting.approval_on = meeting.sending_on = None


def _check(fate: str, reason: str, standing: str, to_day: date | None) -> None:
    if fate != Fate.STANDS and not reason.strip():
        raise RuleViolationError("Skriv hvorfor. Alle kan læse det.")
    if _standing(fate, to_day) == standing:
        raise RuleViolationError("Det er allerede sagt.")
    if to_day is not None and to_day < clock.today():
        raise DayRefusedError("Den nye dag er gået. Skriv en, der kommer.")


def _announce(meeting: Meeting, said: Announcement, by: User) -> None:
    """Write it down, and to whoever got the meeting.

    Source: docs/rules.md R-68.
    """
    refuse_closed_names(meeting.pk, said.reason)
    said.meeting, said.by = meeting, str(by)
    said.save()
    if version_sent(meeting.pk):
        post.write_told(said, by=by)
        subscriptions.defer_announced(said)
    search.changed(scope_of(meeting.pk))
    defer_refresh(meeting.pk)
