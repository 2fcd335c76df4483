"""What a result rests on."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from core.models import Versioned
from resultcontracts.models.goal import Goal
from resultcontracts.models.measurement import Measurement


@pghistory.track()
class Evidence(Versioned):
    """A file, a link, words; or what was asked for and is not there (``is_awaited``).

    It belongs to a goal, and to one measurement of it where it is about that alone.
    ``file`` names a stored file by SHA-256; ``media_type`` was judged by its content.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="evidence")
    measurement = models.ForeignKey(
        Measurement,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="evidence",
    )
    title = models.CharField("titel", max_length=200)
    note = models.CharField("hvad det viser", max_length=300, blank=True)
    file = models.CharField(max_length=64, blank=True, default="", editable=False)
    file_name = models.CharField("filnavn", max_length=255, blank=True, default="")
    media_type = models.CharField(max_length=120, blank=True, default="")
    size = models.PositiveIntegerField("bytes", null=True, blank=True)
    url = models.URLField("link", max_length=500, blank=True)
    text = models.TextField("beskrivelse", max_length=4_000, blank=True)
    is_awaited = models.BooleanField("ikke modtaget", default=False)

    class Meta:
        ordering = ("goal_id", "pk")
        verbose_name = "dokumentation"
        constraints = (
            models.CheckConstraint(name="evidence_is_named", condition=~Q(title="")),
            models.CheckConstraint(
                name="evidence_is_something",
                condition=~Q(file="") | ~Q(url="") | ~Q(text="") | Q(is_awaited=True),
                violation_error_message=(
                    "Vælg en fil, eller skriv et link eller en tekst."
                ),
            ),
            models.CheckConstraint(
                name="evidence_url_is_web",
                condition=Q(url="") | Q(url__regex=r"^https?://"),
                violation_error_message="Skriv et link, der begynder med https://.",
            ),
        )

    def __str__(self) -> str:
        return self.title
