"""Mails about questions: written with the change that needs them, then sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.letters import MOST_TRIES, WaitingLetter, WaitingQuerySet
from questions.choices import LetterKind
from questions.models.recipient import Recipient

__all__ = ["MOST_TRIES", "Letter"]


class Letter(WaitingLetter):
    """One mail to one who is asked.

    Source: docs/rules.md R-38.
    """

    id_name = "letter"
    send = "questions.send_letters"

    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, related_name="letters"
    )
    kind = models.CharField(max_length=8, choices=LetterKind)

    objects = WaitingQuerySet["Letter"].as_manager()

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
