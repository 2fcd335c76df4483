"""Private notes of those who read about goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from accounts.choices import SITTING
from accounts.models import Membership, Municipality, User
from core import clock
from resultcontracts.models.goal import Goal

if TYPE_CHECKING:
    from typing import Self


class GoalNoteQuerySet(models.QuerySet["GoalNote"]):
    """The questions that may be asked about notes."""

    def visible_to(self, seat: Membership) -> Self:
        """Give the reader's own, and what the own municipality's people have shared.

        Nobody else's, whatever they are. Of goals that the seat may see, and no others.

        Source: docs/rules.md R-132.
        """
        seats = Membership.objects.filter(
            user=seat.user_id,
            council=models.OuterRef("goal__contract__council"),
            municipality=models.OuterRef("municipality"),
            role__in=SITTING,
        )
        known = self.filter(goal__in=Goal.objects.visible_to(seat).values("pk"))
        return known.filter(
            Q(author=seat.user_id) | Q(is_shared=True) & models.Exists(seats)
        )


class GoalNote(models.Model):
    """What somebody has written about a goal: one each, for the writer alone.

    Shared, it is read by the people of ``municipality``. No history is kept of it.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="+"
    )
    text = models.TextField("note", max_length=4_000)
    is_shared = models.BooleanField("del med kommunen", default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)

    objects = GoalNoteQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-pk")
        verbose_name = "note til et mål"
        constraints = (
            models.UniqueConstraint(
                name="goalnote_one_a_goal", fields=("author", "goal")
            ),
            models.CheckConstraint(
                name="goalnote_says_something", condition=~Q(text="")
            ),
            models.CheckConstraint(
                name="goalnote_shared_within_a_municipality",
                condition=Q(is_shared=False) | Q(municipality__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"note til {self.goal}"
