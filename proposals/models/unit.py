"""A co-operation unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from accounts.models import Municipality
from proposals.choices import CatalogueKind, Scope
from proposals.models.bounds import KEPT, bounded_body
from proposals.models.catalogue import Catalogue
from proposals.models.record import Record, RecordQuerySet

if TYPE_CHECKING:
    from typing import Self


class CooperationUnitQuerySet(RecordQuerySet["CooperationUnit"]):
    """The questions the portal asks about units."""

    def for_list(self) -> Self:
        """All that a list row shows of a unit itself; any other fetch raises."""
        rows = self.present().order_by("number", "pk")
        return rows.fetch_mode(models.FETCH_RAISE)

    def with_reach(self) -> Self:
        """Annotate ``municipalities``: how many the council has, for ``reach``."""
        council = models.OuterRef("catalogue__council")
        own = Municipality.objects.filter(council=council).order_by().values("council")
        count = own.annotate(count=models.Count("pk")).values("count")
        return self.annotate(municipalities=Coalesce(models.Subquery(count), 0))


@pghistory.track()
class CooperationUnit(Record):
    """A task that municipalities could solve together ("samdrift").

    ``least`` and ``most`` are municipalities in one unit; NULL: the source names none.
    ``groups_of``: the unit whose groups of municipalities are this one's, too.
    """

    word = "samdrift"
    owner = "unit"
    catalogue_kind = CatalogueKind.COOPERATION

    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.CASCADE, related_name="units"
    )
    title = models.CharField(
        "titel", max_length=200, error_messages={"blank": "Skriv enhedens titel."}
    )
    summary = models.TextField(
        "hvad handler forslaget om?",
        max_length=KEPT,
        blank=True,
        validators=[bounded_body],
    )
    scope = models.CharField("omfang", max_length=7, choices=Scope)
    scope_text = models.CharField("omfang med ord", max_length=900, blank=True)
    criterion = models.CharField("kriterium", max_length=900, blank=True)
    least = models.PositiveSmallIntegerField("mindst", null=True, blank=True)
    most = models.PositiveSmallIntegerField("højst", null=True, blank=True)
    stays = models.CharField("bliver i kommunen", max_length=900, blank=True)
    moves_from = models.CharField("flyttes fra", max_length=900, blank=True)
    tasks_intro = models.CharField("opgavernes indledning", max_length=900, blank=True)
    other_title = models.CharField("titel i hovedrapporten", max_length=200, blank=True)
    groups_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sharing_groups",
        verbose_name="bruger samme grupper som",
    )

    objects = CooperationUnitQuerySet.as_manager()

    class Meta:
        ordering = ("catalogue_id", "number", "pk")
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
            models.CheckConstraint(
                name="unit_has_not_its_own_groups_from_itself",
                condition=Q(groups_of__isnull=True) | ~Q(groups_of=models.F("pk")),
            ),
        )

    def clean(self) -> None:
        """Refuse groups of its own beside another's, and another's that are a third's."""
        if self.groups_of_id is None:
            return
        if self.clusters.exists():
            raise ValidationError(
                {"groups_of": "Enheden har sine egne grupper. Slet dem først."}
            )
        if self.sharing_groups.exists():
            raise ValidationError(
                {"groups_of": "En anden enhed bruger denne enheds grupper."}
            )
        if CooperationUnit.objects.filter(
            pk=self.groups_of_id, groups_of__isnull=False
        ).exists():
            raise ValidationError(
                {"groups_of": "Den enhed bruger selv en andens grupper."}
            )

    @property
    def reach(self) -> str:
        """For whom it is, "Alle 17 kommuner"; the number needs ``with_reach``."""
        return Scope(self.scope).reach(getattr(self, "municipalities", 0))
