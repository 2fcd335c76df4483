"""A catalogue and what its records share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pghistory
from django.db import models
from django.db.models import Q

from accounts.models import Council
from core.models import Versioned
from proposals.choices import CatalogueKind

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership


class CatalogueQuerySet(models.QuerySet["Catalogue"]):
    """The questions the portal asks about catalogues."""

    def visible_to(self, seat: Membership) -> Self:
        """Catalogues of the seat's council, if it writes there: all are drafts."""
        own = self.filter(council=seat.council_id)
        return own if seat.may_edit else own.none()


@pghistory.track()
class Catalogue(Versioned):
    """A collection of records that is printed as one document."""

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="catalogues"
    )
    kind = models.CharField("art", max_length=14, choices=CatalogueKind)
    key = models.SlugField("nøgle", max_length=80, editable=False)
    title = models.CharField("titel", max_length=120)
    author = models.CharField("afsender", max_length=200, blank=True)
    own_name = models.CharField("dokumentets eget navn", max_length=200, blank=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        ordering = ("council_id", "kind", "pk")
        verbose_name = "katalog"
        constraints = (
            models.UniqueConstraint(
                name="catalogue_key_unique", fields=("council", "key")
            ),
            models.CheckConstraint(
                name="catalogue_kind_known", condition=Q(kind__in=CatalogueKind.values)
            ),
        )

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Theme(Versioned):
    """A chapter of a catalogue of proposals."""

    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.CASCADE, related_name="themes"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("titel", max_length=120)

    class Meta:
        ordering = ("catalogue_id", "number", "pk")
        verbose_name = "tema"
        constraints = (
            models.UniqueConstraint(
                name="theme_number_unique",
                fields=("catalogue", "number"),
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Et andet tema har allerede nummeret.",
            ),
            models.UniqueConstraint(
                name="theme_key_unique", fields=("catalogue", "key")
            ),
            models.CheckConstraint(
                name="theme_counts_from_one", condition=Q(number__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


@pghistory.track()
class Illustration(Versioned):
    """A page that belongs to several proposals; its graphic may be missing.

    ``ideas`` is a list of strings. ``numbers`` of the proposals come from ``belongs_to``.
    """

    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.CASCADE, related_name="illustrations"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    title = models.CharField("titel", max_length=200)
    ideas: Any = models.JSONField("grundtanker", default=list)
    caption = models.CharField("billedtekst", max_length=200, blank=True)
    belongs_to = models.ManyToManyField(
        "proposals.Proposal", related_name="illustrations"
    )

    class Meta:
        ordering = ("catalogue_id", "pk")
        verbose_name = "illustration"
        constraints = (
            models.UniqueConstraint(
                name="illustration_key_unique", fields=("catalogue", "key")
            ),
        )

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class SharedPoint(Versioned):
    """An attention point that recurs in the units of a catalogue; its stem is held once.

    A unit's own point refers to it and adds its ending.
    """

    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.CASCADE, related_name="shared_points"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    name = models.CharField("navn", max_length=80)
    stem = models.CharField("fælles begyndelse", max_length=900)

    class Meta:
        ordering = ("catalogue_id", "pk")
        verbose_name = "fælles opmærksomhedspunkt"
        constraints = (
            models.UniqueConstraint(
                name="sharedpoint_key_unique", fields=("catalogue", "key")
            ),
        )

    def __str__(self) -> str:
        return self.name
