"""What the council asks a house about things that do not agree, and what it answers."""

from __future__ import annotations

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core import clock
from core.models import Versioned
from resultcontracts.models.calls import Round


@pghistory.track()
class HouseQuestion(Versioned):
    """One finding that a house is asked about in a round; open until it is answered.

    What was found is kept as it was asked: ``finding`` is its key, ``whom`` the goals and
    measures, ``title``, ``sides`` and ``reckoned`` what stood there. ``text`` is what the
    council asks. ``answered_through`` says by which link, if by one.

    Source: docs/rules.md R-182.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="questions")
    finding = models.CharField("modsigelse", max_length=200)
    whom = models.CharField("hvad det handler om", max_length=200, blank=True)
    title = models.CharField("modsigelsen i få ord", max_length=300, blank=True)
    sides: Any = models.JSONField("siderne, da der blev spurgt", default=list)
    reckoned = models.TextField("hvad portalen har regnet", blank=True)
    text = models.CharField("spørgsmål", max_length=400)
    asked_at = models.DateTimeField("spurgt", default=clock.now)
    asked_by = models.CharField(max_length=150)
    answer = models.CharField("svar", max_length=400, blank=True)
    answered_at = models.DateTimeField("besvaret", null=True, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_through = models.CharField("gennem", max_length=200, blank=True)

    class Meta:
        ordering = ("round_id", "pk")
        verbose_name = "spørgsmål om en modsigelse"
        constraints = (
            models.UniqueConstraint(
                name="housequestion_one_a_round", fields=("round", "finding")
            ),
            models.CheckConstraint(
                name="housequestion_asks_something",
                condition=~Q(text=""),
                violation_error_message="Skriv, hvad I vil vide.",
            ),
            models.CheckConstraint(
                name="housequestion_answered_in_words",
                condition=Q(answer="", answered_at=None)
                | ~Q(answer="") & Q(answered_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title or self.finding

    @property
    def is_open(self) -> bool:
        """Nobody has answered."""
        return not self.answer

    @property
    def is_asked_today(self) -> bool:
        """Whether the house was written to about it today."""
        return timezone.localtime(self.asked_at).date() == clock.today()
