"""What was published: read by everybody, written once.

Source: docs/rules.md R-12, R-52.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Concat, JSONObject

from accounts.choices import SITTING, Role
from accounts.models import Membership
from core import clock
from core.prepared import Now
from meetings.choices import MeetingKind
from meetings.models.life import Announcement
from meetings.models.meeting import Meeting
from meetings.models.packet import Packet
from meetings.models.paths import PathExists
from meetings.models.taken import closing_decision, closing_minutes
from meetings.models.withdrawal import own_withdrawals


class _HasWord(PathExists):
    """Whether one of the lists of a JSON object holds a word."""

    arg_joiner = ", '$.*[*] ? (@ == $word)', "


def _chosen(user_pk: int) -> models.QuerySet[Membership]:
    """Give the seats of reporters who were chosen as readers of a version.

    Source: docs/rules.md R-32, R-63.
    """
    seats = Membership.objects.filter(
        user=user_pk,
        council=models.OuterRef("meeting__council"),
        role=Role.REPORTER,
    )
    access = models.OuterRef("closed__access")
    seat = Concat(Value("seat:"), Cast("pk", models.CharField()))
    return seats.filter(
        Q(_HasWord(access, JSONObject(word=Value(f"role:{Role.REPORTER}"))))
        | Q(_HasWord(access, JSONObject(word=seat)))
    )


class PublicationQuerySet(models.QuerySet["Publication"]):
    """The questions everybody may ask."""

    def visible_to(self, user: object) -> PublicationQuerySet:
        """Give what is public by now, and what the councils one sits in have sent.

        Who reports, and was chosen to read something closed of a version, reads that.

        Source: docs/rules.md R-29, R-63.
        """
        opened = Q(meeting__public_at__isnull=True)
        opened |= Q(meeting__public_at__lte=Now())
        public = opened & Q(meeting__kind=MeetingKind.KKR)
        pk = getattr(user, "pk", None)
        if pk is None:
            return self.filter(public)
        seats = Membership.objects.filter(
            user=pk, council=models.OuterRef("meeting__council"), role__in=SITTING
        )
        return self.filter(public | models.Exists(seats) | models.Exists(_chosen(pk)))

    def with_announcements(self) -> PublicationQuerySet:
        """Annotate ``announced`` and ``withdrawn``: what was told since, what is closed.

        Both oldest first, of the whole meeting.
        """
        own = Announcement.objects.filter(meeting=models.OuterRef("meeting"))
        names = ("pk", "item_key", "fate", "to_day", "reason", "at")
        fields = JSONObject(**{name: name for name in names})
        rows = own.order_by("pk").values(row=fields)
        told = self.annotate(announced=ArraySubquery(rows))
        return told.with_withdrawals()

    def with_withdrawals(self) -> PublicationQuerySet:
        """Annotate ``withdrawn``: what of the meeting is taken down, oldest first.

        Of closed material nothing: that is told where it is read.
        """
        return self.annotate(withdrawn=own_withdrawals())

    def with_minutes(self) -> PublicationQuerySet:
        """Annotate what approved minutes say, and what is printed besides the packet.

        Of decisions that are taken down nothing; ``minutes_down`` tells that minutes
        can no longer be read, because of them or of all.

        ``decided`` has a mapping a decision; ``papers`` one a file: kind, pages, size and
        SHA-256.
        """
        later = apps.get_model("meetings", "Minutes").objects.filter(
            meeting=models.OuterRef("minutes__meeting"),
            number__gt=models.OuterRef("minutes__number"),
            is_approved=True,
        )
        own = apps.get_model("meetings", "LedgerEntry").objects.filter(
            ~models.Exists(later), minutes__meeting=models.OuterRef("meeting")
        )
        own = own.exclude(models.Exists(closing_decision()))
        names = ("item_key", "outcome", "text", "words")
        fields = JSONObject(**{name: name for name in names})
        rows = own.order_by("position").values(row=fields)
        papers = apps.get_model("meetings", "Paper").objects
        printed = papers.filter(packet=models.OuterRef("packet"))
        told = JSONObject(kind="kind", pages="page_count", size="size", file="file")
        minutes: Any = apps.get_model("meetings", "Minutes").objects
        approved = minutes.latest().filter(meeting=models.OuterRef("meeting"))
        return self.annotate(
            decided=ArraySubquery(rows),
            minutes_down=models.Exists(
                approved.filter(models.Exists(closing_minutes()))
            ),
            papers=ArraySubquery(printed.order_by("pk").values(row=told)),
        )

    def current(self, user: object) -> PublicationQuerySet:
        """The latest publication of each meeting that a user reads, the latest meeting first.

        Who reads a version that was not followed by one they may read reads that.

        Source: docs/rules.md R-63.
        """
        later = Publication.objects.filter(
            meeting=models.OuterRef("meeting"), number__gt=models.OuterRef("number")
        )
        if getattr(user, "pk", None) is not None:
            # To everybody all versions of a meeting are open, or none.
            later = later.visible_to(user)
        return (
            self.filter(~models.Exists(later))
            .select_related("meeting__council")
            .order_by("-meeting__held_on", "-pk")
        )


class Publication(models.Model):
    """One version of a meeting as it was sent. Append-only.

    ``agenda`` is the JSON of ``meetings.agenda.Agenda``; the public pages are made of it
    and of the :class:`PublishedAppendix` rows, and of nothing else. ``findings`` is what
    the check had found, with its answers (``meetings.checking.standing.Standing.to_json``).
    ``made_with`` is the packet's: empty where that was not written down yet. ``reason`` is
    why there is a version after the first. ``approved`` is who approved the packet
    (``meetings.packets.state.Approved``), {} where it was sent without: then
    ``unapproved_because`` says why. Of the oldest ones all three may be empty.
    """

    append_only = True

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="publications"
    )
    number = models.PositiveSmallIntegerField("version")
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.CharField(max_length=150)
    agenda: Any = models.JSONField()
    file = models.CharField(max_length=64)
    size = models.PositiveIntegerField("bytes")
    page_count = models.PositiveIntegerField()
    labels: Any = models.JSONField(default=list)
    numbers: Any = models.JSONField(default=dict)
    reasons: Any = models.JSONField(default=list)
    findings: Any = models.JSONField(default=dict)
    made_with: Any = models.JSONField(default=dict, blank=True)
    reason = models.CharField("grund", max_length=300, blank=True)
    approved: Any = models.JSONField("godkendt", default=dict, blank=True)
    unapproved_because = models.CharField("sendt uden", max_length=500, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ("meeting_id", "-number", "pk")
        verbose_name = "udgivelse"
        indexes = (models.Index(name="publication_file", fields=("file",)),)
        constraints = (
            models.UniqueConstraint(
                name="publication_number_unique", fields=("meeting", "number")
            ),
            models.CheckConstraint(
                name="publication_counts_from_one", condition=Q(number__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"version {self.number}"


class PublishedAppendix(models.Model):
    """One appendix of a publication. Append-only.

    ``slug`` is its place in addresses, "2-1-bilag-3"; ``document`` the Document's JSON,
    "" for a file from outside. Pages are as a packet part's.
    """

    append_only = True

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="appendices"
    )
    position = models.PositiveSmallIntegerField()
    slug = models.CharField(max_length=60)
    label = models.CharField(max_length=40)
    first_page = models.PositiveIntegerField()
    last_page = models.PositiveIntegerField()
    own_pages = models.PositiveIntegerField()
    file = models.CharField(max_length=64)
    size = models.PositiveIntegerField("bytes")
    document = models.TextField(blank=True)
    labels: Any = models.JSONField(default=list)
    pages: Any = models.JSONField(default=dict)
    own_labels: Any = models.JSONField(default=list)

    class Meta:
        ordering = ("publication_id", "position", "pk")
        verbose_name = "udgivet bilag"
        indexes = (models.Index(name="publishedappendix_file", fields=("file",)),)
        constraints = (
            models.UniqueConstraint(
                name="publishedappendix_slug_unique", fields=("publication", "slug")
            ),
        )

    def __str__(self) -> str:
        return self.label
