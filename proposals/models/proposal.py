"""A simplification proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from core.models import Versioned
from proposals.models.catalogue import Catalogue, Theme

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """The questions the portal asks about proposals."""

    def visible_to(self, user: User) -> Self:
        """Proposals in catalogues that the user may see."""
        return self.filter(catalogue__in=Catalogue.objects.visible_to(user))

    def present(self) -> Self:
        """Proposals that have not been removed."""
        return self.filter(number__isnull=False)

    def with_counts(self) -> Self:
        """Annotate ``gains``, ``risks`` and ``attentions``: points of each kind, >= 0."""
        there = Q(points__position__isnull=False)
        return self.annotate(
            gains=Count("points", filter=there & Q(points__kind="gain")),
            risks=Count("points", filter=there & Q(points__kind="risk")),
            attentions=Count("points", filter=there & Q(points__kind="attention")),
        )

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
class Proposal(Versioned):
    """One proposal of a catalogue: an idea with gains, risks and attention points.

    ``title`` is the reading of the body; other readings are ``TitleReading`` rows.
    ``number`` is what is shown and may change; NULL: removed (``removed_number`` is what
    it had). ``key`` never changes.
    """

    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.CASCADE, related_name="proposals"
    )
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="proposals")
    key = models.SlugField("nøgle", max_length=120, editable=False)
    number = models.PositiveSmallIntegerField("nummer", null=True, blank=True)
    removed_number = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False
    )
    title = models.CharField(
        "titel", max_length=250, error_messages={"blank": "Skriv forslagets titel."}
    )
    idea = models.TextField("ideen", blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("catalogue", "number", "pk")
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
                condition=Q(number__isnull=True) | Q(number__gte=1),
            ),
        )

    def __str__(self) -> str:
        return f"forslag {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:proposal", args=[self.number])
