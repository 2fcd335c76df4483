"""A source's own table of an old and a new key, kept figure by figure as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import F, Q

from accounts.choices import Role
from accounts.models import Municipality
from core.models import Versioned
from dimensioning.models.key import DistributionKey

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership


class ComparisonQuerySet(models.QuerySet["KeyComparison"]):
    """The questions the portal asks about comparisons."""

    def visible_to(self, seat: Membership) -> Self:
        """Comparisons of the seat's council: to its secretariat and its directors.

        Source: docs/rules.md R-153.
        """
        own = self.filter(old__programme__council=seat.council_id)
        return own if seat.may_edit or seat.role == Role.DIRECTOR else own.none()


@pghistory.track()
class KeyComparison(Versioned):
    """Two keys beside each other, as a source prints them; nothing in it is put right.

    ``total`` is the places both share. ``places_of`` says which places they are.

    Source: docs/rules.md R-160.
    """

    old = models.ForeignKey(
        DistributionKey, on_delete=models.PROTECT, related_name="compared_as_old"
    )
    new = models.ForeignKey(
        DistributionKey, on_delete=models.PROTECT, related_name="compared_as_new"
    )
    recomputed = models.ForeignKey(
        DistributionKey,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recomputes",
        verbose_name="efterregnet",
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    title = models.CharField("titel", max_length=160)
    subtitle = models.CharField("under titlen", max_length=200, blank=True)
    total = models.DecimalField("pladser", max_digits=12, decimal_places=4)
    places_of = models.CharField("hvilke pladser", max_length=400, blank=True)
    source = models.CharField("kilde", max_length=200)
    source_note = models.CharField("om kilden", max_length=400, blank=True)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ("old_id", "pk")
        verbose_name = "sammenligning af nøgler"
        constraints = (
            models.UniqueConstraint(
                name="keycomparison_key_unique", fields=("new", "key")
            ),
            models.CheckConstraint(
                name="keycomparison_of_two", condition=~Q(old=F("new"))
            ),
        )

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class ComparedRow(Versioned):
    """One printed row: a municipality's, or the totals' row where ``municipality`` is empty.

    Shares in per cent, differences of shares in per cent points. Empty: not printed.
    ``missing`` says that the source leaves the municipality out.
    """

    comparison = models.ForeignKey(
        KeyComparison, on_delete=models.CASCADE, related_name="rows"
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="compared_rows",
    )
    position = models.PositiveSmallIntegerField("plads")
    share_old = models.DecimalField(
        "nøgle nu, pct.", max_digits=9, decimal_places=4, null=True, blank=True
    )
    share_new = models.DecimalField(
        "ny nøgle, pct.", max_digits=9, decimal_places=4, null=True, blank=True
    )
    share_difference = models.DecimalField(
        "forskel, pct.-point", max_digits=9, decimal_places=4, null=True, blank=True
    )
    places_old = models.DecimalField(
        "pladser nu", max_digits=12, decimal_places=4, null=True, blank=True
    )
    places_new = models.DecimalField(
        "nye pladser", max_digits=12, decimal_places=4, null=True, blank=True
    )
    places_difference = models.DecimalField(
        "forskel, pladser", max_digits=12, decimal_places=4, null=True, blank=True
    )
    missing = models.CharField("hvorfor ingen tal", max_length=200, blank=True)

    class Meta:
        ordering = ("comparison_id", "position", "pk")
        verbose_name = "række i sammenligningen"
        constraints = (
            models.UniqueConstraint(
                name="comparedrow_one_a_municipality",
                fields=("comparison", "municipality"),
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return str(self.municipality) if self.municipality_id else "i alt"
