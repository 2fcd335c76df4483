"""Who was at a meeting."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from core.models import Versioned
from meetings.choices import Presence
from meetings.models.meeting import Meeting
from meetings.models.member import Member


@pghistory.track()
class Attendance(Versioned):
    """Whether one member was at one meeting, and who came in the member's stead.

    A member without a row is one of whom nothing is written yet.
    """

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="attendances"
    )
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="attendances"
    )
    presence = models.CharField("fremmøde", max_length=8, choices=Presence)
    substitute = models.ForeignKey(
        Member,
        verbose_name="stedfortræder",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stood_in",
    )

    class Meta:
        ordering = ("meeting_id", "pk")
        verbose_name = "fremmøde"
        constraints = (
            models.UniqueConstraint(
                name="attendance_member_unique", fields=("meeting", "member")
            ),
            models.CheckConstraint(
                name="attendance_presence_known",
                condition=Q(presence__in=Presence.values),
            ),
            models.CheckConstraint(
                name="attendance_substitute_of_who_is_away",
                condition=Q(substitute__isnull=True) | ~Q(presence="present"),
                violation_error_message="Kun den, der ikke er til stede, har en stedfortræder.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id}: {self.get_presence_display()}"
