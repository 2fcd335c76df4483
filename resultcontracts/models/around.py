"""What stands beside a measure: other houses, totals to share, the municipalities."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accounts.models import Municipality
from core.models import Versioned
from resultcontracts.choices import Qualifier
from resultcontracts.models.measure import DIGITS, PLACES, Measure


@pghistory.track()
class Benchmark(Versioned):
    """A number to compare with: another house, the country.

    ``is_derived``: read out of a difference ("4 over de øvrige"), and said so.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="benchmarks"
    )
    name = models.CharField("hvem", max_length=80)
    value = models.DecimalField("tal", max_digits=DIGITS, decimal_places=PLACES)
    period_name = models.CharField("gælder for", max_length=60, blank=True)
    is_derived = models.BooleanField("afledt", default=False)
    note = models.CharField("grundlag", max_length=200, blank=True)

    class Meta:
        ordering = ("measure_id", "pk")
        verbose_name = "sammenligningstal"
        constraints = (
            models.CheckConstraint(name="benchmark_is_named", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class SharedTotal(Versioned):
    """A total of which each municipality has a part by its population.

    Source: docs/rules.md R-122.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="totals"
    )
    position = models.PositiveSmallIntegerField("plads")
    name = models.CharField("hvad der deles", max_length=80)
    total = models.PositiveIntegerField("i alt")
    source = models.CharField("kilde", max_length=200, blank=True)

    class Meta:
        ordering = ("measure_id", "position", "pk")
        verbose_name = "tal at dele"
        constraints = (
            models.CheckConstraint(name="sharedtotal_is_named", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class MunicipalResult(Versioned):
    """What a measure's result is in one municipality, in ``unit``.

    What is counted may be something else than what the measure counts.

    Source: docs/rules.md R-122.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="municipal_results"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="municipal_results"
    )
    value = models.DecimalField("tal", max_digits=DIGITS, decimal_places=PLACES)
    qualifier = models.CharField(
        "ord foran", max_length=9, choices=Qualifier, blank=True, default=Qualifier.NONE
    )
    unit = models.CharField("enhed", max_length=60, blank=True)
    period_name = models.CharField("gælder for", max_length=60, blank=True)
    source = models.CharField("kilde", max_length=200, blank=True)
    note = models.CharField("hvad kilden siger", max_length=300, blank=True)

    class Meta:
        ordering = ("measure_id", "municipality_id", "pk")
        verbose_name = "kommunens tal"
        constraints = (
            models.UniqueConstraint(
                name="municipalresult_unique",
                fields=("measure", "municipality", "period_name"),
                violation_error_message="Kommunen har allerede et tal for den tid.",
            ),
        )

    def __str__(self) -> str:
        return str(self.municipality)


@pghistory.track()
class LocalAgreement(Versioned):
    """A municipality's own agreement with the house, with its budget.

    ``told`` is what the status text says of it; ``evaluation`` is empty where none is
    filled in.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="local_agreements"
    )
    house = models.ForeignKey(
        "accounts.Organisation",
        on_delete=models.PROTECT,
        related_name="local_agreements",
        verbose_name="part",
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    title = models.CharField("titel", max_length=120)
    period_name = models.CharField("løber", max_length=80)
    ends_on = models.DateField("slutter", null=True, blank=True)
    amount = models.DecimalField(
        "beløb i alt, kr.",
        max_digits=DIGITS,
        decimal_places=2,
        null=True,
        blank=True,
    )
    spent_name = models.CharField("forbrug i", max_length=80, blank=True)
    part_of_year = models.DecimalField(
        "del af året, pct.", max_digits=5, decimal_places=1, null=True, blank=True
    )
    source = models.CharField("kilde", max_length=200, blank=True)
    told = models.CharField("hvad teksten siger", max_length=600, blank=True)
    extended = models.CharField("forlænget", max_length=120, blank=True)
    evaluation = models.CharField("evaluering", max_length=300, blank=True)

    class Meta:
        ordering = ("municipality_id", "pk")
        verbose_name = "lokal aftale"
        constraints = (
            models.UniqueConstraint(
                name="localagreement_key_unique", fields=("municipality", "key")
            ),
        )

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class BudgetLine(Versioned):
    """One line of a local agreement's budget, in kroner; ``spent`` empty: not told."""

    agreement = models.ForeignKey(
        LocalAgreement, on_delete=models.CASCADE, related_name="lines"
    )
    position = models.PositiveSmallIntegerField("plads")
    name = models.CharField("post", max_length=80)
    budget = models.DecimalField(
        "budget, kr.", max_digits=DIGITS, decimal_places=2, null=True, blank=True
    )
    spent = models.DecimalField(
        "brugt, kr.", max_digits=DIGITS, decimal_places=2, null=True, blank=True
    )
    is_total = models.BooleanField("i alt", default=False)

    class Meta:
        ordering = ("agreement_id", "position", "pk")
        verbose_name = "budgetpost"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """One post alone is the sum of the others.

        Raises:
            ValidationError: another is already.
        """
        others = BudgetLine.objects.filter(agreement=self.agreement_id, is_total=True)
        if self.is_total and others.exclude(pk=self.pk).exists():
            message = "Aftalen har allerede en post, der er i alt. Ret den først."
            raise ValidationError({"is_total": message})
