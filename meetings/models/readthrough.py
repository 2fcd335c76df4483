"""Read-through: named persons read a draft by a day, and it is written down who did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from core import clock
from core.models import Versioned
from meetings.models.meeting import OPEN_STATES, Meeting
from meetings.models.packet import Packet
from meetings.models.publication import Publication

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class ReadThroughQuerySet(models.QuerySet["ReadThrough"]):
    """The questions asked about read-throughs; every method chains."""

    def visible_to(self, user: User) -> Self:
        """What is asked of ``user``: not taken back, of a council they sit in, not sent.

        Source: docs/rules.md R-47.
        """
        own = Q(user=user.pk, meeting__council__memberships__user=user.pk)
        return self.filter(own).current()

    def current(self) -> Self:
        """Those that count still: the meeting was not sent since they were asked."""
        sent = Publication.objects.filter(
            meeting=OuterRef("meeting"), number__gt=OuterRef("sent_before")
        )
        is_open = Q(meeting__state__in=OPEN_STATES) | Q(meeting__is_revising=True)
        rows = self.filter(is_open, is_withdrawn=False, meeting__is_removed=False)
        return rows.exclude(Exists(sent))

    def waiting(self) -> Self:
        """Those that count and are not read yet."""
        return self.current().filter(read_at=None)


@pghistory.track()
class ReadThrough(Versioned):
    """One person asked to read one built packet of a draft.

    ``opened_at`` is when the person first opened it, ``read_at`` when they said that it
    is read, ``reminded_at`` when they were last written to after the first mail;
    ``remarks`` counts the comments they left. ``sent_before`` is the version that was
    sent when they were asked: the next one ends it. Asked anew before it is read, it is
    the same row with another packet.

    Source: docs/rules.md R-47.
    """

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="readthroughs"
    )
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField(max_length=150)
    due_on = models.DateField("læst senest")
    note = models.CharField("besked", max_length=300, blank=True)
    sent_before = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.CharField(max_length=150)
    reminded_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    remarks = models.PositiveSmallIntegerField(default=0)
    is_withdrawn = models.BooleanField(default=False)

    objects = ReadThroughQuerySet.as_manager()

    class Meta:
        ordering = ("meeting_id", "-pk")
        verbose_name = "gennemlæsning"
        constraints = (
            models.UniqueConstraint(
                name="readthrough_waits_once_a_person",
                fields=("meeting", "user"),
                condition=Q(read_at__isnull=True, is_withdrawn=False),
            ),
            models.CheckConstraint(
                name="readthrough_opened_before_read",
                condition=Q(read_at__isnull=True)
                | Q(opened_at__isnull=False, opened_at__lte=F("read_at")),
            ),
        )

    def __str__(self) -> str:
        return f"gennemlæsning af {self.name}"

    @property
    def is_late(self) -> bool:
        """It is not read, and its day is past."""
        return self.read_at is None and self.due_on < clock.today()
