"""Which records a sent version holds: found by key, without reading its documents."""

from __future__ import annotations

from typing import Any

from django.db import models

from meetings.models.publication import Publication, PublishedAppendix
from meetings.models.withdrawal import own_withdrawals


class SentRecordQuerySet(models.QuerySet["SentRecord"]):
    """The questions asked about where a record was sent."""

    def visible_to(self, user: object) -> SentRecordQuerySet:
        """Give those of versions that the user reads; closed packets have none."""
        sent = Publication.objects.visible_to(user)
        return self.filter(appendix__publication__in=sent.values("pk"))

    def with_withdrawals(self) -> SentRecordQuerySet:
        """Annotate ``withdrawn``: what is taken down of the meeting, oldest first."""
        told = own_withdrawals("appendix__publication__meeting")
        return self.annotate(withdrawn=told)


class SentRecord(models.Model):
    """A record that stood in a sent appendix. Append-only, written with the sending.

    ``key``, ``label`` ("Forslag 7") and ``title`` are as they were sent, ``page`` what
    its first page is called in the packet. ``figures`` are its figures, in order: {"key",
    "text" as printed, "said": the words around it}. Of the open packet alone.
    """

    append_only = True

    appendix = models.ForeignKey(
        PublishedAppendix, on_delete=models.PROTECT, related_name="records"
    )
    key = models.CharField(max_length=250)
    label = models.CharField(max_length=250)
    title = models.TextField()
    page = models.CharField(max_length=12, blank=True)
    figures: Any = models.JSONField(default=list)

    objects = SentRecordQuerySet.as_manager()

    class Meta:
        ordering = ("appendix_id", "pk")
        verbose_name = "sendt post"
        indexes = (
            models.Index(name="sentrecord_key", fields=("key",)),
            models.Index(name="sentrecord_label", fields=("label",)),
        )
        constraints = (
            models.UniqueConstraint(
                name="sentrecord_once_an_appendix", fields=("appendix", "key")
            ),
        )

    def __str__(self) -> str:
        return f"{self.label}. {self.title}"
