"""What a meeting's days ask of the secretariat: approval, and answers due before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from core import clock, formats
from meetings.choices import ItemKind, MeetingState, in_sentence
from meetings.days.deadlines import deadlines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meetings.models import AgendaItem, Meeting

SOON = 7
"""Days before a deadline that its task is shown."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits, with the one verb that does it.

    ``tone`` is bad for a fault, partial for a warning, "" for plain work; ``when`` says
    until when, and ``is_urgent`` that this is today or past.
    """

    text: str
    url: str
    label: str
    note: str = ""
    tone: str = ""
    when: str = ""
    is_urgent: bool = False

    @property
    def word(self) -> str:
        """How the glyph is spoken."""
        return {"bad": "Fejl", "partial": "Advarsel"}.get(self.tone, "")


def due_tasks(meeting: Meeting, items: Iterable[AgendaItem]) -> tuple[Task, ...]:
    """Give what the days ask for, the nearest first; no query.

    Args:
        items: those whose answer, if one is due, was not given yet.
    """
    if meeting.is_off:
        return ()
    return (*_approval(meeting), *_answers(meeting, items))


def _approval(meeting: Meeting) -> Iterator[Task]:
    today = clock.today()
    day = next(d.day for d in deadlines(meeting) if d.name == "approval")
    if meeting.state != MeetingState.DRAFT or (day - today).days > SOON:
        return
    url = reverse("meetings:state", args=[meeting.slug], query={"til": "approval"})
    yield Task(
        "Send dagsordenen til formandens godkendelse",
        url,
        "Send",
        when=formats.days_away(day, today=today),
        is_urgent=day <= today,
    )


def _answers(meeting: Meeting, items: Iterable[AgendaItem]) -> Iterator[Task]:
    """Answers that the outside world waits for before the meeting is held."""
    due = [item for item in items if item.reply_on and item.reply_on < meeting.held_on]
    for item in sorted(due, key=lambda item: str(item.reply_on)):
        to = f" til {item.addressee}" if item.addressee else f" i punkt {item.number}"
        is_information = item.kind == ItemKind.INFORMATION
        why = f"{item.number} er kun til orientering, men svaret" * is_information
        yield Task(
            f"Svar fra {in_sentence(meeting.body)}{to}",
            reverse("meetings:item", args=[meeting.slug, item.slug]),
            f"Åbn {item.number}",
            f"{why or 'Svaret'} skal afgives før mødet",
            "partial",
            f"inden {formats.short_date(item.reply_on)}" if item.reply_on else "",
            item.reply_on is not None and item.reply_on <= clock.today(),
        )
