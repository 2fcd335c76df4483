"""What a sent version holds for its few: in tables that no public question reads."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject

from accounts.models import Membership
from meetings.models.publication import Publication
from meetings.models.taken import closing_decision
from meetings.models.withdrawal import own_withdrawals


class ClosedPublicationQuerySet(models.QuerySet["ClosedPublication"]):
    """The questions asked about closed material."""

    def visible_to(self, user: object) -> ClosedPublicationQuerySet:
        """Give those of councils where the user sits, annotated with the seat.

        ``seat`` is {"pk", "role"}; which items it may read says
        ``meetings.closed.access``. ``withdrawn`` is what of it is taken down, oldest
        first. An anonymous visitor sees none.

        Source: docs/rules.md R-32.
        """
        seats = Membership.objects.filter(
            user=getattr(user, "pk", None),
            council=models.OuterRef("publication__meeting__council"),
        )
        row = seats.values(row=JSONObject(pk="pk", role="role"))[:1]
        told = own_withdrawals("publication__meeting", is_closed=True)
        rows = self.annotate(seat=models.Subquery(row), withdrawn=told)
        return rows.filter(seat__isnull=False)

    def with_decisions(self, user: object) -> ClosedPublicationQuerySet:
        """Annotate ``decided``: what a user reads in approved minutes of closed items.

        Of decisions that are taken down nothing.
        A mapping a decision, as ``PublicationQuerySet.with_minutes`` gives them.
        """
        rows = (
            apps.get_model("meetings", "ClosedEntry").objects.visible_to(user).latest()
        )
        own = rows.filter(
            closed__minutes__meeting=models.OuterRef("publication__meeting")
        )
        own = own.exclude(models.Exists(closing_decision(is_closed=True)))
        names = ("item_key", "outcome", "text", "words")
        fields = JSONObject(**{name: name for name in names})
        found = own.order_by("position").values(row=fields)
        return self.annotate(decided=ArraySubquery(found))


class ClosedPublication(models.Model):
    """The closed packet of one sent version. Append-only.

    ``agenda`` is the whole one, open and closed; ``access`` maps the key of each item with
    closed material to who may read it, as it was when it was sent. The rest is as a
    publication's, of the closed packet.
    """

    append_only = True

    publication = models.OneToOneField(
        Publication, on_delete=models.PROTECT, related_name="closed"
    )
    agenda: Any = models.JSONField()
    access: Any = models.JSONField(default=dict)
    file = models.CharField(max_length=64)
    size = models.PositiveIntegerField("bytes")
    page_count = models.PositiveIntegerField()
    labels: Any = models.JSONField(default=list)
    numbers: Any = models.JSONField(default=dict)
    reasons: Any = models.JSONField(default=list)

    objects = ClosedPublicationQuerySet.as_manager()

    class Meta:
        ordering = ("publication_id",)
        verbose_name = "lukket udgivelse"
        indexes = (models.Index(name="closedpublication_file", fields=("file",)),)

    def __str__(self) -> str:
        return f"{self.publication}, lukket"


class ClosedAppendix(models.Model):
    """One appendix of a closed packet. Append-only; fields as a published one's."""

    append_only = True

    closed = models.ForeignKey(
        ClosedPublication, on_delete=models.PROTECT, related_name="appendices"
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
        ordering = ("closed_id", "position", "pk")
        verbose_name = "lukket bilag"
        indexes = (models.Index(name="closedappendix_file", fields=("file",)),)
        constraints = (
            models.UniqueConstraint(
                name="closedappendix_slug_unique", fields=("closed", "slug")
            ),
        )

    def __str__(self) -> str:
        return self.label
