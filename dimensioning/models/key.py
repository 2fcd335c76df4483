"""Distribution keys: what they weigh, with which figures, and from when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.choices import Role
from accounts.models import Council, Municipality
from core.models import Versioned
from dimensioning.models.programme import Programme
from meetings.models import Meeting

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership

DIGITS, PLACES = 20, 6
"""Of a figure about a municipality; what a source prints with more is not known."""


@pghistory.track()
class Dataset(Versioned):
    """One figure about each municipality on one day: its inhabitants, its children.

    ``counted_on`` is the day the figures hold for; ``unit`` names what is counted, as it
    stands after a number ("indbyggere"). ``total`` is told where some municipalities'
    figures are not known, but their sum with the others is.
    """

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="datasets"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    name = models.CharField("navn", max_length=120)
    unit = models.CharField("enhed", max_length=60)
    counted_on = models.DateField("pr.", null=True, blank=True)
    counted_for = models.CharField("gælder for", max_length=60, blank=True)
    total = models.DecimalField(
        "i alt, også de ukendte",
        max_digits=DIGITS,
        decimal_places=PLACES,
        null=True,
        blank=True,
    )
    source = models.CharField("kilde", max_length=200, blank=True)

    class Meta:
        ordering = ("council_id", "pk")
        verbose_name = "tal om kommunerne"
        constraints = (
            models.UniqueConstraint(
                name="dataset_key_unique", fields=("council", "key")
            ),
            models.CheckConstraint(name="dataset_is_named", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class DatasetValue(Versioned):
    """One municipality's figure; a municipality without a row is not known, never 0."""

    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="values"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="dataset_values"
    )
    value = models.DecimalField(
        "tal",
        max_digits=DIGITS,
        decimal_places=PLACES,
        validators=[MinValueValidator(0, "Skriv et tal, der ikke er negativt.")],
    )

    class Meta:
        ordering = ("dataset_id", "municipality_id", "pk")
        verbose_name = "tal om en kommune"
        constraints = (
            models.UniqueConstraint(
                name="datasetvalue_one_a_municipality",
                fields=("dataset", "municipality"),
            ),
            models.CheckConstraint(
                name="datasetvalue_not_negative", condition=Q(value__gte=0)
            ),
        )

    def __str__(self) -> str:
        return str(self.value)


class KeyQuerySet(models.QuerySet["DistributionKey"]):
    """The questions the portal asks about keys."""

    def visible_to(self, seat: Membership) -> Self:
        """Keys of the seat's council: to its secretariat and its directors.

        Source: docs/rules.md R-153.
        """
        own = self.filter(programme__council=seat.council_id)
        return own if seat.may_edit or seat.role == Role.DIRECTOR else own.none()


@pghistory.track()
class DistributionKey(Versioned):
    """One version of the key that practice places are shared by.

    A change of criteria, weights or figures is a new version that ``replaces`` the old.
    A key without criteria is one whose source prints shares but not what they rest on;
    its shares are then ``PrintedShare`` rows. ``is_derived``: worked out afterwards, in
    no source.

    Source: docs/rules.md R-159.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="keys"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    name = models.CharField("navn", max_length=120)
    valid_from = models.DateField("gælder fra", null=True, blank=True)
    decided_in = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="distribution_keys",
        verbose_name="besluttet på",
    )
    decided_by = models.CharField("besluttet af", max_length=200, blank=True)
    source = models.CharField("kilde", max_length=200, blank=True)
    note = models.CharField("bemærkning", max_length=400, blank=True)
    is_derived = models.BooleanField("udledt, ikke i kilden", default=False)
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="afløser",
    )

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ("programme_id", "pk")
        verbose_name = "fordelingsnøgle"
        constraints = (
            models.UniqueConstraint(
                name="distributionkey_key_unique", fields=("programme", "key")
            ),
            models.CheckConstraint(
                name="distributionkey_is_named", condition=~Q(name="")
            ),
            models.CheckConstraint(
                name="distributionkey_replaces_another",
                condition=Q(replaces=None) | ~Q(replaces=F("id")),
            ),
        )

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Criterion(Versioned):
    """What a key weighs: a figure about each municipality, and its weight.

    Weights need not add up to anything: a part is its weight over their sum.
    """

    distribution = models.ForeignKey(
        DistributionKey, on_delete=models.CASCADE, related_name="criteria"
    )
    position = models.PositiveSmallIntegerField("plads")
    name = models.CharField("kriterium", max_length=120)
    weight = models.DecimalField(
        "vægt",
        max_digits=12,
        decimal_places=6,
        validators=[MinValueValidator(0, "Skriv en vægt, der ikke er negativ.")],
    )
    dataset = models.ForeignKey(
        Dataset, on_delete=models.PROTECT, related_name="criteria", verbose_name="tal"
    )

    class Meta:
        ordering = ("distribution_id", "position", "pk")
        verbose_name = "kriterium"
        constraints = (
            models.UniqueConstraint(
                name="criterion_position_unique",
                fields=("distribution", "position"),
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="criterion_weight_not_negative", condition=Q(weight__gte=0)
            ),
            models.CheckConstraint(name="criterion_is_named", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name
