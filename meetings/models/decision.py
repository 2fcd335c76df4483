"""What a meeting decided, and what is to be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.models import Versioned
from meetings.choices import Outcome
from meetings.models.item import AgendaItem
from meetings.models.meeting import EDITORS, Meeting

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


@pghistory.track()
class Decision(Versioned):
    """What became of one item. ``text`` and ``minority`` are sanitised rich text.

    ``outcome`` is "" as long as nobody has written a decision. An answer that had to be
    given before the meeting stands by itself: what was said, when, and by whom.
    """

    item = models.OneToOneField(
        AgendaItem, on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(
        "udfald", max_length=9, choices=Outcome, blank=True, default=""
    )
    text = models.TextField("beslutning", blank=True)
    minority_by = models.CharField("hvem", max_length=200, blank=True)
    minority = models.TextField("mindretalsudtalelse", blank=True)
    answer = models.TextField("svar", blank=True)
    answered_by = models.CharField("afgivet af", max_length=120, blank=True)
    answered_on = models.DateField("afgivet", null=True, blank=True)

    class Meta:
        ordering = ("item_id", "pk")
        verbose_name = "beslutning"
        constraints = (
            models.CheckConstraint(
                name="decision_outcome_known",
                condition=Q(outcome__in=[*Outcome.values, ""]),
            ),
            models.CheckConstraint(
                name="decision_minority_has_a_name",
                condition=Q(minority="") | ~Q(minority_by=""),
                violation_error_message="Skriv, hvem der står bag udtalelsen.",
            ),
            models.CheckConstraint(
                name="decision_answer_says_who_and_when",
                condition=Q(answer="")
                | (~Q(answered_by="") & Q(answered_on__isnull=False)),
                violation_error_message="Skriv, hvem der svarede, og hvornår.",
            ),
        )

    def __str__(self) -> str:
        return self.get_outcome_display()


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """The questions the portal asks about tasks."""

    def visible_to(self, user: User) -> Self:
        """Tasks of the councils whose agendas ``user`` writes."""
        return self.filter(
            meeting__council__memberships__user=user.pk,
            meeting__council__memberships__role__in=EDITORS,
        )

    def present(self) -> Self:
        """Tasks that nobody has removed."""
        return self.filter(is_removed=False)

    def waiting(self) -> Self:
        """Tasks that are not done, those with the nearest day first."""
        return (
            self.present()
            .filter(done_on__isnull=True)
            .order_by(models.F("due_on").asc(nulls_last=True), "pk")
        )

    def for_list(self) -> Self:
        """All that a list row shows; any other fetch raises."""
        return self.select_related("meeting", "item__section").fetch_mode(
            models.FETCH_RAISE
        )


@pghistory.track()
class FollowUp(Versioned):
    """Something to do that a meeting decided: by whom, and until when if that is said."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="follow_ups"
    )
    item = models.ForeignKey(
        AgendaItem,
        verbose_name="punkt",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
    )
    text = models.CharField("opgave", max_length=300)
    owner = models.CharField("ansvarlig", max_length=120)
    due_on = models.DateField("frist", null=True, blank=True)
    done_on = models.DateField("løst", null=True, blank=True, editable=False)
    is_removed = models.BooleanField("fjernet", default=False, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ("meeting_id", "pk")
        verbose_name = "opgave"

    def __str__(self) -> str:
        return self.text

    @property
    def is_late(self) -> bool:
        """Its day is past, and it is not done."""
        return (
            self.done_on is None
            and self.due_on is not None
            and self.due_on < clock.today()
        )

    def get_absolute_url(self) -> str:
        return reverse("decisions:task", args=[self.pk])
