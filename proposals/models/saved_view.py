"""What somebody wants to see again: a list, as its address has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from accounts.models import Council, User
from core.models import Versioned
from proposals.choices import CatalogueKind

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """The questions the portal asks about saved views."""

    def visible_to(self, seat: Membership) -> Self:
        """Those of the seat's user and those that are shared, where it writes."""
        whose = Q(is_shared=True) | Q(user=seat.user_id)
        own = self.filter(whose, council=seat.council_id)
        return own if seat.may_edit else own.none()


@pghistory.track()
class SavedView(Versioned):
    """A list of proposals or of units with what narrows and orders it, under a name.

    ``query`` is the part of the address after "?", as :mod:`proposals.lists.asked`
    writes it: never a page, never what was chosen.

    Source: docs/rules.md R-96.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("liste", max_length=14, choices=CatalogueKind)
    name = models.CharField(
        "navn", max_length=80, error_messages={"blank": "Skriv et navn til visningen."}
    )
    query = models.CharField("visning", max_length=2000)
    is_shared = models.BooleanField("delt med sekretariatet", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name = "gemt visning"
        constraints = (
            models.UniqueConstraint(
                "council", "kind", "user", Lower("name"),
                name="savedview_own_name_unique",
                condition=Q(is_shared=False),
                violation_error_message="Du har allerede en visning med det navn.",
            ),
            models.UniqueConstraint(
                "council", "kind", Lower("name"),
                name="savedview_shared_name_unique",
                condition=Q(is_shared=True),
                violation_error_message="Sekretariatet deler allerede en visning med det navn.",
            ),
            models.CheckConstraint(
                name="savedview_kind_known", condition=Q(kind__in=CatalogueKind.values)
            ),
            models.CheckConstraint(
                name="savedview_says_something", condition=~Q(query="")
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def word(self) -> str:
        """The first word of the list's address."""
        is_simple = self.kind == CatalogueKind.SIMPLIFICATION
        return "forslag" if is_simple else "samdrift"

    def get_absolute_url(self) -> str:
        is_simple = self.kind == CatalogueKind.SIMPLIFICATION
        name = "catalogue" if is_simple else "units"
        return f"{reverse(f'proposals:{name}')}?{self.query}"
