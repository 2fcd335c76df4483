"""Items to begin from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q

from accounts.models import Council
from core.models import Versioned
from meetings.choices import Action, ClosedTo, ItemKind

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User

EDITORS = ("secretariat", "chief")


class ItemTemplateQuerySet(models.QuerySet["ItemTemplate"]):
    """The questions the portal asks about templates."""

    def visible_to(self, user: User) -> Self:
        """Templates of the councils whose agendas ``user`` writes, removed ones too."""
        return self.filter(
            council__memberships__user=user.pk, council__memberships__role__in=EDITORS
        )

    def present(self) -> Self:
        """Templates that nobody has removed, by name."""
        return self.filter(is_removed=False).order_by("name", "pk")


@pghistory.track()
class ItemTemplate(Versioned):
    """What a new item may begin with: type, requested action and texts, open or closed.

    Of a closed one it is not kept who was chosen to read it: ``closed_to`` is everybody
    who reads closed items by default, or the secretariat alone.
    """

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="item_templates"
    )
    name = models.CharField(
        "skabelonens navn", max_length=80, error_messages={"blank": "Skriv et navn."}
    )
    title = models.CharField("titel", max_length=250, blank=True)
    kind = models.CharField("type", max_length=11, choices=ItemKind, blank=True)
    action = models.CharField(
        "hvad skal KKR gøre?", max_length=9, choices=Action, blank=True
    )
    contact = models.CharField("kontakt", max_length=200, blank=True, default="")
    summary = models.TextField("resumé", blank=True)
    recommendation = models.TextField("indstilling", blank=True)
    case = models.TextField("sagsfremstilling", blank=True)
    economy = models.TextField("økonomi", blank=True)
    process = models.TextField("videre proces", blank=True)
    is_closed = models.BooleanField("lukket", default=False)
    closed_reason = models.CharField("grunden", max_length=300, blank=True)
    closed_to = models.CharField(
        max_length=11, choices=ClosedTo, default=ClosedTo.COUNCIL
    )
    is_removed = models.BooleanField("fjernet", default=False, editable=False)

    objects = ItemTemplateQuerySet.as_manager()

    class Meta:
        ordering = ("council_id", "name", "pk")
        verbose_name = "skabelon"
        constraints = (
            models.UniqueConstraint(
                name="itemtemplate_name_unique",
                fields=("council", "name"),
                condition=Q(is_removed=False),
                violation_error_message="Der er allerede en skabelon af det navn.",
            ),
            models.CheckConstraint(
                name="itemtemplate_names_no_readers",
                condition=Q(closed_to__in=(ClosedTo.COUNCIL, ClosedTo.SECRETARIAT)),
            ),
        )

    def __str__(self) -> str:
        return self.name
