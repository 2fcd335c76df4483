"""The mails of a read-through: what they say, and nothing of the draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from core import clock, formats
from core.mail import Mail, message_id
from meetings.models import ReadThrough

if TYPE_CHECKING:
    from meetings.models import Meeting

EMPTY_LINE = "\n\n"


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail: its subject, and its text with empty lines between."""

    subject: str
    text: str


def letter(row: ReadThrough, why: str) -> Letter:
    """Write the mail to one reader.

    Args:
        row: its meeting loaded.
        why: "asked", or "reminded".
    """
    meeting: Meeting = row.meeting
    day = formats.long_date(row.due_on)
    is_first = why == "asked"
    first = (
        f"{row.asked_by} beder dig læse udkastet til dagsordenen igennem: {meeting.name}."
        if is_first
        else f"Du har endnu ikke skrevet, at du har læst udkastet: {meeting.name}."
    )
    link = reverse("meetings:readthrough", args=[row.pk])
    parts = [
        f"Kære {row.name}",
        first,
        f"Det skal være læst senest {day}.",
        *([f"Besked: {row.note}"] if row.note else []),
        f"Log ind, og læs det her:\n{settings.PORTAL_ADDRESS}{link}",
        "Udkastet er ikke sendt ud endnu. Giv det ikke videre.",
    ]
    begins = "Læs udkastet igennem" if is_first else "Påmindelse: læs udkastet igennem"
    subject, text = f"{begins}, {meeting.name}", EMPTY_LINE.join(parts)
    return Letter(
        *(words.replace("\N{NO-BREAK SPACE}", " ") for words in (subject, text))
    )


def send_letter(pk: int, why: str) -> None:
    """Send one mail, if it is still asked of somebody who may sign in."""
    rows = ReadThrough.objects.waiting().select_related("meeting", "user")
    row = rows.filter(pk=pk, user__is_active=True).first()
    if row is None or row.user is None:
        return
    written = letter(row, why)
    # A reminder is another mail each day; nobody gets two on one.
    name = f"readthrough-{row.pk}-{why}-{clock.today():%Y%m%d}"
    headers = {"Message-ID": message_id(name), "Auto-Submitted": "auto-generated"}
    Mail(written.subject, written.text, to=[row.user.email], headers=headers).send()
