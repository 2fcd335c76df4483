"""What was measured, and what a person judged."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core import clock
from core.models import Versioned
from resultcontracts.choices import MeasurementState, Missing, Qualifier, Status
from resultcontracts.models.measure import DIGITS, PLACES, Measure
from resultcontracts.typed import problems


@pghistory.track()
class Measurement(Versioned):
    """A result of one time, or the reason why there is none; it counts once approved.

    ``low`` and ``high`` are equal for one number; a share may be given as ``counted`` of
    ``asked``, and then the two are that. A correction is a row of its own that
    ``corrects`` another, which stays. ``entered_through`` says by which link, if by one.
    ``definition`` rises by one where the question was changed; ``definition_text`` is the
    question then. ``is_derived``: read out of another number ("2 over 2020"), and said.
    ``period_end`` empty: the date is not told. ``shown_before`` tells of meetings that
    saw it before the portal did. ``asked_in`` is the round of calls that it answers;
    ``expected`` is when a missing one is to come, in the reporter's words.

    Source: docs/rules.md R-113, R-115, R-121.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="measurements"
    )
    low = models.DecimalField(
        "resultat", max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    high = models.DecimalField(
        "til", max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    counted = models.PositiveIntegerField("svarede ja", null=True, blank=True)
    asked = models.PositiveIntegerField("spurgte", null=True, blank=True)
    qualifier = models.CharField(
        "ord foran", max_length=9, choices=Qualifier, blank=True, default=Qualifier.NONE
    )
    printed = models.CharField("trykt som", max_length=30, blank=True)
    missing = models.CharField(
        "hvorfor intet tal", max_length=18, choices=Missing, blank=True
    )
    told = models.TextField("fortalt", max_length=2_000, blank=True)
    expected = models.CharField("ventes", max_length=80, blank=True)
    period_name = models.CharField("gælder for", max_length=60, blank=True)
    period_end = models.DateField("til og med", null=True, blank=True)
    period_is_year = models.BooleanField("et helt år", default=True)
    definition = models.PositiveSmallIntegerField("definition", default=1)
    definition_text = models.CharField("hvad der tælles", max_length=200, blank=True)
    is_derived = models.BooleanField("afledt", default=False)
    derived_from = models.CharField("afledt af", max_length=200, blank=True)
    is_proxy = models.BooleanField("tæller noget andet end aftalt", default=False)
    source = models.CharField("kilde", max_length=200, blank=True)
    shown_before = models.CharField("vist på møder før", max_length=300, blank=True)
    state = models.CharField(
        "tilstand",
        max_length=9,
        choices=MeasurementState,
        default=MeasurementState.DRAFT,
    )
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name="retter",
    )
    entered_at = models.DateTimeField("indtastet", default=clock.now)
    entered_by = models.CharField("indtastet af", max_length=150)
    entered_through = models.CharField("gennem", max_length=200, blank=True)
    submitted_at = models.DateTimeField("indsendt", null=True, blank=True)
    approved_at = models.DateTimeField("godkendt", null=True, blank=True)
    approved_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_measurements",
        verbose_name="godkendt af",
    )
    returned_reason = models.CharField("hvorfor retur", max_length=400, blank=True)
    reopened_reason = models.CharField(
        "hvorfor godkendelsen er fortrudt", max_length=400, blank=True
    )
    asked_in = models.ForeignKey(
        "resultcontracts.Round",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="measurements",
        verbose_name="spurgt om i",
    )

    class Meta:
        ordering = ("measure_id", F("period_end").asc(nulls_first=True), "pk")
        verbose_name = "måling"
        constraints = (
            models.CheckConstraint(
                name="measurement_result_or_reason",
                condition=(
                    Q(missing="")
                    & (Q(low__isnull=False) | Q(asked__isnull=False, asked__gt=0))
                    | ~Q(missing="") & Q(low=None, counted=None)
                    | Q(state=MeasurementState.DRAFT)
                ),
                violation_error_message="Skriv et tal, eller hvorfor der ikke er et.",
            ),
            models.CheckConstraint(
                name="measurement_rises",
                condition=Q(low=None, high=None)
                | Q(low__isnull=False, high__isnull=False, low__lte=F("high")),
                violation_error_message="Det første tal skal være det mindste.",
            ),
            models.CheckConstraint(
                name="measurement_counts_no_more_than_asked",
                condition=Q(counted=None)
                | Q(asked__isnull=False, counted__lte=F("asked")),
                violation_error_message="Svarede ja er større end spurgte virksomheder.",
            ),
            models.CheckConstraint(
                name="measurement_approved_by_somebody",
                condition=Q(state=MeasurementState.APPROVED)
                & Q(approved_at__isnull=False, approved_by__isnull=False)
                | ~Q(state=MeasurementState.APPROVED)
                & Q(approved_at=None, approved_by=None),
            ),
            models.CheckConstraint(
                name="measurement_returned_for_a_reason",
                condition=~Q(state=MeasurementState.RETURNED) | ~Q(returned_reason=""),
                violation_error_message="Skriv, hvorfor tallet sendes retur.",
            ),
        )

    def __str__(self) -> str:
        return self.period_name or "måling"

    def clean(self) -> None:
        """Refuse a number that cannot be what the measure counts.

        Raises:
            ValidationError: beside its field.
        """
        found = problems(self.measure.kind, self.low, self.counted, self.asked)
        if found:
            raise ValidationError({name: [text] for name, text in found.items()})

    @property
    def counts(self) -> bool:
        """It is approved, and so stands in the goal's status."""
        return self.state == MeasurementState.APPROVED


@pghistory.track()
class Verdict(Versioned):
    """What a person decided of a measure that no number tells, and why.

    ``given_on`` is the day from which it holds, ``decided_by`` who decided.

    Source: docs/rules.md R-115.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="verdicts"
    )
    status = models.CharField("status", max_length=11, choices=Status)
    is_under_way = models.BooleanField("i gang", default=False)
    is_assessable = models.BooleanField("kan bedømmes", default=True)
    reason = models.CharField("hvorfor", max_length=400)
    given_on = models.DateField("dato")
    decided_by = models.CharField("afgjort af", max_length=150, blank=True)

    class Meta:
        ordering = ("measure_id", "given_on", "pk")
        verbose_name = "vurdering"
        constraints = (
            models.CheckConstraint(
                name="verdict_status_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="verdict_for_a_reason",
                condition=~Q(reason=""),
                violation_error_message="Skriv, hvad vurderingen bygger på.",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_status_display())
