"""Mails that wait in a table: written with the change that needs them, sent by a job.

An app declares its own table on :class:`WaitingLetter` and its own job that calls
:func:`send_waiting`; a mail is tried again by itself, ever later, and stays as not sent.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils import timezone

from core import clock
from core.jobs import POST, app
from core.mail import Mail, message_id

if TYPE_CHECKING:
    from datetime import datetime

log = logging.getLogger(__name__)

MOST_TRIES: Final = 8
FIRST_PAUSE: Final = timedelta(minutes=5)
"""Between the first two tries of one mail; each later pause is twice as long."""
_REASON: Final = 300
_ONE_LINE: Final = RegexValidator(r"\A[^\r\n]*\Z", "Emnet skal stå på én linje.")


class WaitingQuerySet[M: models.Model](models.QuerySet[M]):
    """The questions the portal asks about mails that wait."""

    def to_send(self, now: datetime) -> Self:
        """Those that wait, and may be tried now; in real time, not the demo's clock."""
        return self.filter(
            sent_at__isnull=True, tries__lt=MOST_TRIES, next_try_at__lte=now
        )

    def drop(self, why: str) -> None:
        """Let those that wait never go out; they stay on the page as not sent."""
        self.filter(sent_at=None).update(tries=MOST_TRIES, failure=why)


class WaitingLetter(models.Model):
    """One mail; ``to`` may be several people of one place.

    ``written_by`` is "" where the portal wrote it by itself. ``sent_at`` is when the
    mail server took it, or None; ``failure`` is what it said the last time.

    Attributes:
        id_name: begins the mail's own id.
        send: the job that sends the waiting rows of this table.
    """

    id_name: ClassVar[str]
    send: ClassVar[str]

    day = models.DateField(default=clock.today)
    to = ArrayField(models.EmailField())
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=300, validators=[_ONE_LINE])
    body = models.TextField()
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.CharField(max_length=150, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.subject

    @property
    def is_given_up(self) -> bool:
        """It was tried so often that nobody tries again."""
        return self.sent_at is None and self.tries >= MOST_TRIES

    @property
    def mail(self) -> Mail:
        """The mail for Django's mailer, which refuses a header of several lines.

        Its id is the row's: sent twice, after a worker died, it can be told to be one.
        """
        headers = {
            "Message-ID": message_id(f"{self.id_name}-{self.pk}"),
            "Auto-Submitted": "auto-generated",
        }
        return Mail(
            self.subject,
            self.body,
            to=self.to,
            reply_to=[self.reply_to] if self.reply_to else None,
            headers=headers,
        )


def defer_sending(job: str, pause: timedelta = timedelta(0)) -> None:
    """Write the job that sends what waits; call it inside the transaction."""
    seconds = int(pause.total_seconds())
    later: Any = {"schedule_in": {"seconds": seconds}} if seconds else {}
    app.configure_task(job, queue=POST, **later).defer()


def send_waiting(model: type[WaitingLetter]) -> int:
    """Send what waits, each mail in a transaction of its own; give how many went out.

    A mail that another worker is sending is left to it. One that is refused waits for
    its next try, ever longer; it stays on the page as not sent.
    """
    sent = 0
    while (done := _send_one(model)) is not None:
        sent += done
    return sent


def _send_one(model: type[WaitingLetter]) -> bool | None:
    """Try the oldest mail that waits; None where none does."""
    rows: Any = model._default_manager  # noqa: SLF001 -- Django's
    with transaction.atomic():
        waiting = rows.to_send(timezone.now()).order_by("pk")
        letter = waiting.select_for_update(skip_locked=True).first()
        if letter is None:
            return None
        try:
            letter.mail.send()
        except (OSError, ValueError) as error:
            _refused(letter, error)
        else:
            letter.sent_at, letter.failure = clock.now(), ""
        letter.tries += 1
        letter.save(update_fields=["sent_at", "failure", "tries", "next_try_at"])
    return letter.sent_at is not None


def _refused(letter: WaitingLetter, error: Exception) -> None:
    log.warning("Letter %s was not sent: %r", letter.pk, error)
    pause: timedelta = FIRST_PAUSE * 2**letter.tries
    letter.next_try_at = timezone.now() + pause
    if letter.tries + 1 < MOST_TRIES:
        defer_sending(letter.send, pause)
    letter.failure = type(error).__name__[:_REASON]
