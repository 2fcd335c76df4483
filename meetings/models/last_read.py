"""How far somebody has read: said by the reader, never noted behind the back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from accounts.models import User
from core import clock
from meetings.models.meeting import Meeting

if TYPE_CHECKING:
    from typing import Self


class LastReadQuerySet(models.QuerySet["LastRead"]):
    """The one question that may be asked."""

    def visible_to(self, user: object) -> Self:
        """Give a user's own; nobody else's, whoever asks."""
        return self.filter(user=getattr(user, "pk", None))


class LastRead(models.Model):
    """The version of a meeting that somebody has said to have read.

    One row a reader and meeting, written and deleted by the reader alone. It is in no
    history, list, export or count: nobody else learns what somebody has read.

    Source: docs/rules.md R-62.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField("version")
    at = models.DateTimeField(default=clock.now)

    objects = LastReadQuerySet.as_manager()

    class Meta:
        ordering = ("user_id", "meeting_id")
        verbose_name = "læst version"
        constraints = (
            models.UniqueConstraint(
                name="lastread_one_a_meeting", fields=("user", "meeting")
            ),
            models.CheckConstraint(
                name="lastread_counts_from_one", condition=Q(number__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"læst version {self.number}"
