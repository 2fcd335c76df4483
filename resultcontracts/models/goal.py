"""A goal of a result contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import F, Q

from core.models import Versioned
from resultcontracts.choices import Status
from resultcontracts.models.contract import Contract, GoalKind

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership


class GoalQuerySet(models.QuerySet["Goal"]):
    """The questions the portal asks about goals."""

    def visible_to(self, seat: Membership) -> Self:
        """Goals of contracts that the seat may see."""
        return self.filter(contract__in=Contract.objects.visible_to(seat))


@pghistory.track()
class Goal(Versioned):
    """What a contract asks for under one number; its status is worked out, never stored.

    ``method_year`` is the year that the method asks about, if it names one. ``reported``
    is the reporter's own status, in ``reported_as`` its own word, kept beside what the
    portal reckons; ``is_implied`` where it is read out of the text. A goal that
    ``follows`` another has no number of its own. ``report`` is the reporter's text; its
    numbers are references to measurements, "[[3.1]]". ``requirement`` says what is asked
    of the measures together: "måltallet gælder hvert segment".

    Source: docs/rules.md R-116.
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="goals"
    )
    kind = models.ForeignKey(
        GoalKind, on_delete=models.PROTECT, related_name="goals", verbose_name="slags"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("titel", max_length=200)
    purpose = models.TextField("formål", max_length=2_000, blank=True)
    text = models.TextField("mål", max_length=8_000, blank=True)
    method = models.TextField("metode", max_length=4_000, blank=True)
    method_year = models.PositiveSmallIntegerField(
        "år, metoden spørger om", null=True, blank=True
    )
    is_method_inferred = models.BooleanField(
        "metoden er læst ud af rapporten", default=False
    )
    reporting = models.TextField("afrapportering", max_length=2_000, blank=True)
    report = models.TextField("rapportens ord", max_length=8_000, blank=True)
    requirement = models.CharField("krav på tværs", max_length=200, blank=True)
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name="følger",
    )
    reported = models.CharField(
        "indberettet", max_length=11, choices=Status, blank=True
    )
    reported_as = models.CharField("indberettet med ordene", max_length=40, blank=True)
    reported_note = models.CharField("om indberetningen", max_length=400, blank=True)
    is_implied = models.BooleanField("underforstået", default=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ("contract_id", "number", "pk")
        verbose_name = "mål"
        constraints = (
            models.UniqueConstraint(name="goal_key_unique", fields=("contract", "key")),
            models.UniqueConstraint(
                name="goal_number_unique",
                fields=("contract", "number"),
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Et andet mål har allerede nummeret.",
            ),
            models.CheckConstraint(
                name="goal_counts_from_one", condition=Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="goal_follows_another", condition=~Q(follows=F("pk"))
            ),
        )

    def __str__(self) -> str:
        return f"Mål {self.number}"

    @property
    def record_key(self) -> str:
        """Its key in documents, decisions and what was sent."""
        return f"goal:{self.key}"


@pghistory.track()
class ReportingLine(Versioned):
    """Who reports to whom, how often; ``is_inferred`` where the contract does not say."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField("plads")
    sender = models.CharField("hvem", max_length=120)
    receivers = models.CharField("til hvem", max_length=200)
    frequency = models.CharField("hvor tit", max_length=120, blank=True)
    subject = models.CharField("om hvad", max_length=120, blank=True)
    is_inferred = models.BooleanField("ikke skrevet i kontrakten", default=False)

    class Meta:
        ordering = ("goal_id", "position", "pk")
        verbose_name = "afrapporteringslinje"
        constraints = (
            models.CheckConstraint(
                name="reportingline_names_both",
                condition=~Q(sender="") & ~Q(receivers=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.sender} til {self.receivers}"


@pghistory.track()
class Remark(Versioned):
    """What a reader noticed in the sources about a goal and no rule can see."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="remarks")
    position = models.PositiveSmallIntegerField("plads")
    text = models.CharField("bemærkning", max_length=400)

    class Meta:
        ordering = ("goal_id", "position", "pk")
        verbose_name = "bemærkning"
        constraints = (
            models.CheckConstraint(name="remark_has_words", condition=~Q(text="")),
        )

    def __str__(self) -> str:
        return self.text
