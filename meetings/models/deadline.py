"""How long before a meeting a council's deadlines are."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q

from accounts.models import Council
from core.models import Versioned

DRAFTS, APPROVAL, SENDING = 17, 11, 5
"""Working days before the meeting, where a council has said nothing."""


@pghistory.track()
class DeadlineRule(Versioned):
    """A council's deadlines, counted back from its meetings in working days."""

    council = models.OneToOneField(
        Council, on_delete=models.PROTECT, related_name="deadline_rule"
    )
    drafts_days = models.PositiveSmallIntegerField("udkast til sager", default=DRAFTS)
    approval_days = models.PositiveSmallIntegerField(
        "godkendelse hos formanden", default=APPROVAL
    )
    sending_days = models.PositiveSmallIntegerField("udsendelse", default=SENDING)

    class Meta:
        ordering = ("council_id",)
        verbose_name = "frister"
        constraints = (
            models.CheckConstraint(
                name="deadlinerule_in_order",
                condition=Q(drafts_days__gte=F("approval_days"))
                & Q(approval_days__gte=F("sending_days")),
                violation_error_message="Udkast kommer før godkendelse, og godkendelse før udsendelse.",
            ),
            models.CheckConstraint(
                name="deadlinerule_within_a_quarter",
                condition=Q(drafts_days__lte=90),
                violation_error_message="Højst 90 hverdage før mødet.",
            ),
        )

    def __str__(self) -> str:
        return f"frister i {self.council}"
