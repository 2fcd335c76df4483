"""What stands around a record: title readings, figures, terms, references."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q

from core.models import Versioned
from proposals.choices import DependencyKind, FigureTopic, TermKind
from proposals.models.proposal import Proposal
from proposals.models.record import ONE_RECORD, record_of
from proposals.models.unit import CooperationUnit

if TYPE_CHECKING:
    from proposals.models.record import Record


@pghistory.track()
class TitleReading(models.Model):
    """How a proposal's title reads in another place. Kept as found, never repaired.

    ``is_overview``: the place is the catalogue's own list of titles. ``is_short``: it is
    a reading of the short title.

    Source: docs/rules.md R-2.
    """

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="readings"
    )
    position = models.PositiveSmallIntegerField()
    place = models.CharField("sted", max_length=120)
    text = models.CharField("titel", max_length=250)
    is_overview = models.BooleanField("katalogets egen oversigt", default=False)
    is_short = models.BooleanField("kort titel", default=False)

    class Meta:
        ordering = ("proposal_id", "position", "pk")
        verbose_name = "titel et andet sted"
        constraints = (
            models.UniqueConstraint(
                name="titlereading_place_unique",
                fields=("proposal", "place", "is_short"),
            ),
        )

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class Figure(Versioned):
    """A figure in a record: as printed, and as numbers.

    ``low`` and ``high`` are equal for a single figure. ``year`` 0: not given.
    ``is_derived``: counted or reckoned by the editors, not printed in the source.
    ``source`` and ``source_url`` say where it is from, ``topic`` what it is about.
    """

    proposal = models.ForeignKey(
        Proposal,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
    )
    unit = models.ForeignKey(
        CooperationUnit,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
    )
    position = models.PositiveSmallIntegerField()
    printed = models.CharField("tal, som det trykkes", max_length=40)
    low = models.DecimalField(
        "fra", max_digits=14, decimal_places=3, null=True, blank=True
    )
    high = models.DecimalField(
        "til", max_digits=14, decimal_places=3, null=True, blank=True
    )
    qualifier = models.CharField("forbehold", max_length=20, blank=True)
    measure = models.CharField("enhed", max_length=60, blank=True)
    what = models.CharField("hvad", max_length=600)
    year = models.PositiveSmallIntegerField("år", default=0)
    is_derived = models.BooleanField("udledt", default=False)
    source = models.CharField("kilde", max_length=200, blank=True)
    source_url = models.URLField("kildens adresse", max_length=500, blank=True)
    topic = models.CharField(
        "emne", max_length=9, choices=FigureTopic, default=FigureTopic.GENERAL
    )

    class Meta:
        ordering = ("proposal_id", "unit_id", "position", "pk")
        verbose_name = "tal"
        constraints = (
            models.CheckConstraint(name="figure_has_one_record", condition=ONE_RECORD),
            models.CheckConstraint(
                name="figure_topic_known", condition=Q(topic__in=FigureTopic.values)
            ),
            models.CheckConstraint(
                name="figure_low_is_not_above_high",
                condition=Q(low__isnull=True)
                | Q(high__isnull=True)
                | Q(low__lte=models.F("high")),
                violation_error_message="Det laveste tal kan ikke være større end det højeste.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.printed} {self.measure}".strip()

    @property
    def record(self) -> Record:
        """The record it belongs to; needs it loaded."""
        return record_of(self)


@pghistory.track()
class Term(models.Model):
    """A law, scheme, actor, target group or piece of evidence that a record names."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="terms"
    )
    unit = models.ForeignKey(
        CooperationUnit,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="terms",
    )
    kind = models.CharField("art", max_length=12, choices=TermKind)
    position = models.PositiveSmallIntegerField()
    text = models.CharField("navn", max_length=200)

    class Meta:
        ordering = ("kind", "position", "pk")
        verbose_name = "ord"
        constraints = (
            models.CheckConstraint(name="term_has_one_record", condition=ONE_RECORD),
            models.CheckConstraint(
                name="term_kind_known", condition=Q(kind__in=TermKind.values)
            ),
        )

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class CrossReference(Versioned):
    """A proposal that refers to another; ``wording`` is the source's own.

    A reference to itself is kept and flagged, never repaired.

    Source: docs/rules.md R-19.
    """

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="references"
    )
    to = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="referred_from"
    )
    position = models.PositiveSmallIntegerField()
    wording = models.CharField("ordlyd", max_length=600)
    is_explicit = models.BooleanField("nævnt med nummer", default=True)

    class Meta:
        ordering = ("proposal_id", "position", "pk")
        verbose_name = "henvisning"

    def __str__(self) -> str:
        return self.wording

    @property
    def record(self) -> Proposal:
        """The record it belongs to; needs it loaded."""
        return self.proposal

    @property
    def is_to_itself(self) -> bool:
        """The proposal refers to itself."""
        return self.proposal_id == self.to_id


@pghistory.track()
class Dependency(models.Model):
    """A unit that leans on another; ``text`` is the source's wording."""

    unit = models.ForeignKey(
        CooperationUnit, on_delete=models.CASCADE, related_name="dependencies"
    )
    to = models.ForeignKey(
        CooperationUnit, on_delete=models.PROTECT, related_name="depended_on"
    )
    kind = models.CharField("art", max_length=11, choices=DependencyKind)
    text = models.CharField("ordlyd", max_length=600)

    class Meta:
        ordering = ("unit_id", "to__number", "pk")
        verbose_name = "sammenhæng"
        constraints = (
            models.UniqueConstraint(name="dependency_unique", fields=("unit", "to")),
            models.CheckConstraint(
                name="dependency_kind_known",
                condition=Q(kind__in=DependencyKind.values),
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def record(self) -> CooperationUnit:
        """The record it belongs to; needs it loaded."""
        return self.unit
