"""A co-operation unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from core.models import Versioned
from proposals.choices import Scope
from proposals.models.catalogue import Catalogue

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class CooperationUnitQuerySet(models.QuerySet["CooperationUnit"]):
    """The questions the portal asks about units."""

    def visible_to(self, user: User) -> Self:
        """Units in catalogues that the user may see."""
        return self.filter(catalogue__in=Catalogue.objects.visible_to(user))

    def present(self) -> Self:
        """Units that have not been removed."""
        return self.filter(number__isnull=False)

    def for_list(self) -> Self:
        """All that a list row shows; any other fetch raises.

        Annotates ``tasks``, ``gains``, ``attentions`` and ``own_attentions`` (those that
        no shared point holds), each >= 0.
        """
        there = Q(points__position__isnull=False)
        attention = there & Q(points__kind="attention")
        own = attention & Q(points__shared__isnull=True)
        return (
            self.present()
            .annotate(
                tasks=Count("points", filter=there & Q(points__kind="task")),
                gains=Count("points", filter=there & Q(points__kind="gain")),
                attentions=Count("points", filter=attention),
                own_attentions=Count("points", filter=own),
            )
            .select_related("catalogue")
            .order_by("number", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )


@pghistory.track()
class CooperationUnit(Versioned):
    """A task that municipalities could solve together ("samdrift").

    ``least`` and ``most`` are municipalities in one unit; NULL: the source names none.
    """

    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.CASCADE, related_name="units"
    )
    key = models.SlugField("nøgle", max_length=120, editable=False)
    number = models.PositiveSmallIntegerField("nummer", null=True, blank=True)
    removed_number = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False
    )
    title = models.CharField(
        "titel", max_length=200, error_messages={"blank": "Skriv enhedens titel."}
    )
    summary = models.TextField("hvad handler forslaget om?", blank=True)
    scope = models.CharField("omfang", max_length=7, choices=Scope)
    scope_text = models.CharField("omfang med ord", max_length=200, blank=True)
    criterion = models.CharField("kriterium", max_length=200, blank=True)
    least = models.PositiveSmallIntegerField("mindst", null=True, blank=True)
    most = models.PositiveSmallIntegerField("højst", null=True, blank=True)
    stays = models.CharField("bliver i kommunen", max_length=300, blank=True)
    moves_from = models.CharField("flyttes fra", max_length=200, blank=True)
    tasks_intro = models.CharField("opgavernes indledning", max_length=200, blank=True)
    other_title = models.CharField("titel i hovedrapporten", max_length=200, blank=True)

    objects = CooperationUnitQuerySet.as_manager()

    class Meta:
        ordering = ("catalogue", "number", "pk")
        verbose_name = "samdriftsenhed"
        constraints = (
            models.UniqueConstraint(
                name="unit_number_unique",
                fields=("catalogue", "number"),
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="En anden enhed har allerede nummeret.",
            ),
            models.UniqueConstraint(
                name="unit_key_unique", fields=("catalogue", "key")
            ),
            models.CheckConstraint(
                name="unit_scope_known", condition=Q(scope__in=Scope.values)
            ),
            models.CheckConstraint(
                name="unit_least_is_not_above_most",
                condition=Q(least__isnull=True)
                | Q(most__isnull=True)
                | Q(least__lte=models.F("most")),
                violation_error_message="Mindst kan ikke være større end højst.",
            ),
        )

    def __str__(self) -> str:
        return f"samdrift {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:unit", args=[self.number])
