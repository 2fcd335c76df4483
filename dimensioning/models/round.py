"""One year's request about places: the letter, the form it asks for, and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from accounts.choices import Role
from core.models import Versioned
from dimensioning.choices import RoundState
from dimensioning.models.programme import Institution, Programme, Specialisation
from meetings.models import Meeting

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership

MOST_PLACES = 100_000
"""In a cell, a row's target or a round's total: more is a slip of the hand."""
_PERCENT = (
    MinValueValidator(0, "Skriv mellem 0 og 100 pct."),
    MaxValueValidator(100, "Skriv mellem 0 og 100 pct."),
)
_YEAR = RegexValidator(r"^\d{4}/\d{4}$", "Skriv studieåret som 2023/2024.")


class RoundQuerySet(models.QuerySet["Round"]):
    """The questions the portal asks about rounds."""

    def visible_to(self, seat: Membership) -> Self:
        """Rounds of the seat's council: to its secretariat, and to its directors.

        Source: docs/rules.md R-153.
        """
        own = self.filter(programme__council=seat.council_id)
        return own if seat.may_edit or seat.role == Role.DIRECTOR else own.none()


@pghistory.track()
class Round(Versioned):
    """One study year's request, with its letter, its deadline and how far it is.

    ``total`` is the places of the council's own area. ``decided`` is the scenario as the
    meeting decided it: what it gives each receiver, kept as text whatever is changed
    later.

    Source: docs/rules.md R-153, R-156.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="rounds"
    )
    study_year = models.CharField("studieår", max_length=9, validators=[_YEAR])
    state = models.CharField(
        "tilstand", max_length=9, choices=RoundState, default=RoundState.REQUESTED
    )
    letter_title = models.CharField("brevets titel", max_length=200)
    letter_date = models.DateField("brevets dato")
    reference = models.CharField("deres ref.", max_length=40, blank=True)
    sender = models.CharField("afsender", max_length=120)
    sender_unit = models.CharField("kontor", max_length=120, blank=True)
    sender_address = models.CharField("adresse", max_length=200, blank=True)
    sender_email = models.EmailField("svar sendes til", blank=True)
    addressee = models.CharField("brevet er til", max_length=120, blank=True)
    deadline = models.DateField("svarfrist")
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dimensioning_rounds",
        verbose_name="KKR-møde",
    )
    total = models.PositiveIntegerField(
        "pladser i alt",
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_PLACES, "Skriv højst 100.000 pladser.")],
    )
    summer_percent = models.DecimalField(
        "sommer, pct.",
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=_PERCENT,
    )
    overbooking_percent = models.DecimalField(
        "overbooking, pct.",
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=_PERCENT,
    )
    basis = models.CharField("hvad tallene bygger på", max_length=300, blank=True)
    note = models.CharField("bemærkning til skemaet", max_length=300, blank=True)
    closing = models.TextField("brevets tekst", max_length=4_000, blank=True)
    chosen = models.ForeignKey(
        "dimensioning.Scenario",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="chosen_in",
        verbose_name="valgt scenarie",
    )
    decided: Any = models.JSONField(null=True, blank=True, editable=False)
    decided_on = models.DateField("besluttet", null=True, blank=True)
    sent_on = models.DateField("sendt", null=True, blank=True)
    sent_by = models.CharField("sendt af", max_length=150, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("programme_id", "-study_year", "pk")
        verbose_name = "runde"
        constraints = (
            models.UniqueConstraint(
                name="round_one_a_study_year",
                fields=("programme", "study_year"),
                violation_error_message="Der er allerede en runde for det studieår.",
            ),
            models.CheckConstraint(
                name="dimensioninground_state_known",
                condition=Q(state__in=RoundState.values),
            ),
            models.CheckConstraint(
                name="round_deadline_after_its_letter",
                condition=Q(deadline__gte=F("letter_date")),
                violation_error_message="Svarfristen ligger før brevets dato.",
            ),
            models.CheckConstraint(
                name="round_percents_are_shares",
                condition=(Q(summer_percent=None) | Q(summer_percent__range=(0, 100)))
                & (
                    Q(overbooking_percent=None) | Q(overbooking_percent__range=(0, 100))
                ),
            ),
            models.CheckConstraint(
                name="round_chosen_before_decided",
                condition=~Q(
                    state__in=(RoundState.CHOSEN, RoundState.DECIDED, RoundState.SENT)
                )
                | Q(chosen__isnull=False),
            ),
            models.CheckConstraint(
                name="round_decided_with_its_day",
                condition=~Q(state__in=(RoundState.DECIDED, RoundState.SENT))
                | Q(decided__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="round_sent_with_its_day",
                condition=~Q(state=RoundState.SENT) | Q(sent_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.programme} {self.study_year}"

    @property
    def slug(self) -> str:
        """What stands for it in an address: "2023-2024"."""
        return self.study_year.replace("/", "-")


@pghistory.track()
class Split(Versioned):
    """A specialisation's part of a round's places, in per cent, and where that is from.

    Source: docs/rules.md R-157.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="splits")
    specialisation = models.ForeignKey(
        Specialisation, on_delete=models.PROTECT, related_name="splits"
    )
    percent = models.DecimalField(
        "andel, pct.", max_digits=7, decimal_places=4, validators=_PERCENT
    )
    source = models.CharField("kilde", max_length=200, blank=True)

    class Meta:
        ordering = ("round_id", "specialisation__position", "pk")
        verbose_name = "andel"
        constraints = (
            models.UniqueConstraint(
                name="split_one_a_specialisation", fields=("round", "specialisation")
            ),
            models.CheckConstraint(
                name="split_is_a_share", condition=Q(percent__range=(0, 100))
            ),
        )

    def __str__(self) -> str:
        return f"{self.percent} pct."


@pghistory.track()
class FormRow(Versioned):
    """One institution's row of the ministry's form; ``target`` is the total it is to give.

    Empty is "ikke udfyldt", never 0.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="rows")
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="form_rows"
    )
    target = models.PositiveIntegerField(
        "skal give",
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_PLACES, "Skriv højst 100.000 pladser.")],
    )

    class Meta:
        ordering = ("round_id", "institution__position", "pk")
        verbose_name = "række i skemaet"
        constraints = (
            models.UniqueConstraint(
                name="formrow_one_an_institution", fields=("round", "institution")
            ),
        )

    def __str__(self) -> str:
        return str(self.institution)


@pghistory.track()
class Cell(Versioned):
    """The study places of one institution and specialisation; empty is "ikke udfyldt".

    Each has its own version: two who write in two cells do not collide.
    """

    row = models.ForeignKey(FormRow, on_delete=models.CASCADE, related_name="cells")
    specialisation = models.ForeignKey(
        Specialisation, on_delete=models.PROTECT, related_name="cells"
    )
    places = models.PositiveIntegerField(
        "studiepladser",
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_PLACES, "Skriv højst 100.000 pladser.")],
    )

    class Meta:
        ordering = ("row_id", "specialisation__position", "pk")
        verbose_name = "felt i skemaet"
        constraints = (
            models.UniqueConstraint(
                name="cell_one_a_specialisation", fields=("row", "specialisation")
            ),
        )

    def __str__(self) -> str:
        return "ikke udfyldt" if self.places is None else str(self.places)
