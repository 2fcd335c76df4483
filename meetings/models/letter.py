"""Mails of a meeting: written with what they tell of, then sent, each known by its row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core import clock
from meetings.choices import LetterKind
from meetings.models.approval import Approval
from meetings.models.publication import Publication

MOST_TRIES = 6


class Letter(models.Model):
    """One mail to one person: that a version is sent, or that an approval is asked for.

    What it says is formed when it is sent, of what is frozen by then, so that nothing
    that is taken down meanwhile goes out. ``role`` is what the person gets it as, as it
    was that day. ``sent_at`` is when the mail server took it; ``failure`` is what went
    wrong the last time.

    Source: docs/rules.md R-51.
    """

    kind = models.CharField(max_length=8, choices=LetterKind)
    approval = models.ForeignKey(
        Approval, on_delete=models.PROTECT, null=True, related_name="letters"
    )
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, related_name="letters"
    )
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=200)
    to = models.EmailField()
    reply_to = models.EmailField(blank=True)
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.CharField(max_length=150)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("publication_id", "approval_id", "pk")
        verbose_name = "mail"
        constraints = (
            models.CheckConstraint(
                name="meeting_letter_has_one_cause",
                condition=Q(
                    kind=LetterKind.APPROVAL,
                    approval__isnull=False,
                    publication__isnull=True,
                )
                | Q(
                    kind=LetterKind.SENT,
                    approval__isnull=True,
                    publication__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                "publication",
                Lower("to"),
                name="meeting_letter_once_a_person_a_version",
            ),
        )

    def __str__(self) -> str:
        return f"mail {self.pk}"

    @property
    def is_given_up(self) -> bool:
        """Nobody tries again by itself."""
        return self.sent_at is None and self.tries >= MOST_TRIES

    @property
    def may_go_again(self) -> bool:
        """It was tried in vain, whether or not it is tried again by itself."""
        return self.sent_at is None and bool(self.failure)
