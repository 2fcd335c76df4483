"""What a written appendix holds, block by block, and the Word file it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.models import Versioned
from documents.tree import Missing
from meetings.choices import BlockKind
from meetings.models.appendix import Appendix

if TYPE_CHECKING:
    from typing import Self

MISSING = [(each.value, each.value.capitalize()) for each in Missing]


class WrittenBlockQuerySet(models.QuerySet["WrittenBlock"]):
    """The questions the portal asks about blocks."""

    def present(self) -> Self:
        """Blocks that have not been removed, in reading order."""
        return self.filter(position__isnull=False).order_by("position", "pk")


@pghistory.track()
class WrittenBlock(Versioned):
    """A text, key figure, picture or chart of an appendix that is written in the portal.

    ``position`` counts from 1 without gaps within the appendix; NULL means removed.
    ``heading`` is what a text stands under and what a key figure is of. A key figure has
    a ``number`` as it is printed, or the word for why it is ``missing``. ``file`` names a
    picture in storage. A chart draws the figures right above it.
    """

    appendix = models.ForeignKey(
        Appendix, on_delete=models.CASCADE, related_name="blocks"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    removed_position = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False
    )
    kind = models.CharField("art", max_length=7, choices=BlockKind, editable=False)
    heading = models.CharField("overskrift", max_length=200, blank=True)
    text = models.TextField("tekst", blank=True)
    number = models.CharField("tal", max_length=40, blank=True)
    missing = models.CharField("mangler", max_length=20, choices=MISSING, blank=True)
    unit = models.CharField("enhed", max_length=40, blank=True)
    qualifier = models.CharField("forbehold", max_length=20, blank=True)
    year = models.CharField("år", max_length=20, blank=True)
    source = models.CharField("kilde", max_length=200, blank=True)
    source_url = models.URLField("kildens adresse", max_length=300, blank=True)
    file = models.CharField(max_length=64, blank=True, editable=False)
    file_format = models.CharField(max_length=4, blank=True, editable=False)
    width = models.PositiveSmallIntegerField(default=0, editable=False)
    height = models.PositiveSmallIntegerField(default=0, editable=False)
    alternative = models.CharField("billedet i ord", max_length=400, blank=True)
    caption = models.CharField("billedtekst", max_length=300, blank=True)
    sentence = models.CharField("hvad diagrammet viser", max_length=400, blank=True)

    objects = WrittenBlockQuerySet.as_manager()

    class Meta:
        ordering = ("appendix_id", "position", "pk")
        verbose_name = "afsnit"
        constraints = (
            models.UniqueConstraint(
                name="writtenblock_position_unique",
                fields=("appendix", "position"),
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                name="writtenblock_key_unique", fields=("appendix", "key")
            ),
            models.CheckConstraint(
                name="writtenblock_stands_or_is_removed",
                condition=Q(position__isnull=True) ^ Q(removed_position__isnull=True),
            ),
            models.CheckConstraint(
                name="writtenblock_figure_has_a_number_or_a_word",
                condition=~Q(kind="figure") | (Q(number="") ^ Q(missing="")),
                violation_error_message="Skriv tallet, eller vælg, hvorfor det mangler.",
            ),
            models.CheckConstraint(
                name="writtenblock_picture_has_a_file",
                condition=~Q(kind="picture") ^ ~Q(file=""),
            ),
        )

    def __str__(self) -> str:
        return self.heading or self.get_kind_display()

    def get_absolute_url(self) -> str:
        item = self.appendix.item
        args = [item.section.meeting.slug, item.slug, self.appendix_id, self.key]
        return reverse("meetings:block", args=args)


class WordOriginal(models.Model):
    """The Word file that a written appendix came from, byte for byte.

    ``notes`` are Danish sentences about what was not carried over. It is made once.
    """

    appendix = models.OneToOneField(
        Appendix, on_delete=models.CASCADE, related_name="word"
    )
    file = models.CharField(max_length=64)
    name = models.CharField("filnavn", max_length=255)
    size = models.PositiveIntegerField("bytes")
    notes: Any = models.JSONField(default=list)
    taken_in_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
