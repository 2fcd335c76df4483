"""The practice places that municipalities offer, and how many students need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from accounts.choices import Role
from accounts.models import Municipality
from core import clock
from core.models import Versioned
from dimensioning.choices import EnteredBy
from dimensioning.models.programme import PracticePeriod, Specialisation
from dimensioning.models.round import MOST_PLACES, Round

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership

DAYS, MOST_DAYS = 3, 60
"""Before its day that the portal reminds of a call: unless another is chosen; at most."""


@pghistory.track()
class OfferCall(Versioned):
    """The council's request to its municipalities for a round's practice places.

    It is a draft until ``sent_at``, open until ``due_on`` has gone or somebody closes it.
    ``remind_before`` its day by so many days the portal reminds by itself; 0: it does not.

    Source: docs/rules.md R-158.
    """

    round = models.OneToOneField(
        Round, on_delete=models.CASCADE, related_name="offer_call"
    )
    due_on = models.DateField("svarfrist")
    remind_before = models.PositiveSmallIntegerField(
        "påmindelse, dage før fristen",
        default=DAYS,
        validators=[MaxValueValidator(MOST_DAYS, "Skriv højst 60 dage.")],
    )
    note = models.TextField("besked til kommunerne", max_length=2_000, blank=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.CharField(max_length=150, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.CharField(max_length=150, blank=True, editable=False)

    class Meta:
        ordering = ("round_id",)
        verbose_name = "opkald om praktikpladser"
        constraints = (
            models.CheckConstraint(
                name="offercall_closed_after_it_was_sent",
                condition=Q(closed_at__isnull=True) | Q(sent_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"opkald om praktikpladser {self.pk}"

    @property
    def is_open(self) -> bool:
        """The municipalities may answer."""
        return (
            self.sent_at is not None
            and self.closed_at is None
            and self.due_on >= clock.today()
        )


class OfferQuerySet(models.QuerySet["Offer"]):
    """The questions the portal asks about offers."""

    def visible_to(self, seat: Membership) -> Self:
        """All to the council's secretariat, and to its directors once they were called for.

        Source: docs/rules.md R-158.
        """
        own = self.filter(round__programme__council=seat.council_id)
        if seat.may_edit:
            return own
        if seat.role != Role.DIRECTOR:
            return own.none()
        return own.filter(round__offer_call__sent_at__isnull=False)


@pghistory.track()
class Offer(Versioned):
    """Practice places that one municipality offers within one specialisation.

    Empty places: it has not answered; a municipality that offers none writes 0.

    Source: docs/rules.md R-158.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="offers")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="practice_offers"
    )
    specialisation = models.ForeignKey(
        Specialisation, on_delete=models.PROTECT, related_name="offers"
    )
    places = models.PositiveIntegerField(
        "praktikpladser",
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_PLACES, "Skriv højst 100.000 pladser.")],
    )
    note = models.CharField("bemærkning", max_length=300, blank=True)
    signer = models.CharField("afgivet af", max_length=120, blank=True)
    entered_by = models.CharField(
        "skrevet af", max_length=11, choices=EnteredBy, blank=True, editable=False
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ("round_id", "municipality_id", "specialisation__position", "pk")
        verbose_name = "tilbud"
        constraints = (
            models.UniqueConstraint(
                name="offer_one_a_municipality_and_specialisation",
                fields=("round", "municipality", "specialisation"),
            ),
        )

    def __str__(self) -> str:
        return "ikke svaret" if self.places is None else str(self.places)


@pghistory.track()
class Demand(Versioned):
    """How many practice places students need in one period and specialisation.

    Empty: nobody has said.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="demands")
    period = models.ForeignKey(
        PracticePeriod, on_delete=models.PROTECT, related_name="demands"
    )
    specialisation = models.ForeignKey(
        Specialisation, on_delete=models.PROTECT, related_name="demands"
    )
    places = models.PositiveIntegerField(
        "praktikpladser",
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_PLACES, "Skriv højst 100.000 pladser.")],
    )
    source = models.CharField("kilde", max_length=200, blank=True)

    class Meta:
        ordering = ("round_id", "period__position", "specialisation__position", "pk")
        verbose_name = "behov"
        constraints = (
            models.UniqueConstraint(
                name="demand_one_a_period_and_specialisation",
                fields=("round", "period", "specialisation"),
            ),
        )

    def __str__(self) -> str:
        return "ikke oplyst" if self.places is None else str(self.places)
