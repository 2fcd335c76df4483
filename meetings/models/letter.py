"""Mails of a meeting: written with what they tell of, then sent, each known by its row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core import clock
from meetings.choices import LetterKind
from meetings.models.approval import Approval
from meetings.models.life import Announcement
from meetings.models.minutes import Minutes
from meetings.models.publication import Publication

MOST_TRIES = 6
CAUSES = {
    LetterKind.APPROVAL: "approval",
    LetterKind.SENT: "publication",
    LetterKind.TOLD: "announcement",
    LetterKind.MINUTES: "minutes",
}
"""Kind of a mail → the one field that says what it tells of."""


def one_cause() -> Q:
    """Ask that a mail has the cause of its kind, and no other."""
    found = Q()
    for kind, own in CAUSES.items():
        others = {f"{name}__isnull": name != own for name in CAUSES.values()}
        found |= Q(kind=kind, **others)
    return found


class Letter(models.Model):
    """One mail to one person about one of four things.

    An approval is asked for; a version is sent; something is announced of the meeting; or
    its minutes are sent for approval, or approved.
    What it says is formed when it is sent, of what is frozen by then, so that nothing
    that is taken down meanwhile goes out. ``role`` is what the person gets it as, as it
    was that day. ``sent_at`` is when the mail server took it; ``failure`` is what went
    wrong the last time.

    Source: docs/rules.md R-51, R-68.
    """

    kind = models.CharField(max_length=8, choices=LetterKind)
    approval = models.ForeignKey(
        Approval, on_delete=models.PROTECT, null=True, related_name="letters"
    )
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, related_name="letters"
    )
    announcement = models.ForeignKey(
        Announcement, on_delete=models.PROTECT, null=True, related_name="letters"
    )
    minutes = models.ForeignKey(
        Minutes, on_delete=models.PROTECT, null=True, related_name="letters"
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
                name="meeting_letter_has_one_cause", condition=one_cause()
            ),
            models.UniqueConstraint(
                "publication",
                Lower("to"),
                name="meeting_letter_once_a_person_a_version",
            ),
            models.UniqueConstraint(
                "announcement",
                Lower("to"),
                name="meeting_letter_once_a_person_told",
            ),
            models.UniqueConstraint(
                "minutes",
                Lower("to"),
                name="meeting_letter_once_a_person_minutes",
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
