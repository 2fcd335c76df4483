"""One way to share a round's places, and what people decided where no rule can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.choices import Role
from core import clock
from core.models import Versioned
from dimensioning.choices import Method, ScenarioKind
from dimensioning.models.key import DistributionKey
from dimensioning.models.round import MOST_PLACES, Round
from meetings.models import Meeting

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership

_MOST = MaxValueValidator(MOST_PLACES, "Skriv højst 100.000 pladser.")
_KEY = 120
"""The length of a receiver's key: "municipality:329"."""


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    """The questions the portal asks about scenarios."""

    def visible_to(self, seat: Membership) -> Self:
        """Scenarios of the seat's council: all to its secretariat, shown ones to directors.

        Source: docs/rules.md R-153.
        """
        own = self.filter(round__programme__council=seat.council_id)
        if seat.may_edit:
            return own
        return own.filter(is_shown=True) if seat.role == Role.DIRECTOR else own.none()


@pghistory.track()
class Scenario(Versioned):
    """Which places are shared among whom, by which shares, within which bounds.

    Municipalities share by ``distribution``; specialisations and institutions by the
    shares of their ``receivers``. ``minimum`` and ``maximum`` hold for every receiver
    that has none of its own. ``is_shown``: the directors see it.

    Source: docs/rules.md R-156.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="scenarios")
    letter = models.CharField("bogstav", max_length=2, editable=False)
    name = models.CharField("navn", max_length=120)
    kind = models.CharField("hvad der deles", max_length=14, choices=ScenarioKind)
    total = models.PositiveIntegerField("pladser i alt", validators=[_MOST])
    overbooking_percent = models.DecimalField(
        "overbooking, pct.",
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[
            MinValueValidator(0, "Skriv mellem 0 og 100 pct."),
            MaxValueValidator(100, "Skriv mellem 0 og 100 pct."),
        ],
    )
    method = models.CharField(
        "metode", max_length=17, choices=Method, default=Method.LARGEST_REMAINDER
    )
    distribution = models.ForeignKey(
        DistributionKey,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="scenarios",
        verbose_name="fordelingsnøgle",
    )
    minimum = models.PositiveIntegerField(
        "mindst", null=True, blank=True, validators=[_MOST]
    )
    maximum = models.PositiveIntegerField(
        "højst", null=True, blank=True, validators=[_MOST]
    )
    note = models.CharField("bemærkning", max_length=400, blank=True)
    is_shown = models.BooleanField("vises for direktørerne", default=False)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ("round_id", "letter", "pk")
        verbose_name = "scenarie"
        constraints = (
            models.UniqueConstraint(
                name="scenario_letter_unique", fields=("round", "letter")
            ),
            models.CheckConstraint(name="scenario_is_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="scenario_kind_known", condition=Q(kind__in=ScenarioKind.values)
            ),
            models.CheckConstraint(
                name="scenario_municipalities_share_by_a_key",
                condition=~Q(kind=ScenarioKind.MUNICIPALITIES)
                | Q(distribution__isnull=False),
                violation_error_message="Vælg en fordelingsnøgle.",
            ),
            models.CheckConstraint(
                name="scenario_bounds_rise",
                condition=Q(minimum=None)
                | Q(maximum=None)
                | Q(maximum__gte=F("minimum")),
                violation_error_message="Det mindste er større end det højeste.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.letter}: {self.name}"


@pghistory.track()
class Receiver(Versioned):
    """What holds for one receiver of a scenario: its share, or bounds of its own.

    ``key`` is the receiver's stable key: "municipality:329", "specialisation:dagtilbud".
    """

    scenario = models.ForeignKey(
        Scenario, on_delete=models.CASCADE, related_name="receivers"
    )
    key = models.CharField("hvem", max_length=_KEY)
    share = models.DecimalField(
        "andel",
        max_digits=18,
        decimal_places=9,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, "Skriv en andel, der ikke er negativ.")],
    )
    minimum = models.PositiveIntegerField(
        "mindst", null=True, blank=True, validators=[_MOST]
    )
    maximum = models.PositiveIntegerField(
        "højst", null=True, blank=True, validators=[_MOST]
    )

    class Meta:
        ordering = ("scenario_id", "pk")
        verbose_name = "modtager"
        constraints = (
            models.UniqueConstraint(name="receiver_once", fields=("scenario", "key")),
            models.CheckConstraint(
                name="receiver_share_not_negative",
                condition=Q(share=None) | Q(share__gte=0),
            ),
            models.CheckConstraint(
                name="receiver_bounds_rise",
                condition=Q(minimum=None)
                | Q(maximum=None)
                | Q(maximum__gte=F("minimum")),
                violation_error_message="Det mindste er større end det højeste.",
            ),
        )

    def __str__(self) -> str:
        return self.key


class _Decided(Versioned):
    """What somebody decided, why, and where."""

    reason = models.CharField("begrundelse", max_length=400)
    decided_by = models.CharField("besluttet af", max_length=150)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="besluttet på",
    )
    decided_at = models.DateTimeField("besluttet", default=clock.now)

    class Meta:
        abstract = True


@pghistory.track()
class TieDecision(_Decided):
    """Who got the places that equal remainders left open, and why.

    ``scenario`` empty: it is about the round's own form. ``question`` is the tie it
    answers, word for word: once the figures are others, so is the tie, and the decision
    no longer answers it. ``winners`` are the receivers' keys.

    Source: docs/rules.md R-161.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="decisions")
    scenario = models.ForeignKey(
        Scenario,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="decisions",
    )
    question: Any = models.JSONField("hvad der stod lige")
    winners = ArrayField(models.CharField(max_length=_KEY), verbose_name="hvem")
    by_lot = models.BooleanField("lodtrækning", default=False)

    class Meta:
        ordering = ("round_id", "pk")
        verbose_name = "afgørelse"
        constraints = (
            models.CheckConstraint(
                name="tiedecision_for_a_reason",
                condition=~Q(reason=""),
                violation_error_message="Skriv, hvorfor valget faldt sådan.",
            ),
            models.CheckConstraint(
                name="tiedecision_by_somebody",
                condition=~Q(decided_by=""),
                violation_error_message="Vælg, hvem der har besluttet det.",
            ),
            models.CheckConstraint(
                name="tiedecision_names_a_winner", condition=Q(winners__len__gte=1)
            ),
        )

    def __str__(self) -> str:
        return ", ".join(self.winners)


