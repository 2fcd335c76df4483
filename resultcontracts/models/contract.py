"""A result contract and the kinds of goals it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Council, Organisation
from core.models import Versioned
from resultcontracts.choices import ContractState

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership


class ContractQuerySet(models.QuerySet["Contract"]):
    """The questions the portal asks about contracts."""

    def visible_to(self, seat: Membership) -> Self:
        """Contracts of the seat's council: drafts to its secretariat only.

        Its directors read those that are in force; the house of a contract reads its own.

        Source: docs/rules.md R-124.
        """
        own = self.filter(council=seat.council_id)
        if seat.may_edit:
            return own
        known = own.exclude(state=ContractState.DRAFT)
        if seat.role == Role.REPORTER:
            return known.filter(house=seat.organisation_id)
        return known if seat.role == Role.DIRECTOR else known.none()


@pghistory.track()
class Contract(Versioned):
    """One year's agreement between a council and the house that reports to it.

    ``framework`` is the agreement it rests on, in words. A contract stays open after its
    year: results may come years later. Measurements of a time up to ``locked_until`` are
    changed by a correction only, which keeps the old one.
    """

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="result_contracts"
    )
    house = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="result_contracts",
        verbose_name="indberetter",
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    year = models.PositiveSmallIntegerField("år")
    title = models.CharField("titel", max_length=120)
    parties = models.CharField("parter", max_length=300)
    summary = models.CharField("om kontrakten", max_length=600, blank=True)
    framework = models.CharField("rammeaftale", max_length=300, blank=True)
    state = models.CharField(
        "tilstand",
        max_length=8,
        choices=ContractState,
        default=ContractState.DRAFT,
    )
    locked_until = models.DateField("låst til og med", null=True, blank=True)
    came_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_as",
        verbose_name="begyndte som",
    )

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ("council_id", "-year", "pk")
        verbose_name = "resultatkontrakt"
        constraints = (
            models.UniqueConstraint(
                name="contract_key_unique", fields=("council", "key")
            ),
            models.UniqueConstraint(
                name="contract_of_a_house_and_year_unique",
                fields=("council", "house", "year"),
                violation_error_message="Der er allerede en kontrakt for det år.",
            ),
            models.CheckConstraint(
                name="contract_state_known",
                condition=Q(state__in=ContractState.values),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Give the address of its dashboard."""
        return reverse("resultcontracts:contract", args=[self.slug])

    @property
    def slug(self) -> str:
        """What stands for it in an address: its key, which no other of the council has."""
        return self.key


@pghistory.track()
class GoalKind(Versioned):
    """A kind of goals in one contract, "nationalt" or "lokalt"; a contract may have six.

    ``needs_method`` and ``needs_reporting``: the contract asks them of each goal of the
    kind, and a goal without one is told (docs/rules.md R-120).
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="kinds"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    name = models.CharField("navn", max_length=80)
    plural = models.CharField("navn, flere", max_length=80)
    note = models.CharField("hvad det betyder", max_length=200, blank=True)
    needs_method = models.BooleanField("skal have metode", default=False)
    needs_reporting = models.BooleanField("skal have afrapportering", default=False)
    position = models.PositiveSmallIntegerField("plads")

    class Meta:
        ordering = ("contract_id", "position", "pk")
        verbose_name = "slags mål"
        constraints = (
            models.UniqueConstraint(
                name="goalkind_key_unique", fields=("contract", "key")
            ),
            models.CheckConstraint(name="goalkind_is_named", condition=~Q(name="")),
            models.UniqueConstraint(
                name="goalkind_position_unique",
                fields=("contract", "position"),
                deferrable=models.Deferrable.DEFERRED,
            ),
        )

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Paper(Versioned):
    """A document that reports on a contract: slides, memo, report; and the day in it.

    Source: docs/rules.md R-120.
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="papers"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    name = models.CharField("navn", max_length=120)
    note = models.CharField("hvad det er", max_length=200, blank=True)
    dated = models.DateField("dato i dokumentet", null=True, blank=True)
    covers_until = models.DateField("fortæller til og med", null=True, blank=True)

    class Meta:
        ordering = ("contract_id", "pk")
        verbose_name = "dokument"
        constraints = (
            models.UniqueConstraint(
                name="paper_key_unique", fields=("contract", "key")
            ),
            models.CheckConstraint(name="paper_is_named", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name
