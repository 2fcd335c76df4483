"""Files that documents rest on: foreign files taken in, cached pieces, page pictures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models

from core import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

# Unused pieces are swept after many days; a day more or less is nothing.
NOTED_AGAIN = timedelta(days=1)


class ForeignFile(models.Model):
    """A file from outside, judged at upload: the original and its cleaned copy.

    ``original`` and ``cleaned`` name files in storage by SHA-256. Only ``cleaned`` is
    ever read again; the original is kept byte for byte. ``facts`` is what intake found:
    pages, sizes, tags, text, language (``documents.intake``). ``text`` names the stored
    text of its pages, a JSON list; "" until it has been read (``documents.foreign.texts``).
    ``data`` are the data of ours that stay inside: mappings with sha256, name, media_type
    and description (``documents.known_data``).
    """

    original = models.CharField(max_length=64)
    cleaned = models.CharField(max_length=64)
    text = models.CharField(max_length=64, blank=True, default="")
    name = models.CharField("filnavn", max_length=255)
    size = models.PositiveIntegerField("bytes")
    page_count = models.PositiveIntegerField("sider")
    facts: Any = models.JSONField(default=dict)
    notes: Any = models.JSONField(default=list)
    problems: Any = models.JSONField(default=list)
    data: Any = models.JSONField(default=list, blank=True)
    taken_in_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="foreignfile_has_pages", condition=models.Q(page_count__gte=1)
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def data_names(self) -> str:
        """What the data of ours inside it are called, "Katalog.csv, Katalog.json"."""
        return ", ".join(each["name"] for each in self.data)


class CachedPiece(models.Model):
    """The PDF of one piece, found by the hash of all that it was made from.

    ``fields`` maps the packet-independent anchors in it to the page they begin on.
    """

    digest = models.CharField(max_length=64, unique=True)
    file = models.CharField(max_length=64)
    page_count = models.PositiveSmallIntegerField()
    used_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="cachedpiece_has_pages", condition=models.Q(page_count__gte=1)
            ),
        )

    def __str__(self) -> str:
        return self.digest[:12]


def note_used(rows: Iterable[CachedPiece]) -> None:
    """Note that cached pieces are used: at most once a day each, one query or none."""
    now = clock.now()
    old = [row.pk for row in rows if row.used_at < now - NOTED_AGAIN]
    if old:
        CachedPiece.objects.filter(pk__in=old).update(used_at=now)


class PagePicture(models.Model):
    """The picture of one page of a stored PDF, for the reader on screen."""

    of = models.CharField(max_length=64)
    page = models.PositiveIntegerField()
    file = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ("of", "page", "pk")
        constraints = (
            models.UniqueConstraint(name="pagepicture_unique", fields=("of", "page")),
            models.CheckConstraint(
                name="pagepicture_counts_from_one", condition=models.Q(page__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"{self.of[:12]} side {self.page}"
