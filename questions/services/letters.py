"""Mails: written in the transaction of the change, sent by a job, tried again.

Source: docs/rules.md R-38.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string

from accounts.choices import Role
from accounts.models import Membership
from core import formats
from core import letters as core_letters
from questions.models import Letter, Question, Recipient

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from questions.choices import LetterKind

SEND: Final = Letter.send
GAP: Final = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail as it would be written."""

    subject: str
    body: str


def addresses(recipients: Iterable[Recipient]) -> dict[int, list[str]]:
    """Give whom mails to each recipient go to, by its pk: one query.

    The address written with the recipient, else the directors of a municipality, the
    reporters of an organisation. Recipients nobody can write to have an empty list.
    """
    rows = list(recipients)
    places = Q(municipality__in=[r.municipality_id for r in rows if r.municipality_id])
    houses = Q(organisation__in=[r.organisation_id for r in rows if r.organisation_id])
    seats = Membership.objects.filter(
        places & Q(role=Role.DIRECTOR) | houses & Q(role=Role.REPORTER),
        user__is_active=True,
    )
    found: dict[tuple[int, int | None, int | None], list[str]] = {}
    fields = ("council", "municipality", "organisation", "role", "user__email")
    for council, place, house, role, email in seats.order_by("user__email").values_list(
        *fields
    ):
        own = (
            (council, place, None) if role == Role.DIRECTOR else (council, None, house)
        )
        found.setdefault(own, []).append(email)
    return {
        row.pk: [row.email]
        if row.email
        else found.get(
            (row.question.council_id, row.municipality_id, row.organisation_id), []
        )
        for row in rows
    }


def draft(kind: LetterKind, recipient: Recipient, words: str = "") -> Draft:
    """Give a mail's words; needs the recipient's question and its council. No query.

    Args:
        words: the name of its templates, where it is not the kind's.
    """
    question = recipient.question
    due = recipient.due
    told = {
        "question": question,
        "recipient": recipient,
        "council": question.council.name,
        "due": formats.long_date(due) if due else "",
        "is_late": recipient.is_late,
        "address": f"{settings.PORTAL_ADDRESS}{question.get_absolute_url()}",
        "can_sign_in": bool(recipient.municipality_id or recipient.organisation_id),
    }
    name = f"questions/mail/{words or kind}"
    subject = render_to_string(f"{name}_subject.txt", told).strip()
    body = render_to_string(f"{name}.txt", told).strip()
    return Draft(subject, GAP.sub("\n\n", body) + "\n")


def write(
    kind: LetterKind,
    recipients: Sequence[Recipient],
    *,
    by: Any = "",
    also: Iterable[str] = (),
    words: str = "",
) -> list[Letter]:
    """Write a mail to each who can be written to, and the job that sends them.

    Call it inside the act that needs them. Whoever has no address gets none.

    Args:
        recipients: with question and council loaded.
        by: who asked for it; "" where the portal did.
        also: further addresses of the same mail.
        words: as :func:`draft` takes them.

    Raises:
        ValidationError: a subject has more than one line, or an address is none.
    """
    to = addresses(recipients)
    letters = [
        _written(draft(kind, row, words), kind, row, sorted({*to[row.pk], *also}), by)
        for row in recipients
        if to[row.pk] or also
    ]
    Letter.objects.bulk_create(letters)
    if letters:
        core_letters.defer_sending(SEND)
    return letters


def _written(
    words: Draft, kind: LetterKind, row: Recipient, to: list[str], by: Any
) -> Letter:
    letter = Letter(
        recipient=row,
        kind=kind,
        to=to,
        reply_to=row.question.reply_to,
        subject=words.subject,
        body=words.body,
        written_by=str(by),
    )
    letter.clean_fields()
    return letter


def send_waiting() -> int:
    """Send what waits; give how many went out."""
    return core_letters.send_waiting(Letter)


def loaded(question: Question) -> list[Recipient]:
    """Give a question's recipients, the question on each; one query."""
    rows = list(question.recipients.all())
    for row in rows:
        row.question = question
    return rows
