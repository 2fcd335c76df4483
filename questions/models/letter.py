"""Mails about questions: written with the change that needs them, then sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core import clock
from questions.choices import LetterKind
from questions.models.recipient import Recipient

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self

MOST_TRIES = 8
_ONE_LINE = RegexValidator(r"\A[^\r\n]*\Z", "Emnet skal stå på én linje.")


class LetterQuerySet(models.QuerySet["Letter"]):
    """The questions the portal asks about its mails."""

    def to_send(self, now: datetime) -> Self:
        """Those that wait, and may be tried now; in real time, not the demo's clock."""
        return self.filter(
            sent_at__isnull=True, tries__lt=MOST_TRIES, next_try_at__lte=now
        )


class Letter(models.Model):
    """One mail to one who is asked; ``to`` may be several people of the place.

    ``written_by`` is "" where the portal wrote it by itself. ``sent_at`` is when the
    mail server took it, or None; ``failure`` is what it said the last time.

    Source: docs/rules.md R-38.
    """

    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, related_name="letters"
    )
    kind = models.CharField(max_length=8, choices=LetterKind)
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

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("recipient_id", "-pk")
        verbose_name = "mail"
        constraints = (
            models.UniqueConstraint(
                name="letter_one_reminder_a_day",
                fields=("recipient", "day"),
                condition=Q(kind="reminder"),
            ),
            models.CheckConstraint(
                name="letter_kind_known", condition=Q(kind__in=LetterKind.values)
            ),
            models.CheckConstraint(
                name="letter_is_to_somebody", condition=Q(to__len__gte=1)
            ),
        )

    def __str__(self) -> str:
        return self.subject

    @property
    def is_given_up(self) -> bool:
        """It was tried so often that nobody tries again."""
        return self.sent_at is None and self.tries >= MOST_TRIES
