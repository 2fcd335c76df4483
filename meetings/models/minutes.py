"""Minutes as they were read and approved, and what the meeting adopted. Written once.

Source: docs/rules.md R-41, R-42.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from accounts.choices import SITTING
from accounts.models import Membership
from core import clock
from core.prepared import Now
from meetings.choices import MeetingKind, Outcome, PaperKind
from meetings.models.meeting import Meeting
from meetings.models.packet import Packet


class Paper(models.Model):
    """A meeting's agenda or minutes as a PDF: the Document, and the file. Append-only.

    ``packet`` is the one whose page numbers an agenda says; of the kind "whole" the file
    is that agenda and the packet behind it, and of the kind "bundle" the zip with all of
    a sent version, which has no Document and no pages. ``digest`` is the hash of
    all that was printed, so that it is known whether minutes were written on since.
    """

    append_only = True

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="papers"
    )
    kind = models.CharField(max_length=7, choices=PaperKind)
    packet = models.ForeignKey(
        Packet, on_delete=models.PROTECT, null=True, related_name="papers"
    )
    document = models.TextField()
    digest = models.CharField(max_length=64)
    file = models.CharField(max_length=64)
    size = models.PositiveIntegerField("bytes")
    page_count = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("meeting_id", "-pk")
        verbose_name = "dokument"
        constraints = (
            models.CheckConstraint(
                name="paper_kind_known", condition=Q(kind__in=PaperKind.values)
            ),
            models.CheckConstraint(
                name="paper_agenda_has_a_packet",
                condition=Q(kind__in=("minutes", "closed")) ^ Q(packet__isnull=False),
            ),
            models.UniqueConstraint(
                name="paper_of_packet_unique", fields=("packet", "kind")
            ),
            models.UniqueConstraint(
                name="paper_minutes_unique",
                fields=("meeting", "digest"),
                condition=Q(kind="minutes"),
            ),
            models.UniqueConstraint(
                name="paper_closed_unique",
                fields=("meeting", "digest"),
                condition=Q(kind="closed"),
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class MinutesQuerySet(models.QuerySet["Minutes"]):
    """The questions everybody may ask."""

    def visible_to(self, user: object) -> MinutesQuerySet:
        """Give approved minutes of what is public, and all of councils one sits in.

        Source: docs/rules.md R-29, R-41.
        """
        opened = Q(meeting__public_at__isnull=True)
        opened |= Q(meeting__public_at__lte=Now())
        public = opened & Q(meeting__kind=MeetingKind.KKR, is_approved=True)
        pk = getattr(user, "pk", None)
        if pk is None:
            return self.filter(public)
        seats = Membership.objects.filter(
            user=pk, council=models.OuterRef("meeting__council"), role__in=SITTING
        )
        return self.filter(public | models.Exists(seats))

    def latest(self) -> MinutesQuerySet:  # type: ignore[override]
        """Only the latest approved ones of each meeting."""
        later = Minutes.objects.filter(
            meeting=models.OuterRef("meeting"),
            number__gt=models.OuterRef("number"),
            is_approved=True,
        )
        return self.filter(~models.Exists(later), is_approved=True)


class Minutes(models.Model):
    """One meeting's minutes as they were sent for approval, or approved. Append-only.

    ``note`` is when and how they were approved, as it was written.
    """

    append_only = True

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="minutes"
    )
    number = models.PositiveSmallIntegerField()
    is_approved = models.BooleanField()
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=150)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        ordering = ("meeting_id", "-number", "pk")
        verbose_name = "referat"
        constraints = (
            models.UniqueConstraint(
                name="minutes_number_unique", fields=("meeting", "number")
            ),
            models.CheckConstraint(
                name="minutes_count_from_one", condition=Q(number__gte=1)
            ),
        )

    def __str__(self) -> str:
        return "Godkendt referat" if self.is_approved else "Referat til godkendelse"


class Entry(models.Model):
    """One decision of approved minutes, and the very versions it applies to. Append-only.

    ``applies`` has a row an appendix: label, title, slug, version, pages, and the SHA-256
    of its file. ``records`` are the keys of all that those appendices printed, so that a
    record finds its decisions. ``number`` is the item's.
    """

    append_only = True

    position = models.PositiveSmallIntegerField()
    item_key = models.SlugField(max_length=80)
    number = models.CharField(max_length=12)
    title = models.CharField(max_length=250)
    outcome = models.CharField(max_length=9, choices=Outcome)
    text = models.TextField()
    words = models.TextField(blank=True)
    applies: Any = models.JSONField(default=list)
    records: Any = ArrayField(models.TextField(), default=list)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number} {self.get_outcome_display()}"

    @property
    def slug(self) -> str:
        """The item's place in addresses, "2-1"."""
        return self.number.replace(".", "-")


class LedgerEntry(Entry):
    """One decision of approved minutes, as everybody reads it. Append-only.

    Source: docs/rules.md R-42.
    """

    minutes = models.ForeignKey(
        Minutes, on_delete=models.PROTECT, related_name="entries"
    )

    class Meta:
        ordering = ("minutes_id", "position", "pk")
        verbose_name = "beslutning i protokollen"
        indexes = (GinIndex(name="ledgerentry_records", fields=("records",)),)
        constraints = (
            models.UniqueConstraint(
                name="ledgerentry_item_unique", fields=("minutes", "item_key")
            ),
            models.CheckConstraint(
                name="ledgerentry_outcome_known",
                condition=Q(outcome__in=Outcome.values),
            ),
        )
