"""Which data lay in what was sent openly: known by their SHA-256, and by nothing else."""

from __future__ import annotations

from django.db import models

from meetings.models.publication import Publication, PublishedAppendix
from meetings.models.withdrawal import own_withdrawals


class SentDataQuerySet(models.QuerySet["SentData"]):
    """The questions asked about where data were sent."""

    def visible_to(self, user: object) -> SentDataQuerySet:
        """Give those of versions that the user reads; closed packets have none."""
        sent = Publication.objects.visible_to(user)
        return self.filter(appendix__publication__in=sent.values("pk"))

    def with_withdrawals(self) -> SentDataQuerySet:
        """Annotate ``withdrawn``: what is taken down of the meeting, oldest first."""
        told = own_withdrawals("appendix__publication__meeting")
        return self.annotate(withdrawn=told)


class SentData(models.Model):
    """Data that lay in the PDF of a sent, open appendix. Append-only.

    Written with the sending: the rows of what is formed from data, and those that a file
    from outside brought back. A file that comes back keeps them; whatever else lies inside
    a file is taken out. One that ``is_file`` is the cleaned file from outside itself: it is
    never put inside another, and tells where else the same file was sent.

    Source: docs/rules.md R-56, R-66.
    """

    append_only = True

    appendix = models.ForeignKey(
        PublishedAppendix, on_delete=models.PROTECT, related_name="data"
    )
    sha256 = models.CharField(max_length=64)
    name = models.CharField("filnavn", max_length=120)
    media_type = models.CharField(max_length=40)
    description = models.CharField(max_length=200)
    is_file = models.BooleanField(default=False)

    objects = SentDataQuerySet.as_manager()

    class Meta:
        ordering = ("appendix_id", "pk")
        verbose_name = "sendte data"
        verbose_name_plural = "sendte data"
        indexes = (models.Index(name="sentdata_sha256", fields=("sha256",)),)
        constraints = (
            models.UniqueConstraint(
                name="sentdata_once_an_appendix", fields=("appendix", "sha256")
            ),
        )

    def __str__(self) -> str:
        return self.name
