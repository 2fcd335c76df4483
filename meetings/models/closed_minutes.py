"""What minutes say of closed items: in tables of its own that no public question reads.

Source: docs/rules.md R-53.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, JSONObject

from accounts.models import Membership
from meetings.choices import Outcome
from meetings.models.meeting import EDITORS
from meetings.models.minutes import Entry, Minutes, Paper


class ClosedMinutesQuerySet(models.QuerySet["ClosedMinutes"]):
    """The questions asked about closed minutes."""

    def visible_to(self, user: object) -> ClosedMinutesQuerySet:
        """Give those of minutes that the user reads in councils where the user sits.

        Annotated with ``seat``, {"pk", "role"}; which items it may read says
        ``meetings.closed.access``. An anonymous visitor sees none.

        Source: docs/rules.md R-32.
        """
        seats = Membership.objects.filter(
            user=getattr(user, "pk", None),
            council=models.OuterRef("minutes__meeting__council"),
        )
        row = seats.values(row=JSONObject(pk="pk", role="role"))[:1]
        own = self.filter(minutes__in=Minutes.objects.visible_to(user))
        return own.annotate(seat=models.Subquery(row)).filter(seat__isnull=False)


class ClosedMinutes(models.Model):
    """The closed part of minutes that were sent for approval, or approved. Append-only.

    ``access`` maps the key of each item in them to who reads it, as it was sent.
    """

    append_only = True

    minutes = models.OneToOneField(
        Minutes, on_delete=models.PROTECT, related_name="closed"
    )
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    access: Any = models.JSONField(default=dict)

    objects = ClosedMinutesQuerySet.as_manager()

    class Meta:
        ordering = ("minutes_id",)
        verbose_name = "lukket referat"

    def __str__(self) -> str:
        return f"{self.minutes}, lukket"


class ClosedEntryQuerySet(models.QuerySet["ClosedEntry"]):
    """The questions asked about decisions on closed items."""

    def visible_to(self, user: object) -> ClosedEntryQuerySet:
        """Give those on items that the user reads: by role or by the seat, or as editor.

        Source: docs/rules.md R-32, R-53.
        """
        own = models.OuterRef("access")
        seats = Membership.objects.filter(
            user=getattr(user, "pk", None),
            council=models.OuterRef("closed__minutes__meeting__council"),
        ).annotate(
            as_role=_place_in(own, Concat(Value("role:"), "role")),
            as_seat=_place_in(
                own,
                Concat(Value("seat:"), models.functions.Cast("pk", models.CharField())),
            ),
        )
        named = Q(as_role__isnull=False) | Q(as_seat__isnull=False)
        read = self.filter(closed__minutes__in=Minutes.objects.visible_to(user))
        return read.filter(models.Exists(seats.filter(Q(role__in=EDITORS) | named)))

    def latest(self) -> ClosedEntryQuerySet:  # type: ignore[override]
        """Only those of the latest approved minutes of each meeting."""
        return self.filter(closed__minutes__in=Minutes.objects.all().latest())


def _place_in(words: Any, word: Any) -> models.Func:
    """Give where a word stands in an array of words; NULL where it does not."""
    return models.Func(
        words,
        models.functions.Cast(word, models.TextField()),
        function="array_position",
        output_field=models.IntegerField(),
    )


class ClosedEntry(Entry):
    """One decision on a closed item. Append-only.

    ``access`` are the words of who reads the item (``meetings.closed.access``).
    """

    closed = models.ForeignKey(
        ClosedMinutes, on_delete=models.PROTECT, related_name="entries"
    )
    access: Any = ArrayField(models.TextField(), default=list)

    objects = ClosedEntryQuerySet.as_manager()

    class Meta:
        ordering = ("closed_id", "position", "pk")
        verbose_name = "lukket beslutning"
        indexes = (GinIndex(name="closedentry_records", fields=("records",)),)
        constraints = (
            models.UniqueConstraint(
                name="closedentry_item_unique", fields=("closed", "item_key")
            ),
            models.CheckConstraint(
                name="closedentry_outcome_known",
                condition=Q(outcome__in=Outcome.values),
            ),
        )

    @property
    def minutes(self) -> Minutes:
        """The minutes it stands in."""
        return self.closed.minutes
