"""Who sits in a council's bodies, for whom, and from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Council, Municipality
from core import clock
from core.models import Versioned
from meetings.choices import Body, MemberRole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Self

    from accounts.models import User

EDITORS = ("secretariat", "chief")


class MemberQuerySet(models.QuerySet["Member"]):
    """The questions the portal asks about members."""

    def visible_to(self, user: User) -> Self:
        """Members of the councils whose agendas ``user`` writes."""
        return self.filter(
            council__memberships__user=user.pk, council__memberships__role__in=EDITORS
        )

    def sitting(self, day: date) -> Self:
        """Those whose term includes a day."""
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        return self.filter(begun, Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def for_list(self) -> Self:
        """All that a list row shows, by body, role and name; any other fetch raises."""
        return (
            self.select_related("municipality", "substitute_for")
            .order_by(
                _place_of("body", Body.values),
                _place_of("role", MemberRole.values),
                "municipality__sort_key",
                "name",
                "pk",
            )
            .fetch_mode(models.FETCH_RAISE)
        )


def _place_of(field: str, values: Sequence[str]) -> models.Case:
    """Order rows by the place of a field's value in a list."""
    return models.Case(
        *(models.When(**{field: value}, then=at) for at, value in enumerate(values)),
        output_field=models.IntegerField(),
    )


@pghistory.track()
class Member(Versioned):
    """A seat in one body of a council: who has it, or is a substitute of one who has.

    Whoever sits in several bodies has a row in each, with role and term of its own. A term
    without a first or last day is open to that side. Nobody who was at a meeting is
    removed: a term ends.

    Source: docs/rules.md R-55.
    """

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="members"
    )
    body = models.CharField("sidder i", max_length=9, choices=Body, default=Body.KKR)
    name = models.CharField(
        "navn", max_length=120, error_messages={"blank": "Skriv navnet."}
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="kommune",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    role = models.CharField(
        "rolle", max_length=10, choices=MemberRole, default=MemberRole.MEMBER
    )
    substitute_for = models.ForeignKey(
        "self",
        verbose_name="stedfortræder for",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="substitutes",
    )
    email = models.EmailField("e-mail", blank=True)
    starts_on = models.DateField("fra", null=True, blank=True)
    ends_on = models.DateField("til", null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ("council_id", "name", "pk")
        verbose_name = "medlem"
        constraints = (
            models.CheckConstraint(
                name="member_body_known", condition=Q(body__in=Body.values)
            ),
            models.CheckConstraint(
                name="member_role_known", condition=Q(role__in=MemberRole.values)
            ),
            models.CheckConstraint(
                name="member_term_runs_forwards",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Perioden skal slutte, efter at den er begyndt.",
            ),
            models.CheckConstraint(
                name="member_only_substitutes_stand_in",
                condition=Q(substitute_for__isnull=True) | Q(role="substitute"),
                violation_error_message="Kun en suppleant er stedfortræder for en anden.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Let a substitute stand in for somebody of the same body only."""
        super().clean()
        if self.substitute_for and self.substitute_for.body != self.body:
            words = "Vælg en, der sidder samme sted som suppleanten."
            raise ValidationError({"substitute_for": words})

    @property
    def is_sitting(self) -> bool:
        """The term includes today."""
        today = clock.today()
        has_begun = self.starts_on is None or self.starts_on <= today
        return has_begun and (self.ends_on is None or self.ends_on >= today)

    def get_absolute_url(self) -> str:
        return reverse("meetings:member", args=[self.pk])
