"""What is missing in a meeting's minutes, each with the link that puts it right.

Source: docs/rules.md R-73.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from core import formats
from documents import codec
from meetings.choices import MeetingKind, MeetingState, Presence
from meetings.minutes.document import closed_document, minutes_document
from meetings.minutes.value import written
from meetings.minutes.words import faults
from meetings.obstacles import Obstacle

if TYPE_CHECKING:
    from meetings.minutes.value import Written
    from meetings.models import Meeting

WRITING = (MeetingState.SENT, MeetingState.HELD)
"""In these the minutes are written."""
# Items that are named one by one; of more it is said how many.
SINGLY = 8


def not_whole(own: Written) -> tuple[Obstacle, ...]:
    """Give what must be written, or put right, before anybody is asked to approve.

    No query.
    """
    found = []
    slug = own.meeting.slug
    if own.meeting.state != MeetingState.HELD:
        url = reverse("meetings:state", args=[slug], query={"til": "held"})
        words = "Mødet er ikke meldt afholdt endnu."
        found.append(Obstacle(words, url, "Meld det afholdt"))
    is_met = own.meeting.kind != MeetingKind.HEARING
    if is_met and not (own.of_presence(Presence.PRESENT) or own.guests):
        url = reverse("meetings:attendance", args=[slug])
        found.append(Obstacle("Fremmødet er ikke skrevet.", url, "Skriv"))
    found += [
        Obstacle(f"Der kan stadig svares: {reply.asked}", reply.url, "Luk spørgsmålet")
        for each in own.whole
        for reply in each.replies
        if reply.is_open
    ]
    lacking = [each for each in own.whole if each.needs_decision]
    for each in lacking[:SINGLY]:
        url = reverse("meetings:decision", args=[slug, each.item.slug])
        words = f"Punkt {each.item.number} har ingen beslutning."
        found.append(Obstacle(words, url, "Skriv"))
    if more := lacking[SINGLY:]:
        url = reverse("meetings:minutes", args=[slug])
        count = formats.counted(len(more), "punkt", "punkter")
        found.append(Obstacle(f"{count} mere har ingen.", url, "Se dem"))
    return (*found, *faults(own))


def not_approvable(meeting: Meeting) -> tuple[Obstacle, ...]:
    """Give what keeps minutes from being approved: three queries."""
    own = written(meeting)
    url = reverse("meetings:minutes", args=[meeting.slug])
    if own is None:
        return (Obstacle("Mødet er ikke sendt.", url, "Se mødet"),)
    if found := not_whole(own):
        return found
    latest = own.latest
    if latest is None:
        words = "Referatet er ikke sendt til godkendelse."
        return (Obstacle(words, url, "Send det"),)
    if not is_as_sent(own):
        words = "Referatet er rettet, siden det blev sendt til godkendelse."
        return (Obstacle(words, url, "Send det igen"),)
    return ()


def is_as_sent(own: Written) -> bool:
    """Whether both papers say what they said when they were sent last; no query."""
    latest, behind = own.latest, own.behind
    if latest is None or codec.dumps(minutes_document(own)) != latest.paper.document:
        return False
    kept, closed = behind.latest if behind else None, closed_document(own)
    if kept is None or closed is None or behind is None:
        return kept is None and closed is None
    is_same = codec.dumps(closed) == kept.paper.document
    return is_same and behind.readers == kept.access


def not_finished(meeting: Meeting) -> tuple[Obstacle, ...]:
    """Give the tasks that are not done: one query."""
    rows = meeting.follow_ups.all().waiting()
    return tuple(
        Obstacle(f"Opgaven er ikke løst: {row.text}", row.get_absolute_url(), "Se den")
        for row in rows
    )
