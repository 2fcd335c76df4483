"""The link to somebody's own calendar."""

from __future__ import annotations

from django.db import models

from accounts.models import User


class CalendarLink(models.Model):
    """Which of a user's calendar links counts: a renewed one makes older ones void."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="calendar_link"
    )
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("user_id",)
        verbose_name = "kalenderlink"

    def __str__(self) -> str:
        return f"kalenderlink {self.number}"
