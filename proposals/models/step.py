"""What became of a proposal: dated steps after KKR."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import F, Max, Q, Window
from django.db.models.functions import Coalesce

from core.models import Versioned
from meetings.models import Meeting
from proposals.choices import Status
from proposals.models.proposal import Proposal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership


class StepQuerySet(models.QuerySet["Step"]):
    """The questions the portal asks about steps."""

    def visible_to(self, seat: Membership) -> Self:
        """Steps of proposals that are there, of the seat's council, if it writes there."""
        own = Proposal.objects.visible_to(seat).present()
        return self.filter(proposal__in=own)

    def in_order(self) -> Self:
        """Order each proposal's steps as they were taken, and annotate ``stands_on``.

        A step without a date stands after all that was entered before it; ``stands_on``
        is the latest day of those, or None. Of one day, the one entered first is first.

        Source: docs/rules.md R-84.
        """
        before = Window(Max("taken_on"), partition_by="proposal", order_by="pk")
        return self.annotate(stands_on=Coalesce("taken_on", before)).order_by(
            "proposal", F("stands_on").asc(nulls_first=True), "pk"
        )

    def newest_first(self) -> Self:
        """Order them the other way round: the newest is what the proposal's status is."""
        return self.in_order().order_by(
            "proposal", F("stands_on").desc(nulls_last=True), "-pk"
        )


@pghistory.track()
class Step(Versioned):
    """One step of a proposal's way after KKR; the newest one's status is the proposal's.

    ``taken_on`` NULL: the source gives no date. ``who`` took it, and ``place`` is where;
    it is told by ``source`` in words, with a link in ``url`` or a ``meeting``.
    """

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="steps"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    status = models.CharField("status", max_length=9, choices=Status)
    taken_on = models.DateField("dato", null=True, blank=True)
    who = models.CharField("hvem", max_length=120, blank=True)
    place = models.CharField("hvor", max_length=120, blank=True)
    source = models.CharField("kilde", max_length=200, blank=True)
    url = models.URLField("link til kilden", max_length=500, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal_steps",
        verbose_name="møde",
    )
    note = models.CharField("bemærkning", max_length=600, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ("proposal_id", "pk")
        verbose_name = "skridt"
        constraints = (
            models.UniqueConstraint(name="step_key_unique", fields=("proposal", "key")),
            models.CheckConstraint(
                name="step_status_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="step_url_is_web",
                condition=Q(url="") | Q(url__regex=r"^https?://"),
                violation_error_message="Skriv et link, der begynder med https://.",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_status_display())

    @property
    def record(self) -> Proposal:
        """The record it belongs to; needs it loaded."""
        return self.proposal
