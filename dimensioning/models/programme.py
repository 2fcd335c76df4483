"""An education whose places are shared, and what it is divided into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q

from accounts.choices import Role
from accounts.models import Council
from core.models import Versioned

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """The questions the portal asks about educations."""

    def visible_to(self, seat: Membership) -> Self:
        """Educations of the seat's council: to its secretariat and its directors.

        Source: docs/rules.md R-153.
        """
        own = self.filter(council=seat.council_id)
        return own if seat.may_edit or seat.role == Role.DIRECTOR else own.none()


@pghistory.track()
class Programme(Versioned):
    """An education, "Pædagog", whose places a council is asked about each year."""

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="programmes"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    name = models.CharField("navn", max_length=80)
    education = models.CharField("uddannelsen", max_length=120)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ("council_id", "pk")
        verbose_name = "uddannelse"
        constraints = (
            models.UniqueConstraint(
                name="programme_key_unique", fields=("council", "key")
            ),
            models.CheckConstraint(name="programme_is_named", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name


class _Division(Versioned):
    """A named row of an education, in an order that is kept for it."""

    key = models.SlugField("nøgle", max_length=80, editable=False)
    name = models.CharField("navn", max_length=120)
    position = models.PositiveSmallIntegerField("plads")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Specialisation(_Division):
    """What students of an education specialise in; ``short`` heads narrow columns."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="specialisations"
    )
    short = models.CharField("kort navn", max_length=40)
    letters = models.CharField("forkortelse", max_length=8, blank=True)

    class Meta:
        ordering = ("programme_id", "position", "pk")
        verbose_name = "specialisering"
        constraints = (
            models.UniqueConstraint(
                name="specialisation_key_unique", fields=("programme", "key")
            ),
            models.UniqueConstraint(
                name="specialisation_position_unique",
                fields=("programme", "position"),
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="specialisation_is_named", condition=~Q(name="")
            ),
        )


@pghistory.track()
class Institution(_Division):
    """A school in the ministry's form, and the council that answers for its area.

    ``answered_by`` empty: the source does not say which council answers.

    Source: docs/rules.md R-154.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="institutions"
    )
    answered_by = models.ForeignKey(
        Council,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="institutions_answered_for",
        verbose_name="udfyldes af",
    )

    class Meta:
        ordering = ("programme_id", "position", "pk")
        verbose_name = "institution"
        constraints = (
            models.UniqueConstraint(
                name="institution_key_unique", fields=("programme", "key")
            ),
            models.UniqueConstraint(
                name="institution_position_unique",
                fields=("programme", "position"),
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="institution_is_named", condition=~Q(name="")),
        )


@pghistory.track()
class PracticePeriod(_Division):
    """A time that students are in practice, "2. praktikperiode"."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="periods"
    )

    class Meta:
        ordering = ("programme_id", "position", "pk")
        verbose_name = "praktikperiode"
        constraints = (
            models.UniqueConstraint(
                name="practiceperiod_key_unique", fields=("programme", "key")
            ),
            models.UniqueConstraint(
                name="practiceperiod_position_unique",
                fields=("programme", "position"),
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="practiceperiod_is_named", condition=~Q(name="")
            ),
        )


@pghistory.track()
class Published(Versioned):
    """Places that somebody published for a study year, as they were printed.

    Of one institution and specialisation, or their sum where one or both are empty; with
    ``council`` the sum is what that council published of all its institutions.
    ``is_derived``: no source prints it, it is reckoned from what one prints.

    Source: docs/rules.md R-155.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="published"
    )
    council = models.ForeignKey(
        Council,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="published_places",
        verbose_name="KKR",
    )
    institution = models.ForeignKey(
        Institution,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="published",
    )
    specialisation = models.ForeignKey(
        Specialisation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="published",
    )
    study_year = models.CharField("studieår", max_length=9)
    places = models.PositiveIntegerField("pladser")
    is_derived = models.BooleanField("beregnet, ikke trykt", default=False)
    source = models.CharField("kilde", max_length=200)

    class Meta:
        ordering = ("programme_id", "study_year", "pk")
        verbose_name = "offentliggjort tal"
        constraints = (
            models.UniqueConstraint(
                name="published_once",
                fields=(
                    "programme",
                    "study_year",
                    "council",
                    "institution",
                    "specialisation",
                ),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="published_of_a_council_or_an_institution",
                condition=Q(council=None) ^ Q(institution=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.places} ({self.study_year})"
