"""What happened to a meeting: its steps, and what was announced after it was sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core import clock
from meetings.choices import Fate, MeetingState
from meetings.models.meeting import Meeting


class StateStep(models.Model):
    """One step of a meeting from one state to another. Append-only.

    ``reason`` is why, where the step was taken back or needs a word.
    """

    append_only = True

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=8, choices=MeetingState)
    after = models.CharField(max_length=8, choices=MeetingState)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=150)

    class Meta:
        ordering = ("meeting_id", "-pk")
        verbose_name = "skridt"
        constraints = (
            models.CheckConstraint(
                name="statestep_leads_somewhere",
                condition=~Q(before=models.F("after")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"


class Announcement(models.Model):
    """What everybody is told of a sent meeting besides its publications. Append-only.

    ``item_key`` is the item it is about, "" for the meeting itself; the latest one about
    each counts. ``item_number`` is what the item was called then.
    ``to_day`` is the new day of what was postponed, where it is known.

    Source: docs/rules.md R-27.
    """

    append_only = True

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="announcements"
    )
    item_key = models.SlugField(max_length=80, blank=True)
    item_number = models.CharField(max_length=12, blank=True)
    fate = models.CharField(max_length=9, choices=Fate)
    to_day = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=150)

    class Meta:
        ordering = ("meeting_id", "-pk")
        verbose_name = "meddelelse"
        constraints = (
            models.CheckConstraint(
                name="announcement_fate_known", condition=Q(fate__in=Fate.values)
            ),
            models.CheckConstraint(
                name="announcement_day_of_what_is_postponed",
                condition=Q(to_day__isnull=True) | Q(fate="postponed"),
            ),
            models.CheckConstraint(
                name="announcement_says_why",
                condition=Q(fate="stands") | ~Q(reason=""),
            ),
        )

    def __str__(self) -> str:
        return self.get_fate_display()
