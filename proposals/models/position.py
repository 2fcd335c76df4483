"""What a municipality thinks of a proposal or a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.choices import Role
from accounts.models import Municipality
from core.models import Versioned
from proposals.choices import GIVEN, REASONED, EnteredBy, Stance
from proposals.models.call import PositionCall
from proposals.models.proposal import Proposal
from proposals.models.record import ONE_RECORD, record_of
from proposals.models.unit import CooperationUnit

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership
    from proposals.models.record import Record


class PositionQuerySet(models.QuerySet["Position"]):
    """The questions the portal asks about positions."""

    def visible_to(self, seat: Membership) -> Self:
        """Stances of the seat's council: its secretariat's, and its directors' once called.

        A director reads the stances of all municipalities on what was called for; nobody
        else reads any, but as a meeting was sent them.

        Source: docs/rules.md R-87.
        """
        own = self.filter(municipality__council=seat.council_id)
        if seat.may_edit:
            return own
        if seat.role != Role.DIRECTOR:
            return own.none()
        calls = PositionCall.objects.filter(council=seat.council_id).sent()
        of_proposal = calls.filter(
            catalogue=OuterRef("proposal__catalogue"),
            records__contains=[OuterRef("proposal")],
        )
        of_unit = calls.filter(
            catalogue=OuterRef("unit__catalogue"),
            records__contains=[OuterRef("unit")],
        )
        return own.filter(Exists(of_proposal) | Exists(of_unit))

    def given(self) -> Self:
        """Those that say what the municipality thinks."""
        return self.filter(stance__in=GIVEN)


@pghistory.track()
class Position(Versioned):
    """One municipality's stance on one proposal or unit.

    A municipality without a row, or whose row has no ``stance``, has not answered; so has
    one that declines, and the row tells that it does. Version 1 is always empty, so that
    two who answer at once meet in it. ``correction`` is why it was put right after its
    call had closed.

    Source: docs/rules.md R-87.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="positions"
    )
    proposal = models.ForeignKey(
        Proposal,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="positions",
    )
    unit = models.ForeignKey(
        CooperationUnit,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="positions",
    )
    stance = models.CharField("holdning", max_length=8, choices=Stance, blank=True)
    reason = models.TextField("begrundelse", max_length=2000, blank=True)
    signer = models.CharField("afgivet af", max_length=120, blank=True)
    given_on = models.DateField("dato", null=True, blank=True)
    entered_by = models.CharField(
        "skrevet af", max_length=11, choices=EnteredBy, blank=True, editable=False
    )
    correction = models.CharField("hvorfor det er rettet", max_length=300, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ("municipality_id", "pk")
        verbose_name = "holdning"
        constraints = (
            models.UniqueConstraint(
                name="position_one_a_proposal", fields=("municipality", "proposal")
            ),
            models.UniqueConstraint(
                name="position_one_a_unit", fields=("municipality", "unit")
            ),
            models.CheckConstraint(
                name="position_has_one_record", condition=ONE_RECORD
            ),
            models.CheckConstraint(
                name="position_stance_known",
                condition=Q(stance="") | Q(stance__in=Stance.values),
            ),
            models.CheckConstraint(
                name="position_says_why",
                condition=~Q(stance__in=REASONED) | ~Q(reason=""),
                violation_error_message="Skriv begrundelsen.",
            ),
            models.CheckConstraint(
                name="position_is_signed_and_dated",
                condition=Q(stance="") | (~Q(signer="") & Q(given_on__isnull=False)),
                violation_error_message="Skriv, hvem der har afgivet svaret, og hvornår.",
            ),
        )

    def __str__(self) -> str:
        return Stance(self.stance).label if self.stance else "Ikke svaret"

    @property
    def counted(self) -> str:
        """The stance it counts as: "" for one that declines."""
        return self.stance if self.stance in GIVEN else ""

    @property
    def record(self) -> Record:
        """The record it is about; needs it loaded."""
        return record_of(self)
