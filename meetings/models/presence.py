"""Who has an item open just now."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from meetings.models.item import AgendaItem


class Presence(models.Model):
    """That somebody's browser showed an item's form a moment ago.

    It locks nothing, has no history, and is forgotten with the next word of anybody.
    ``seen_at`` is in real time: the demo's clock stands still.
    """

    item = models.ForeignKey(
        AgendaItem, on_delete=models.CASCADE, related_name="presences"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("item_id", "pk")
        verbose_name = "tilstedeværelse"
        constraints = (
            models.UniqueConstraint(
                name="presence_once_a_person", fields=("item", "user")
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} ved {self.item_id}"
