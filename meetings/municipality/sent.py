"""What the council's sent meetings say of a municipality. Three queries.

Source: docs/rules.md R-61, R-150.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meetings.addresses import address
from meetings.choices import MeetingKind
from meetings.editions import reading
from meetings.editions.municipal import Concern, concerns
from meetings.models import Publication
from meetings.municipality.values import Change, Due, Given, Mention

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Membership, User
    from meetings.editions.edition import Edition

_FEW = 6


@dataclass(frozen=True, slots=True)
class Sent:
    """The council's next meeting as it was sent, and the day of the last one."""

    edition: Edition | None
    last: date | None

    @property
    def next_on(self) -> date | None:
        """The day of the next meeting."""
        return self.edition.really_on if self.edition else None


def sent_meetings(user: User, seat: Membership, today: date) -> Sent:
    """Read them: two queries, one where no meeting is ahead."""
    rows: Any = Publication.objects.visible_to(user).current(user).with_withdrawals()
    own = rows.filter(
        meeting__council=seat.council_id, meeting__kind=MeetingKind.KKR
    ).select_related("meeting__council")
    found = list(own[:_FEW])
    ahead = [row for row in found if row.meeting.held_on >= today]
    been = [row.meeting.held_on for row in found if row.meeting.held_on < today]
    nearest = min(ahead, key=lambda row: row.meeting.held_on, default=None)
    edition = None
    if nearest is not None and not nearest.meeting.is_off:
        council = reading.own_council(seat)
        edition = reading.of_publication(nearest, council)
        if edition.whole_seal is not None:
            edition = None
    return Sent(edition, max(been, default=None))


def of_sent(sent: Sent, name: str) -> Given:
    """Tell what the next meeting says of a municipality: one query."""
    edition = sent.edition
    if edition is None:
        return Given()
    found = concerns(edition, name)
    url = address("public", edition)
    due = Due("Møde i KKR", edition.really_on, url)
    return Given(
        changes=tuple(_change(each) for each in found[:_FEW]),
        mentions=tuple(_mention(each, name) for each in found if _names(each, name)),
        dues=(due,),
    )


def _names(each: Concern, name: str) -> bool:
    return each.sentence.startswith(f"{name} er nævnt")


def _change(each: Concern) -> Change:
    return Change("Ny", f"{each.place}: {each.sentence}", each.url)


def _mention(each: Concern, name: str) -> Mention:
    where = each.sentence.removeprefix(f"{name} er nævnt ").removesuffix(".")
    what = f"{each.title}, {where}" if each.title else where[:1].upper() + where[1:]
    return Mention(each.place, what, name, is_named=True, url=each.url)
