"""The chairman's word on an agenda before it is sent."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from core import clock
from core.models import Versioned
from meetings.choices import ApprovalAnswer, MemberRole
from meetings.models.meeting import Meeting
from meetings.models.packet import Packet


@pghistory.track()
class Approval(Versioned):
    """One question to the chairman or a deputy: is this packet to be sent?

    It is asked of one packet, answered once, by a signed link or as the secretariat
    writes it down (``recorded_by`` and ``how``). ``answer`` is "" while it waits. ``role``
    and ``email`` are as they were that day; "" where nobody wrote them down.
    """

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="approvals"
    )
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(
        "navn", max_length=120, error_messages={"blank": "Skriv, hvem der godkender."}
    )
    role = models.CharField("som", max_length=10, choices=MemberRole, blank=True)
    email = models.EmailField("e-mail", blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.CharField(max_length=150)
    expires_on = models.DateField("svar senest")
    is_withdrawn = models.BooleanField(default=False)
    answer = models.CharField(max_length=8, choices=ApprovalAnswer, blank=True)
    remarks = models.TextField("bemærkninger", max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.CharField(max_length=150, blank=True)
    how = models.CharField("hvordan", max_length=200, blank=True)

    class Meta:
        ordering = ("meeting_id", "-pk")
        verbose_name = "godkendelse"
        constraints = (
            models.CheckConstraint(
                name="approval_answered_when",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="approval_returned_says_why",
                condition=~Q(answer="returned") | ~Q(remarks=""),
            ),
            models.CheckConstraint(
                name="approval_by_chairman_or_deputy",
                condition=Q(role__in=("", MemberRole.CHAIR, MemberRole.DEPUTY)),
            ),
        )

    def __str__(self) -> str:
        return f"godkendelse af {self.name}"

    @property
    def is_open(self) -> bool:
        """It waits for an answer, and may still get one."""
        is_in_time = clock.today() <= self.expires_on
        return not self.answer and not self.is_withdrawn and is_in_time
