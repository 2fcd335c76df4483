"""What the mails say: that a version is sent, and that an approval is asked for.

They lead to pages and carry no file. What is closed is a number in the agendas they are
made of, so nothing else of it can be said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse

from core import formats
from meetings.agenda import Agenda
from meetings.editions.news import changed_lines
from meetings.editions.withdrawn import withdrawals_of, without
from meetings.names import KKR_MEETING, meeting_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meetings.models import Approval, Meeting, Packet, Publication

GAP: Final = re.compile(r"\n{3,}")
NO_USER: Final = "Har du ingen bruger, så svar på denne mail."
LINK: Final = "meetings.approval"
"""The salt of a link to an approval."""


@dataclass(frozen=True, slots=True)
class Words:
    """One mail: its subject on one line, and its text."""

    subject: str
    text: str


def token_of(approval: Approval) -> str:
    """Give what the link to an approval ends with."""
    return signing.Signer(salt=LINK).sign_object({"approval": approval.pk})


def asked_words(approval: Approval) -> Words:
    """Write the mail with the link to an approval, its meeting and council loaded.

    It says nothing of the agenda: whoever opens the link reads it there.
    """
    meeting = approval.meeting
    path = reverse("meetings:approval-link", args=[token_of(approval)])
    context = {
        "approval": approval,
        "meeting": meeting.name,
        "council": meeting.council.name,
        "version": approval.packet.version,
        "reason": meeting.revision_reason,
        "day": formats.long_date(approval.expires_on),
        "link": f"{settings.PORTAL_ADDRESS}{path}",
    }
    subject = f"Godkend dagsordenen: {meeting.name} i {meeting.council.name}"
    return words_of(subject, "approval", context)


def sent_words(row: Publication) -> Words | None:
    """Write the mail that a version is sent; None where all of it is taken down.

    What is taken down of it is left out.

    Args:
        row: its meeting and council loaded, annotated with ``before``, the agenda of the
            version before it.
    """
    closed = withdrawals_of(row)
    if any(each.is_version and each.holds_for(row.number) for each in closed):
        return None
    before = getattr(row, "before", None)
    old = without(Agenda.from_json(before), row.number - 1, closed) if before else None
    new = without(Agenda.from_json(row.agenda), row.number, closed)
    return told(row.meeting, new, old, row.number, row.reason)


def next_words(meeting: Meeting, packet: Packet, before: Publication | None) -> Words:
    """Write the mail as it would go if the packet were sent now.

    Args:
        meeting: its council loaded.
        before: the version that was sent last, if one was; its meeting loaded.
    """
    old = None
    if before is not None:
        old = without(
            Agenda.from_json(before.agenda), before.number, withdrawals_of(before)
        )
    new = Agenda.from_json(packet.contents)
    return told(meeting, new, old, packet.version, meeting.revision_reason)


def told(
    meeting: Meeting, new: Agenda, old: Agenda | None, number: int, reason: str
) -> Words:
    """Write the mail about one version, of frozen agendas alone."""
    name = name_of(meeting, new)
    page, changes = (
        reverse(
            f"meetings:{route}",
            args=[meeting.slug],
            query={"kkr": meeting.council.slug},
        )
        for route in ("public", "changes")
    )
    context = {
        "name": name,
        "number": number,
        "before": number - 1,
        "reason": reason,
        "is_first": old is None,
        "lines": list(_lines(old, new)),
        "page": f"{settings.PORTAL_ADDRESS}{page}",
        "changes": f"{settings.PORTAL_ADDRESS}{changes}" if old else "",
        "how": how_to_read(meeting),
    }
    what = "Dagsorden og bilag" if old is None else "Ny version af dagsordenen"
    return words_of(f"{what}: {name}, version {number}", "sent", context)


def name_of(meeting: Meeting, agenda: Agenda) -> str:
    """Give what a meeting was called when it was sent, with its council."""
    day = meeting_day(meeting.slug, date.fromisoformat(agenda.held_on))
    return f"{agenda.kind_of_meeting or KKR_MEETING} {day} i {agenda.council}"


def how_to_read(meeting: Meeting) -> str:
    """Say who has to sign in to read what is sent of a meeting; "" where nobody has to."""
    if meeting.is_public:
        return ""
    sign_in = "Log ind for at læse det."
    if meeting.never_opens:
        return f"{sign_in} Det bliver ikke offentligt. {NO_USER}"
    return f"{sign_in} Den offentlige side {meeting.opens}."


def _lines(old: Agenda | None, new: Agenda) -> Iterator[str]:
    """Say what is in it, or what changed; a closed item is said by its number."""
    closed = {}
    for item in new.items:
        if item.is_hidden:
            words = f"Punkt {item.number} er lukket."
            closed[f"{item.number} {item.heading}"] = words
            closed[f"Punkt {item.number}, {item.heading}, er nyt."] = words
    yield from (closed.get(line, line) for line in changed_lines(old, new))


def words_of(subject: str, name: str, context: dict[str, object]) -> Words:
    """Write a mail of its template; no blank line too many, and no special space."""
    body = render_to_string(f"meetings/mail/{name}.txt", context)
    plain = (" ".join(subject.split()), GAP.sub("\n\n", body).strip() + "\n")
    return Words(*(text.replace("\N{NO-BREAK SPACE}", " ") for text in plain))
