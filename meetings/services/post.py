"""Mails of a meeting: written in the transaction of their cause, sent by a job each.

No transaction is open while a mail server is waited for.

Source: docs/rules.md R-51.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from django.core.mail import EmailMessage
from django.db.models import F, OuterRef, Subquery

from core import clock
from core.errors import RuleViolationError
from core.history import act
from core.jobs import POST, app
from core.mail import message_id
from meetings.choices import LetterKind, MemberRole
from meetings.models import Approval, Letter, Publication
from meetings.models.letter import MOST_TRIES
from meetings.post.receivers import receivers
from meetings.post.words import asked_words, sent_words

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import QuerySet

    from accounts.models import User
    from meetings.models.publication import PublicationQuerySet
    from meetings.post.words import Words

log = logging.getLogger(__name__)

SEND: Final = "meetings.send_letter"
VOID: Final = "Linket gjaldt ikke længere."
TAKEN: Final = "Versionen er taget ned."
REFUSED: Final = "Mailserveren tog ikke imod den"


class UnsentError(Exception):
    """A mail server did not take a mail; another try may help."""


def write_sent(publication: Publication, *, by: User) -> list[Letter]:
    """Write a mail to each who is to have a version, and its job; call it inside the act."""
    rows = [
        Letter(
            kind=LetterKind.SENT,
            publication=publication,
            name=each.name,
            role=each.role,
            to=each.email,
            reply_to=by.email,
            written_by=str(by),
        )
        for each in receivers(publication.meeting).reached
    ]
    return _written(rows)


def write_approval(approval: Approval, *, by: User) -> Letter:
    """Write the mail with a link, and its job; call it inside the act.

    One that has not gone out is the same mail, tried anew.
    """
    waiting = approval.letters.filter(sent_at=None).order_by("-pk").first()
    if waiting is not None:
        _anew([waiting])
        return waiting
    role = MemberRole(approval.role).label if approval.role else ""
    row = Letter(
        kind=LetterKind.APPROVAL,
        approval=approval,
        name=approval.name,
        role=role,
        to=approval.email,
        reply_to=by.email,
        written_by=str(by),
    )
    return _written([row])[0]


def send_again(publication_pk: int, *, by: User) -> int:
    """Try again what was not taken of a version's mails; give how many there are.

    Raises:
        RuleViolationError: all of them went out, or wait for their first try.
    """
    with act("sendte mails igen", by):
        rows = Letter.objects.select_for_update().filter(
            publication=publication_pk, sent_at=None
        )
        failed = [row for row in rows if row.may_go_again]
        if not failed:
            raise RuleViolationError("Ingen mail er mislykkedes.")
        _anew(failed)
        return len(failed)


def _written(rows: list[Letter]) -> list[Letter]:
    made = Letter.objects.bulk_create(rows)
    for row in made:
        _defer(row.pk)
    return made


def _anew(rows: list[Letter]) -> None:
    Letter.objects.filter(pk__in=[row.pk for row in rows]).update(tries=0, failure="")
    for row in rows:
        _defer(row.pk)


def _defer(pk: int) -> None:
    """Write the job: of one mail only one runs at a time."""
    app.configure_task(SEND, queue=POST, lock=f"letter-{pk}").defer(pk=pk)


def send(pk: int) -> None:
    """Send one mail, unless it is sent or given up.

    Raises:
        UnsentError: the mail server did not take it, and it is to be tried again.
    """
    row = _rows().filter(pk=pk, sent_at=None, tries__lt=MOST_TRIES).first()
    if row is None:
        return
    words, why_not = _words(row)
    if words is None:
        _note(row, tries=MOST_TRIES, failure=why_not)
        return
    _note(row, tries=F("tries") + 1)
    try:
        _message(row, words).send()
    except (OSError, ValueError) as error:
        log.warning("Letter %s was not sent: %r", pk, error)
        _note(row, failure=f"{REFUSED} ({type(error).__name__}).")
        if row.tries + 1 < MOST_TRIES:
            raise UnsentError from error
    else:
        _note(row, sent_at=clock.now(), failure="")


def _rows() -> QuerySet[Letter]:
    return Letter.objects.select_related(
        "approval__meeting__council", "approval__packet"
    )


def _words(row: Letter) -> tuple[Words | None, str]:
    """Give what a mail says, or why there is nothing to be said any more."""
    if row.approval is not None:
        return (asked_words(row.approval), "") if row.approval.is_open else (None, VOID)
    found = with_before(Publication.objects.filter(letters=row)).get()
    return sent_words(found), TAKEN


def with_before(rows: PublicationQuerySet) -> PublicationQuerySet:
    """Read publications with what :func:`meetings.post.words.sent_words` needs."""
    earlier = Publication.objects.filter(
        meeting=OuterRef("meeting"), number=OuterRef("number") - 1
    )
    own = rows.with_withdrawals().select_related("meeting__council")
    return own.annotate(before=Subquery(earlier.values("agenda")[:1])).defer(
        "numbers", "labels", "findings", "reasons", "made_with"
    )


def _message(row: Letter, words: Words) -> EmailMessage:
    return EmailMessage(
        words.subject,
        words.text,
        to=[row.to],
        reply_to=[row.reply_to] if row.reply_to else None,
        headers={
            "Message-ID": message_id(f"meeting-letter-{row.pk}"),
            "Auto-Submitted": "auto-generated",
        },
    )


def _note(row: Letter, **values: Any) -> None:
    """Write down how it went, in a transaction of its own."""
    Letter.objects.filter(pk=row.pk).update(**values)