@pghistory.track()
class Adjustment(_Decided):
    """Places that a person moved from one receiver to another after the arithmetic.

    With only one of the two the sum changes, and is said. ``gives_had`` and ``gets_had``
    are the figures it was made against: where those have changed, it is not applied.

    Source: docs/rules.md R-162.
    """

    scenario = models.ForeignKey(
        Scenario, on_delete=models.CASCADE, related_name="adjustments"
    )
    places = models.PositiveIntegerField(
        "pladser", validators=[MinValueValidator(1, "Skriv mindst 1 plads."), _MOST]
    )
    gives = models.CharField("fra", max_length=_KEY, blank=True)
    gives_had = models.PositiveIntegerField(null=True, blank=True)
    gets = models.CharField("til", max_length=_KEY, blank=True)
    gets_had = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("scenario_id", "pk")
        verbose_name = "regulering"
        constraints = (
            models.CheckConstraint(
                name="adjustment_moves_something", condition=Q(places__gte=1)
            ),
            models.CheckConstraint(
                name="adjustment_between_two",
                condition=(~Q(gives="") | ~Q(gets=""))
                & (Q(gives="") | ~Q(gives=F("gets"))),
                violation_error_message="Vælg, hvem der afgiver, og hvem der får.",
            ),
            models.CheckConstraint(
                name="adjustment_against_a_figure",
                condition=(Q(gives="") ^ Q(gives_had__isnull=False))
                & (Q(gets="") ^ Q(gets_had__isnull=False)),
            ),
            models.CheckConstraint(
                name="adjustment_for_a_reason",
                condition=~Q(reason="") & ~Q(decided_by=""),
                violation_error_message="Skriv, hvorfor tallet er rettet i hånden.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.places} fra {self.gives or '–'} til {self.gets or '–'}"
