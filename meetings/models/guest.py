"""Who else was at a meeting: guests and staff."""

from __future__ import annotations

import pghistory
from django.db import models

from core.models import Versioned
from meetings.models.meeting import Meeting


@pghistory.track()
class Guest(Versioned):
    """Somebody who was there besides those who sit: a name, and as what or from where.

    Source: docs/rules.md R-55.
    """

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="guests"
    )
    name = models.CharField(
        "navn", max_length=120, error_messages={"blank": "Skriv navnet."}
    )
    role = models.CharField("rolle eller organisation", max_length=120, blank=True)

    class Meta:
        ordering = ("meeting_id", "pk")
        verbose_name = "gæst"

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """Give "Anne Lund (Erhvervshus Sjælland)"."""
        return f"{self.name} ({self.role})" if self.role else self.name
