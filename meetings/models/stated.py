"""Numbers of an item's text that somebody gives the source of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q

from core.models import Versioned
from meetings.models.item import AgendaItem

if TYPE_CHECKING:
    from typing import Self


class StatedNumberQuerySet(models.QuerySet["StatedNumber"]):
    """The questions the portal asks about such numbers."""

    def present(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(is_removed=False).order_by("pk")


@pghistory.track()
class StatedNumber(Versioned):
    """A number as it is typed ("840.000") that stands in no record, and where it is from.

    It holds wherever the number stands in the item's texts, and for no other number.

    Source: docs/rules.md R-60.
    """

    item = models.ForeignKey(
        AgendaItem, on_delete=models.CASCADE, related_name="stated_numbers"
    )
    number = models.CharField("tal", max_length=60)
    source = models.CharField(
        "kilde", max_length=300, error_messages={"blank": "Skriv, hvor tallet er fra."}
    )
    is_removed = models.BooleanField("fjernet", default=False, editable=False)

    objects = StatedNumberQuerySet.as_manager()

    class Meta:
        ordering = ("item_id", "pk")
        verbose_name = "tal med kilde"
        constraints = (
            models.UniqueConstraint(
                name="statednumber_once_an_item", fields=("item", "number")
            ),
            models.CheckConstraint(
                name="statednumber_has_a_source", condition=~Q(source="")
            ),
        )

    def __str__(self) -> str:
        return self.number
