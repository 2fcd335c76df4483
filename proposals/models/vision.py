"""The visions that proposals and units shall serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q

from accounts.models import Council
from core.models import Versioned
from proposals.models.proposal import Proposal
from proposals.models.record import ONE_RECORD, record_of
from proposals.models.unit import CooperationUnit

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership
    from proposals.models.record import Record


class VisionQuerySet(models.QuerySet["Vision"]):
    """The questions the portal asks about visions."""

    def visible_to(self, seat: Membership) -> Self:
        """Visions of the seat's council, if it writes there: all are drafts."""
        own = self.filter(council=seat.council_id)
        return own if seat.may_edit else own.none()


@pghistory.track()
class Vision(Versioned):
    """One vision of the council.

    ``other_title`` is how it reads in another place (``other_place``), kept as found.

    Source: docs/rules.md R-82.
    """

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="visions"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField(
        "titel", max_length=200, error_messages={"blank": "Skriv visionens titel."}
    )
    other_title = models.CharField("titel et andet sted", max_length=200, blank=True)
    other_place = models.CharField("hvor", max_length=120, blank=True)
    proposals = models.ManyToManyField(
        Proposal, through="proposals.VisionLink", related_name="visions"
    )
    units = models.ManyToManyField(
        CooperationUnit, through="proposals.VisionLink", related_name="visions"
    )

    objects = VisionQuerySet.as_manager()

    class Meta:
        ordering = ("council_id", "number", "pk")
        verbose_name = "vision"
        constraints = (
            models.UniqueConstraint(
                name="vision_number_unique",
                fields=("council", "number"),
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="En anden vision har allerede nummeret.",
            ),
            models.UniqueConstraint(
                name="vision_key_unique", fields=("council", "key")
            ),
            models.CheckConstraint(
                name="vision_counts_from_one", condition=Q(number__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"vision {self.number}"


@pghistory.track()
class VisionLink(models.Model):
    """A proposal or a unit that serves a vision; ``basis`` says where that stands.

    ``is_inferred``: the editors say it, no source does.
    """

    vision = models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="links")
    proposal = models.ForeignKey(
        Proposal,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="vision_links",
    )
    unit = models.ForeignKey(
        CooperationUnit,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="vision_links",
    )
    basis = models.CharField("hvor det står", max_length=200, blank=True)
    is_inferred = models.BooleanField("udledt", default=True)

    class Meta:
        ordering = ("vision__number", "proposal__number", "unit__number", "pk")
        verbose_name = "visionens forslag eller enhed"
        constraints = (
            models.CheckConstraint(
                name="visionlink_has_one_record", condition=ONE_RECORD
            ),
            models.UniqueConstraint(
                name="visionlink_proposal_once", fields=("vision", "proposal")
            ),
            models.UniqueConstraint(
                name="visionlink_unit_once", fields=("vision", "unit")
            ),
        )

    def __str__(self) -> str:
        return self.basis

    @property
    def record(self) -> Record:
        """The record it belongs to; needs it loaded."""
        return record_of(self)
