"""Ordered points of proposals and units."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q

from core.models import Versioned
from proposals.choices import PointKind
from proposals.models.catalogue import SharedPoint
from proposals.models.proposal import Proposal
from proposals.models.record import ONE_RECORD, record_of
from proposals.models.unit import CooperationUnit

if TYPE_CHECKING:
    from typing import Self

    from proposals.models.record import Record


class PointQuerySet(models.QuerySet["Point"]):
    """The questions the portal asks about points."""

    def present(self) -> Self:
        """Points that have not been removed, with the shared stem they may lean on."""
        return self.filter(position__isnull=False).select_related("shared")


@pghistory.track()
class Point(Versioned):
    """One numbered sentence about a proposal or a unit.

    ``position`` counts from 1 without gaps within the record and the kind; NULL means
    removed, and ``removed_position`` is where it stood. A point with ``shared`` prints
    the shared stem and then ``text``, its ending; with ``has_own_wording`` it prints only
    ``text`` and still belongs to the shared point.

    Source: docs/rules.md R-20.
    """

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="points"
    )
    unit = models.ForeignKey(
        CooperationUnit,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="points",
    )
    kind = models.CharField("art", max_length=9, choices=PointKind)
    key = models.SlugField("nøgle", max_length=80, editable=False)
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    removed_position = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False
    )
    text = models.CharField("tekst", max_length=1500, blank=True)
    beneficiary = models.CharField("modtager", max_length=80, blank=True)
    shared = models.ForeignKey(
        SharedPoint,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="points",
    )
    has_own_wording = models.BooleanField("egen ordlyd", default=False)

    objects = PointQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "position", "pk")
        verbose_name = "punkt"
        constraints = (
            models.UniqueConstraint(
                name="point_position_unique_in_proposal",
                fields=("proposal", "kind", "position"),
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                name="point_position_unique_in_unit",
                fields=("unit", "kind", "position"),
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="point_has_one_record",
                condition=ONE_RECORD,
            ),
            models.CheckConstraint(
                name="point_kind_known", condition=Q(kind__in=PointKind.values)
            ),
            models.CheckConstraint(
                name="point_stands_or_is_removed",
                condition=Q(position__isnull=True) ^ Q(removed_position__isnull=True),
            ),
            models.CheckConstraint(
                name="point_says_something",
                condition=~Q(text="") | Q(shared__isnull=False),
                violation_error_message="Skriv punktet, eller slet det.",
            ),
        )

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The whole sentence as it is printed; needs ``shared`` loaded."""
        if self.shared is None or self.has_own_wording:
            return self.text
        return f"{self.shared.stem} {self.text}".strip()

    @property
    def record(self) -> Record:
        """The record it belongs to; needs it loaded."""
        return record_of(self)
