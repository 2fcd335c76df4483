"""Mails of a meeting: written in the transaction of their cause, sent by a job each.

No transaction is open while a mail server is waited for.

Source: docs/rules.md R-51, R-68.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from django.db.models import F

from core import clock
from core.errors import RuleViolationError
from core.history import act
from core.jobs import POST, app
from core.mail import Mail, message_id
from meetings.choices import LetterKind, MemberRole
from meetings.models import Announcement, Approval, Letter, Minutes, Publication
from meetings.models.letter import MOST_TRIES
from meetings.post.announced import announced_words, minutes_words
from meetings.post.reading import version_at, who_got, with_before, with_standing
from meetings.post.receivers import receivers
from meetings.post.words import asked_words, sent_words
from meetings.services import subscriptions

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import QuerySet

    from accounts.models import User
    from meetings.choices import Cause
    from meetings.post.words import Words

log = logging.getLogger(__name__)

SEND: Final = "meetings.send_letter"
GONE: Final = "Referatet er taget ned."
VOID: Final = "Linket gjaldt ikke længere."
TAKEN: Final = "Versionen er taget ned."
REPLACED: Final = "Et nyere referat er sendt."
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


def write_told(announcement: Announcement, *, by: User) -> list[Letter]:
    """Write to each who got the meeting, and the jobs; call it inside the act.

    Source: docs/rules.md R-68.
    """
    rows = [
        _again_to(each, LetterKind.TOLD, by, announcement=announcement)
        for each in who_got(announcement.meeting_id)
    ]
    return _written(rows)


def write_minutes(minutes: Minutes, *, by: User) -> list[Letter]:
    """Write to each who got the meeting that its minutes are sent, or approved.

    Of closed minutes nothing is said to anybody. Call it inside the act.
    """
    rows = [
        _again_to(each, LetterKind.MINUTES, by, minutes=minutes)
        for each in who_got(minutes.meeting_id)
    ]
    return _written(rows)


def _again_to(before: Letter, kind: LetterKind, by: User, **cause: Any) -> Letter:
    return Letter(
        kind=kind,
        name=before.name,
        role=before.role,
        to=before.to,
        reply_to=by.email,
        written_by=str(by),
        **cause,
    )


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


def send_again(cause: Cause, pk: int, *, by: User) -> int:
    """Try again what was not taken of the mails about one thing; give how many there are.

    Raises:
        RuleViolationError: all of them went out, or wait for their first try.
    """
    with act("sendte mails igen", by):
        rows = Letter.objects.select_for_update().filter(
            **{cause.value: pk}, sent_at=None
        )
        failed = [row for row in rows if row.may_go_again]
        _anew(failed)
        count = len(failed) + subscriptions.try_again(cause, pk)
        if not count:
            raise RuleViolationError("Ingen mail er mislykkedes.")
        return count


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
        "approval__meeting__council", "approval__packet", "announcement"
    )


def _words(row: Letter) -> tuple[Words | None, str]:
    """Give what a mail says, or why there is nothing to be said any more."""
    if row.approval is not None:
        return (asked_words(row.approval), "") if row.approval.is_open else (None, VOID)
    if row.announcement is not None:
        said = row.announcement
        return announced_words(version_at(said.meeting_id, said.at), said), ""
    if row.minutes_id is not None:
        return _of_minutes(row.minutes_id)
    found = with_before(Publication.objects.filter(letters=row)).get()
    return sent_words(found), TAKEN


def _of_minutes(pk: int) -> tuple[Words | None, str]:
    """Give what is said of minutes, unless they are taken down or have been replaced."""
    row: Any = with_standing(Minutes.objects.filter(pk=pk)).get()
    if row.taken or row.is_replaced:
        return None, GONE if row.taken else REPLACED
    version = version_at(row.meeting_id, row.at)
    return minutes_words(version, row, is_again=row.is_again), ""


def _message(row: Letter, words: Words) -> Mail:
    return Mail(
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
