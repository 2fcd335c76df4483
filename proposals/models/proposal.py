"""A simplification proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject

from proposals.choices import CatalogueKind
from proposals.models.bounds import KEPT, bounded_body
from proposals.models.catalogue import Catalogue, Theme
from proposals.models.record import Record, RecordQuerySet

if TYPE_CHECKING:
    from typing import Self


def _points(kind: str) -> Coalesce:
    """How many points of a kind a proposal has."""
    rows = apps.get_model("proposals", "Point").objects.order_by()
    own = rows.filter(proposal=OuterRef("pk"), kind=kind, position__isnull=False)
    count = own.values("proposal").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)


class ProposalQuerySet(RecordQuerySet["Proposal"]):
    """The questions the portal asks about proposals."""

    def with_counts(self) -> Self:
        """Annotate ``gains``, ``risks`` and ``attentions``: points of each kind, >= 0.

        Each is a question of its own: a join with the points would have everything else
        that is annotated worked out once a point.
        """
        return self.annotate(
            gains=_points("gain"),
            risks=_points("risk"),
            attentions=_points("attention"),
        )

    def with_status(self) -> Self:
        """Annotate ``json_step``: the newest step as a mapping, or None; one subquery.

        ``proposals.trail.standing_of`` reads it. Of one status alone:
        ``.with_status().filter(json_step__status="law")``.

        Source: docs/rules.md R-84.
        """
        steps = apps.get_model("proposals", "Step").objects
        own = steps.filter(proposal=OuterRef("pk")).newest_first()
        names = ("pk", "version", "status", "taken_on", "stands_on")
        shown = JSONObject(**{name: name for name in names})
        return self.annotate(json_step=Subquery(own.values(json=shown)[:1]))

    def for_list(self) -> Self:
        """All that a list row shows; any other fetch raises."""
        return (
            self.present()
            .select_related("theme", "catalogue")
            .with_counts()
            .order_by("number", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )


@pghistory.track()
class Proposal(Record):
    """One proposal of a catalogue: an idea with gains, risks and attention points.

    ``title`` is the reading of the body; other readings are ``TitleReading`` rows.
    """

    word = "forslag"
    owner = "proposal"
    catalogue_kind = CatalogueKind.SIMPLIFICATION

    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.CASCADE, related_name="proposals"
    )
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(
        "titel", max_length=250, error_messages={"blank": "Skriv forslagets titel."}
    )
    short_title = models.CharField("kort titel", max_length=80, blank=True)
    idea = models.TextField(
        "ideen", max_length=KEPT, blank=True, validators=[bounded_body]
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("catalogue_id", "number", "pk")
        verbose_name = "forslag"
        constraints = (
            models.UniqueConstraint(
                name="proposal_number_unique",
                fields=("catalogue", "number"),
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Et andet forslag har allerede nummeret.",
            ),
            models.UniqueConstraint(
                name="proposal_key_unique", fields=("catalogue", "key")
            ),
            models.CheckConstraint(
                name="proposal_counts_from_one",
                condition=models.Q(number__isnull=True) | models.Q(number__gte=1),
            ),
        )
